-- The next document of the package; its file may lie with an earlier case, which is named then.
INSERT INTO document (case_id, position, act_id, kind, facts, attachment_id, taken_from)
SELECT $1::uuid, coalesce(max(d.position), 0) + 1, $2, $3, $4, $5, $6 FROM document AS d WHERE d.case_id = $1
