-- Every version of the terms of a case's complaints with all their days, in the order in which they came.
SELECT c.number AS complaint, t.kind, t.working_days, t.extended_by, t.week, t.due_at, t.provisional, t.explanation
FROM complaint_term AS t
JOIN complaint AS c USING (complaint_id)
WHERE c.case_id = $1
ORDER BY c.registered_at, t.starts_at, t.kind, t.version
