-- For each school and year the counter of its cases, and the numbers that cases of the school have.
SELECT s.bin, s.code, coalesce(c.year, 0) AS year, coalesce(c.last, 0) AS last,
       ARRAY(SELECT number FROM application AS a WHERE a.school_bin = s.bin) AS numbers
FROM school AS s
LEFT JOIN counter AS c ON c.school_bin = s.bin AND c.book = 'CASE'
ORDER BY s.bin, c.year
