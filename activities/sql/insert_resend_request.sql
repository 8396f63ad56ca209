-- Asks for a message to the monitoring system to be sent again, once until that is done.
INSERT INTO resend_request (case_id, seq)
SELECT o.case_id, o.seq
FROM outbox AS o
JOIN application AS a USING (case_id)
WHERE a.number = $1 AND o.seq = $2 AND o.destination = 'MONITORING' AND o.sent_at IS NOT NULL
ON CONFLICT (case_id, seq) WHERE sent_at IS NULL DO NOTHING
RETURNING true
