-- One more attempt without an answer, for reason $3 at $4; the next is made at $5.
UPDATE inquiry
SET attempts = attempts + 1, last_failure = $3, failing_since = coalesce(failing_since, $4), next_attempt_at = $5
WHERE case_id = $1 AND kind = $2
