-- The next document of the package; its file may lie with an earlier case, which is named then, with the file's hash.
INSERT INTO document (case_id, position, act_id, kind, facts, attachment_id, taken_from, taken_sha256)
SELECT $1::uuid, coalesce(max(d.position), 0) + 1, $2, $3, $4, $5::uuid, $6::uuid,
       (SELECT f.sha256 FROM attachment AS f WHERE f.attachment_id = $5 AND $6 IS NOT NULL)
FROM document AS d
WHERE d.case_id = $1
