-- A paper about a complaint is of the complaint's case. Its number: of a confirmation or a notice of a term the complaint's, of other papers of
-- the school one of its outgoing book, of papers of the authorised body the number of the body's book once it has one.
SELECT a.number AS subject,
       format('%s about the complaint %s has the number %s', p.kind, c.number, p.number) AS what,
       'the number of the complaint, of the outgoing book, or of the book of the body' AS instead
FROM paper AS p
JOIN application AS a USING (case_id)
JOIN complaint AS c ON c.complaint_id = p.complaint_id
WHERE c.case_id <> p.case_id
   OR NOT CASE
       WHEN p.facts ->> 'issued_by' IS NOT NULL THEN p.number IN (c.number, c.body_number)
       WHEN p.kind IN ('COMPLAINT_CONFIRMATION', 'COMPLAINT_TERM_NOTICE', 'COMPLAINT_CORRECTING_NOTICE')
           THEN p.number = c.number
       ELSE EXISTS (
           SELECT FROM legal_number AS n
           WHERE n.case_id = p.case_id AND n.book = 'OUTGOING' AND n.number = p.number AND n.given_at = p.issued_at)
   END
