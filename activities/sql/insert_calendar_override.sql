-- The day that a change concerns.
INSERT INTO calendar_override (version, day, kind, week) VALUES ($1, $2, $3, $4)
