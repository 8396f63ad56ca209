-- Cases whose procedure has not ended, by id after $1; one received just now may still be on its way to Temporal.
SELECT p.case_id AS id, a.number, p.stage, false AS ended
FROM procedure AS p
JOIN application AS a USING (case_id)
WHERE p.ended_at IS NULL AND p.case_id > $1 AND p.written_at < now() - interval '1 min'
ORDER BY p.case_id
LIMIT $2
