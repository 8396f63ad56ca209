-- The watch of the period has been started in this Temporal namespace.
UPDATE period SET started_in = $2 WHERE case_id = $1 AND started_in IS DISTINCT FROM $2
