-- The package in the order in which it came together.
SELECT kind, facts, attachment_id, act_id FROM document WHERE case_id = $1 ORDER BY position
