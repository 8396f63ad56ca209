-- The people of the period have been reminded of its end.
UPDATE period SET reminded_at = $2 WHERE case_id = $1 AND reminded_at IS NULL
