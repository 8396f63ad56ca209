-- Where the complaints $1 stand.
SELECT complaint_id AS id, number, stage, ended_at IS NOT NULL AS ended
FROM complaint
WHERE complaint_id = ANY ($1::uuid[])
