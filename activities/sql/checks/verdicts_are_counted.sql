-- The sweep finds waiting acts by comparing the two counters of the procedure.
SELECT a.number AS subject,
       format('%s verdicts on file, %s counted', count(r.act_id), p.verdicts) AS what,
       'two equal numbers' AS instead
FROM procedure AS p
JOIN application AS a USING (case_id)
LEFT JOIN act_result AS r USING (case_id)
GROUP BY a.number, p.verdicts
HAVING count(r.act_id) <> p.verdicts
