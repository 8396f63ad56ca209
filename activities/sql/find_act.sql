-- An act by its id, with its verdict if it has one.
SELECT a.act_id, a.case_id, a.seq, a.complaint_id, a.kind, a.actor, a.content, a.content_hash, a.seal, a.at,
       r.verdict, r.reason, r.stage
FROM act AS a
LEFT JOIN act_result AS r USING (act_id)
WHERE a.act_id = $1
