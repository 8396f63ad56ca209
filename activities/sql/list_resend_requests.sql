-- What is to be sent again and may be tried now, in the order in which that was asked.
SELECT o.case_id, o.seq, o.destination, o.event, o.body, o.at, a.number, a.channel, a.school_bin, r.request_id AS again
FROM resend_request AS r
JOIN outbox AS o USING (case_id, seq)
JOIN application AS a USING (case_id)
LEFT JOIN sending_failure AS f USING (case_id, seq)
WHERE r.sent_at IS NULL AND (f.next_try_at IS NULL OR f.next_try_at <= clock_timestamp())
ORDER BY r.request_id
LIMIT $1
