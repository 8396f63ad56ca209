-- What is still to be sent to these destinations ($1), and how much of it the other side refuses.
SELECT count(*) AS count, min(o.at) AS oldest_at, count(*) FILTER (WHERE f.refused) AS refused
FROM outbox AS o
LEFT JOIN sending_failure AS f USING (case_id, seq)
WHERE o.destination = ANY ($1::text[]) AND o.sent_at IS NULL AND o.not_sent IS NULL
