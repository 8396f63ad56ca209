-- Intake writes application, procedure and the term of the first round in one transaction.
SELECT a.number AS subject,
       concat_ws(' and ', CASE WHEN p.case_id IS NULL THEN 'no procedure' END,
                          CASE WHEN t.case_id IS NULL THEN 'no term of round 1' END) AS what,
       'a procedure and a term of round 1' AS instead
FROM application AS a
LEFT JOIN procedure AS p USING (case_id)
LEFT JOIN term AS t ON t.case_id = a.case_id AND t.round = 1 AND t.version = 1
WHERE p.case_id IS NULL OR t.case_id IS NULL
