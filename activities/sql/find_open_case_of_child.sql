-- The case of a child that is open or waits to be reopened, and whether the same person filed it: only that person is
-- told its number (Q21).
SELECT a.number, a.applicant_iin = $2 AS same_applicant
FROM procedure AS p
JOIN application AS a USING (case_id)
WHERE p.child_hash = $1
  AND (p.is_open OR EXISTS (
      SELECT FROM act AS r
      WHERE r.case_id = p.case_id AND r.kind = 'reopen_case'
        AND NOT EXISTS (SELECT FROM act_result AS v WHERE v.act_id = r.act_id)))
LIMIT 1
