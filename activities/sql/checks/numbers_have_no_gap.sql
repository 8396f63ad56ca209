-- A book of a school is numbered 1, 2, 3 ... through the year, and its counter knows the last number.
SELECT format('%s, book %s, %s', c.school_bin, c.book, c.year) AS subject,
       format('%s numbers given, the highest is %s, the counter stands at %s',
              count(DISTINCT n.seq), coalesce(max(n.seq), 0), c.last) AS what,
       'three equal numbers' AS instead
FROM counter AS c
LEFT JOIN legal_number AS n USING (school_bin, book, year)
WHERE c.book NOT IN ('CASE', 'COMPLAINT')
GROUP BY c.school_bin, c.book, c.year, c.last
HAVING count(DISTINCT n.seq) <> c.last OR coalesce(max(n.seq), 0) <> c.last
