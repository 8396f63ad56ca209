-- Whether the register has this message to the monitoring system by now.
SELECT EXISTS (
    SELECT
    FROM outbox AS o
    JOIN application AS a USING (case_id)
    WHERE a.number = $1 AND o.seq = $2 AND o.destination = 'MONITORING'
)
