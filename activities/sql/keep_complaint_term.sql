-- The purpose of a term is reached; a term that does not run, or was kept before, is left as it is.
INSERT INTO complaint_term_kept (complaint_id, kind, kept_at, act_id)
SELECT $1, $2, $3, $4
WHERE EXISTS (SELECT FROM complaint_term WHERE complaint_id = $1 AND kind = $2)
ON CONFLICT DO NOTHING
