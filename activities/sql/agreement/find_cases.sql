-- Where the cases $1 stand.
SELECT p.case_id AS id, a.number, p.stage, p.ended_at IS NOT NULL AS ended
FROM procedure AS p
JOIN application AS a USING (case_id)
WHERE p.case_id = ANY ($1::uuid[])
