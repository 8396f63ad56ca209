-- The act behind a document is of the document's own case; its file too, or of the earlier case that the document says.
SELECT a.number AS subject,
       format('document %s has a file or an act of another case', d.position) AS what,
       'file and act of this case, or a file of the case from which the document was taken over' AS instead
FROM document AS d
JOIN application AS a USING (case_id)
LEFT JOIN attachment AS f USING (attachment_id)
LEFT JOIN act AS c ON c.act_id = d.act_id
WHERE f.case_id <> coalesce(d.taken_from, d.case_id)
   OR c.case_id <> d.case_id
   OR d.taken_sha256 IS DISTINCT FROM CASE WHEN d.taken_from IS NOT NULL THEN f.sha256 END
