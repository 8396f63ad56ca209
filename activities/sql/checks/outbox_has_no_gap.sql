-- The outbox of a case is numbered 1, 2, 3 ... and counted in its procedure.
SELECT a.number AS subject,
       format('%s messages on file, the last has place %s, %s counted',
              count(DISTINCT o.seq), coalesce(max(o.seq), 0), p.messages_out) AS what,
       'three equal numbers' AS instead
FROM procedure AS p
JOIN application AS a USING (case_id)
LEFT JOIN outbox AS o USING (case_id)
GROUP BY a.number, p.messages_out
HAVING count(DISTINCT o.seq) <> p.messages_out OR coalesce(max(o.seq), 0) <> p.messages_out
