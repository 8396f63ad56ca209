-- The term with its explanation, counted once; later versions come only from changes of the calendar.
INSERT INTO term (
    case_id, round, version, working_days, week, effective_day, due_day, due_at, strict_due_day, provisional,
    calendar_version, reminder_at, last_day_at, explanation, cause)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
