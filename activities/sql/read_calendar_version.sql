-- The version of the calendar; 0 until the first change.
SELECT coalesce(max(version), 0) FROM calendar_change
