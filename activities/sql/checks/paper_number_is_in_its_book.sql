-- Answers are numbered in the outgoing book, orders in their own; what has no book carries the number of the case.
SELECT a.number AS subject,
       format('%s has the number %s', p.kind, p.number) AS what,
       CASE WHEN b.book IS NULL THEN 'the number of the case'
            ELSE format('a number that the book %s gave to this case', b.book) END AS instead
FROM paper AS p
JOIN application AS a USING (case_id)
LEFT JOIN (VALUES ('NOTICE_OF_ACCEPTANCE', 'OUTGOING'), ('REFUSAL', 'OUTGOING'), ('ORDER', 'ORDER')) AS b (kind, book)
       ON b.kind = p.kind
WHERE p.complaint_id IS NULL
  AND CASE WHEN b.book IS NULL THEN p.number <> a.number
           ELSE NOT EXISTS (
               SELECT FROM legal_number AS n
               WHERE n.case_id = p.case_id AND n.book = b.book AND n.number = p.number AND n.given_at = p.issued_at)
      END
