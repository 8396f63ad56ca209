-- Acts of a case are numbered 1, 2, 3 ... and counted in its procedure.
SELECT a.number AS subject,
       format('%s acts on file, the last has place %s, %s counted', count(DISTINCT c.seq), coalesce(max(c.seq), 0), p.acts)
           AS what,
       'three equal numbers' AS instead
FROM procedure AS p
JOIN application AS a USING (case_id)
LEFT JOIN act AS c USING (case_id)
GROUP BY a.number, p.acts
HAVING count(DISTINCT c.seq) <> p.acts OR coalesce(max(c.seq), 0) <> p.acts
