-- When the time to complain is over, nobody asks about a case any more: what is due at $1 is let be.
UPDATE inquiry AS i
SET next_attempt_at = NULL
FROM procedure AS p
WHERE p.case_id = i.case_id AND p.ended_at IS NOT NULL AND i.next_attempt_at <= $1
