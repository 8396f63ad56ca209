-- The applicant disputes what was answered: it is asked for again, at once.
UPDATE inquiry SET next_attempt_at = clock_timestamp(), attempts = 0 WHERE case_id = $1 AND kind = $2
