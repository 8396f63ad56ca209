-- The workflow of the case has been started in this Temporal namespace.
UPDATE procedure SET started_in = $2 WHERE case_id = $1 AND started_in IS DISTINCT FROM $2
