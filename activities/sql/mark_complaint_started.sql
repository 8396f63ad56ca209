-- The workflow of the complaint has been started in this Temporal namespace.
UPDATE complaint SET started_in = $2 WHERE complaint_id = $1 AND started_in IS DISTINCT FROM $2
