-- A number is its place in the book, a separator and an index. The index is not compared: a school may change it.
SELECT a.number AS subject,
       format('place %s of book %s has the number %s', n.seq, n.book, n.number) AS what,
       format('a number that begins with %s', n.seq) AS instead
FROM legal_number AS n
JOIN application AS a USING (case_id)
WHERE n.number !~ format('^%s[-/].+$', n.seq)
