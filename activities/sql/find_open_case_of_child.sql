-- The open case of a child, and whether the same person filed it: only that person is told its number (Q21).
SELECT a.number, a.applicant_iin = $2 AS same_applicant
FROM procedure AS p
JOIN application AS a USING (case_id)
WHERE p.child_hash = $1 AND p.is_open
