-- A term ends, kept or lapsed; one that does not run, or has ended before, is left as it is.
INSERT INTO complaint_term_end (complaint_id, kind, ended_at, kept, act_id)
SELECT $1, $2, $3, $4, $5
WHERE EXISTS (SELECT FROM complaint_term WHERE complaint_id = $1 AND kind = $2)
ON CONFLICT DO NOTHING
