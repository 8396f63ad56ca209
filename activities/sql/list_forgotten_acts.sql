-- For each application and each complaint with acts that nobody has taken although the doorbell should have been heard,
-- the first of them; those of ended procedures are marked. In the order of cases and queues, after those given ($2, $3):
-- the queue of an application has the id of its case, that of a complaint its own.
SELECT DISTINCT ON (a.case_id, coalesce(a.complaint_id, a.case_id))
       a.act_id, a.case_id, f.number, a.kind, p.run, a.complaint_id,
       CASE WHEN a.complaint_id IS NULL THEN p.ended_at ELSE c.ended_at END IS NOT NULL AS ended
FROM procedure AS p
JOIN application AS f USING (case_id)
JOIN act AS a USING (case_id)
LEFT JOIN complaint AS c ON c.complaint_id = a.complaint_id
WHERE p.verdicts < p.acts
  AND a.written_at < clock_timestamp() - $1::interval
  AND ($2::uuid IS NULL OR (a.case_id, coalesce(a.complaint_id, a.case_id)) > ($2, coalesce($3::uuid, $2)))
  AND NOT EXISTS (SELECT FROM act_result AS r WHERE r.act_id = a.act_id)
ORDER BY a.case_id, coalesce(a.complaint_id, a.case_id), a.seq
LIMIT $4
