-- The registration number of a case, given once whatever the check says (R5.4).
SELECT number, given_at FROM legal_number WHERE case_id = $1 AND book = 'REGISTRATION'
