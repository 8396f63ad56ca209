-- An answer has come by $3; the next one is asked for at $4, or never. False if another attempt had an answer first.
UPDATE inquiry
SET attempts = 0, last_failure = NULL, failing_since = NULL, next_attempt_at = $4
WHERE case_id = $1 AND kind = $2 AND next_attempt_at <= $3
RETURNING true
