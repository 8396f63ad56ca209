-- D6: papers are taken over only from cases that this one follows, directly or through others.
WITH RECURSIVE followed (case_id, earlier) AS (
    SELECT case_id, after_case FROM application WHERE after_case IS NOT NULL
    UNION
    SELECT f.case_id, a.after_case
    FROM followed AS f
    JOIN application AS a ON a.case_id = f.earlier
    WHERE a.after_case IS NOT NULL
)
SELECT a.number AS subject,
       format('document %s was taken over from a case that this one does not follow', d.position) AS what,
       'an earlier case of this applicant and child' AS instead
FROM document AS d
JOIN application AS a USING (case_id)
WHERE d.taken_from IS NOT NULL
  AND NOT EXISTS (SELECT FROM followed AS f WHERE f.case_id = d.case_id AND f.earlier = d.taken_from)
