-- The e-mail address of an addressee ($2) of a case, and the term in force.
SELECT CASE $2::text
           WHEN 'APPLICANT' THEN a.applicant_email
           WHEN 'HEAD' THEN s.email
           WHEN 'QUALITY_CONTROL' THEN b.email
       END AS address,
       c.due_at
FROM application AS a
JOIN standing_case AS c USING (case_id)
JOIN school AS s ON s.bin = a.school_bin
LEFT JOIN authorised_body AS b ON b.bin = s.authorised_body_bin
WHERE a.case_id = $1
