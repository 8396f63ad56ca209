-- D6: an application follows one of the same applicant for the same child at the same school, received before it.
SELECT a.number AS subject,
       format('it follows %s', e.number) AS what,
       'a case of the same applicant, child and school, received before' AS instead
FROM application AS a
JOIN application AS e ON e.case_id = a.after_case
WHERE (e.applicant_iin, e.child_iin, e.school_bin) IS DISTINCT FROM (a.applicant_iin, a.child_iin, a.school_bin)
   OR e.received_at >= a.received_at
