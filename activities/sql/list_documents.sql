-- The package in the order in which it came together.
SELECT facts FROM document WHERE case_id = $1 ORDER BY position
