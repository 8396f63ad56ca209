-- The journal of a case is numbered 1, 2, 3 ... and counted in its procedure.
SELECT a.number AS subject,
       format('%s entries on file, the last has place %s, %s counted',
              count(DISTINCT j.seq), coalesce(max(j.seq), 0), p.entries) AS what,
       'three equal numbers' AS instead
FROM procedure AS p
JOIN application AS a USING (case_id)
LEFT JOIN journal AS j USING (case_id)
GROUP BY a.number, p.entries
HAVING count(DISTINCT j.seq) <> p.entries OR coalesce(max(j.seq), 0) <> p.entries
