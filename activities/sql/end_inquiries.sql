-- What is due at $1 of cases with an outcome is put off by a day, as they may be reopened; when the time to complain is
-- over, nobody asks about a case any more.
UPDATE inquiry AS i
SET next_attempt_at = CASE WHEN p.ended_at IS NULL THEN $1::timestamptz + interval '1 day' END
FROM procedure AS p
WHERE p.case_id = i.case_id AND NOT p.is_open AND i.next_attempt_at <= $1
