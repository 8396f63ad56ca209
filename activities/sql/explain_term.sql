-- The term in force for a round with all its days: the latest version.
SELECT working_days, week, due_at, reminder_at, last_day_at, provisional, explanation
FROM term
WHERE case_id = $1 AND round = $2
ORDER BY version DESC
LIMIT 1
