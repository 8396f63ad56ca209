-- The complaints of a case whose procedure has not ended, in the order of their registration.
SELECT complaint_id FROM complaint WHERE case_id = $1 AND ended_at IS NULL ORDER BY registered_at, complaint_id
