-- The first message of a case to a destination that is still to be sent; none while it is kept for later.
SELECT o.case_id, o.seq, o.destination, o.event, o.body, o.at, a.number, a.channel, a.school_bin
FROM (
    SELECT case_id, seq, destination, event, body, at
    FROM outbox
    WHERE case_id = $1 AND destination = $2 AND sent_at IS NULL AND not_sent IS NULL
    ORDER BY seq
    LIMIT 1
) AS o
JOIN application AS a USING (case_id)
LEFT JOIN sending_failure AS f ON f.case_id = o.case_id AND f.seq = o.seq
WHERE f.next_try_at IS NULL OR f.next_try_at <= clock_timestamp()
