-- What the monitoring system was or is to be told since a moment ($1, or ever), in the order of case number and place;
-- with the receipt that it gave last.
SELECT a.number AS case_number, o.seq, o.body ->> 'stage' AS stage, o.at, a.channel, a.school_bin, o.sent_at,
       coalesce(
           (SELECT r.receipt
            FROM resend_request AS r
            WHERE r.case_id = o.case_id AND r.seq = o.seq AND r.sent_at IS NOT NULL
            ORDER BY r.request_id DESC
            LIMIT 1),
           o.receipt) AS receipt
FROM outbox AS o
JOIN application AS a USING (case_id)
WHERE o.destination = 'MONITORING' AND ($1::timestamptz IS NULL OR o.at >= $1)
ORDER BY a.number COLLATE "C", o.seq
