-- The case that a new application says it follows, with whose it is (D6).
SELECT a.case_id, a.number, a.school_bin AS school, a.applicant_iin, a.child_iin, p.stage
FROM application AS a
JOIN procedure AS p USING (case_id)
WHERE a.number = $1
