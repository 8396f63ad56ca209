-- The file and the act behind a document are of the document's own case.
SELECT a.number AS subject,
       format('document %s has a file or an act of another case', d.position) AS what,
       'file and act of this case' AS instead
FROM document AS d
JOIN application AS a USING (case_id)
LEFT JOIN attachment AS f USING (attachment_id)
LEFT JOIN act AS c ON c.act_id = d.act_id
WHERE f.case_id <> d.case_id OR c.case_id <> d.case_id
