-- The act that waits first in the application, and in those open beside it for its child.
SELECT DISTINCT ON (a.case_id) a.act_id, a.case_id, f.number, a.kind, p.run, a.complaint_id,
       p.ended_at IS NOT NULL AS ended
FROM procedure AS mine
JOIN procedure AS p ON p.child_hash = mine.child_hash AND (p.case_id = mine.case_id OR p.is_open)
JOIN act AS a ON a.case_id = p.case_id AND a.complaint_id IS NULL
JOIN application AS f ON f.case_id = p.case_id
WHERE mine.case_id = $1
  AND NOT EXISTS (SELECT FROM act_result AS r WHERE r.act_id = a.act_id)
ORDER BY a.case_id, a.seq
