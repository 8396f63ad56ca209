-- The act of the application that waits first.
SELECT a.act_id, a.case_id, f.number, a.kind, p.run, a.complaint_id, p.ended_at IS NOT NULL AS ended
FROM act AS a
JOIN procedure AS p USING (case_id)
JOIN application AS f USING (case_id)
WHERE a.case_id = $1
  AND a.complaint_id IS NULL
  AND NOT EXISTS (SELECT FROM act_result AS r WHERE r.act_id = a.act_id)
ORDER BY a.seq
LIMIT 1
