-- Questions of open cases whose moment has come ($1), those that wait longest first; $2 at most.
SELECT i.case_id, i.kind, i.attempts, a.school_bin, a.applicant_iin, a.applicant_surname, a.applicant_first_name,
       a.applicant_patronymic, a.child_iin, a.child_surname, a.child_first_name, a.child_patronymic
FROM inquiry AS i
JOIN procedure AS p USING (case_id)
JOIN application AS a USING (case_id)
WHERE i.next_attempt_at <= $1 AND p.is_open
ORDER BY i.next_attempt_at, i.case_id, i.kind
LIMIT $2
