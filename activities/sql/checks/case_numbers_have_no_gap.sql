-- Each school gives its cases 1, 2, 3 ... in a year: every number that a counter gave is of a case, and no case has another.
SELECT coalesce(g.number, a.number) AS subject,
       CASE WHEN a.number IS NULL THEN 'no case has this number' ELSE 'the school never gave this number' END AS what,
       CASE WHEN a.number IS NULL THEN 'a case for every number the school gave' ELSE 'a number of its counter' END
           AS instead
FROM (
    SELECT format('%s-%s-%s', s.code, lpad(c.year::text, 4, '0'), lpad(n::text, greatest(5, length(n::text)), '0')) AS number
    FROM counter AS c
    JOIN school AS s ON s.bin = c.school_bin
    CROSS JOIN generate_series(1, c.last) AS n
    WHERE c.book = 'CASE'
) AS g
FULL JOIN application AS a ON a.number = g.number
WHERE a.number IS NULL OR g.number IS NULL
ORDER BY subject
