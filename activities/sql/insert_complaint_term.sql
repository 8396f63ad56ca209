-- A term of a complaint with its explanation; later versions come from an extension or a change of the calendar.
INSERT INTO complaint_term (
    complaint_id, kind, version, starts_at, working_days, extended_by, week, effective_day, due_day, due_at,
    provisional, calendar_version, reminder_at, last_day_at, explanation, cause)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
