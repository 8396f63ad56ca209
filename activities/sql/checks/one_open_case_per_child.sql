-- Q21: one open case per child, known by the keyed hash.
SELECT string_agg(a.number, ' and ' ORDER BY a.number) AS subject,
       'open at once for the same child' AS what,
       'one open case per child' AS instead
FROM procedure AS p
JOIN application AS a USING (case_id)
WHERE p.is_open
GROUP BY p.child_hash
HAVING count(*) > 1
