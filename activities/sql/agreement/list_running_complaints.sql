-- Complaints whose procedure has not ended, by id after $1; one filed just now may still be on its way to Temporal.
SELECT complaint_id AS id, number, stage, false AS ended
FROM complaint
WHERE ended_at IS NULL AND complaint_id > $1 AND written_at < now() - interval '1 min'
ORDER BY complaint_id
LIMIT $2
