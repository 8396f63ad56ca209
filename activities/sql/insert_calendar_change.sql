-- A change of the calendar with the next version; the caller holds the calendar's lock.
INSERT INTO calendar_change (version, act, entered_by, entered_at)
SELECT coalesce(max(version), 0) + 1, $1, $2, $3 FROM calendar_change
RETURNING version
