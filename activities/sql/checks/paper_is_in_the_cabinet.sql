-- Every paper is put before the applicant; only the covering letter of a complaint goes to the authorised body.
SELECT a.number AS subject,
       format('%s %s was never put into the cabinet', p.kind, p.number) AS what,
       'a message to the cabinet' AS instead
FROM paper AS p
JOIN application AS a USING (case_id)
WHERE p.kind <> 'COVERING_LETTER'
  AND NOT EXISTS (SELECT FROM cabinet_message AS m WHERE m.paper_id = p.paper_id AND m.case_id = p.case_id)
