-- The term in force for a round: the latest version.
SELECT version, working_days, week, effective_day, due_day, due_at, strict_due_day, provisional, calendar_version,
       reminder_at, last_day_at, explanation, cause
FROM term
WHERE case_id = $1 AND round = $2
ORDER BY version DESC
LIMIT 1
