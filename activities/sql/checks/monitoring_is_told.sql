-- R8.2: of every event that the monitoring system must know ($1) there is a message, and of no other.
SELECT a.number AS subject,
       format('%s: %s time(s) in the journal, %s message(s)', e.event, sum(e.happened), sum(e.told)) AS what,
       'one message for each time' AS instead
FROM (
    SELECT case_id, event, at, 1 AS happened, 0 AS told FROM journal WHERE event = ANY ($1::text[])
    UNION ALL
    SELECT case_id, event, at, 0, 1 FROM outbox WHERE destination = 'MONITORING'
) AS e
JOIN application AS a USING (case_id)
GROUP BY a.number, e.event, e.at
HAVING sum(e.happened) <> sum(e.told)
