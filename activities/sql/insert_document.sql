-- The next document of the package.
INSERT INTO document (case_id, position, act_id, kind, facts, attachment_id)
SELECT $1::uuid, coalesce(max(d.position), 0) + 1, $2, $3, $4, $5 FROM document AS d WHERE d.case_id = $1
