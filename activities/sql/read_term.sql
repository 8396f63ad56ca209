-- The term in force for a round: the latest version.
SELECT effective_day, due_at, reminder_at, last_day_at
FROM term
WHERE case_id = $1 AND round = $2
ORDER BY version DESC
LIMIT 1
