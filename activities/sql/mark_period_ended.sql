-- The last day of the period is over.
UPDATE period SET ended_at = $2 WHERE case_id = $1 AND ended_at IS NULL
