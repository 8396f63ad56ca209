-- The order of a case, by which people know its period.
SELECT number, issued_at FROM paper WHERE case_id = $1 AND kind = 'ORDER'
