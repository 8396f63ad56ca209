-- R9.4: each school numbers the complaints 1, 2, 3 ... in a year: every number that was given is of a complaint.
SELECT coalesce(g.number, k.number) AS subject,
       CASE WHEN k.number IS NULL THEN 'no complaint has this number' ELSE 'the school never gave this number' END AS what,
       CASE WHEN k.number IS NULL THEN 'a complaint for every number the school gave' ELSE 'a number of its counter' END
           AS instead
FROM (
    SELECT format('%s-%s-S%s', s.code, lpad(c.year::text, 4, '0'), lpad(n::text, greatest(5, length(n::text)), '0')) AS number
    FROM counter AS c
    JOIN school AS s ON s.bin = c.school_bin
    CROSS JOIN generate_series(1, c.last) AS n
    WHERE c.book = 'COMPLAINT'
) AS g
FULL JOIN complaint AS k ON k.number = g.number
WHERE k.number IS NULL OR g.number IS NULL
ORDER BY subject
