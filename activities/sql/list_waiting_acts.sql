-- Acts without a verdict of the application or of one complaint, in the order in which they are taken; only those
-- done by a moment when one is given.
SELECT a.act_id
FROM act AS a
WHERE a.case_id = $1
  AND a.complaint_id IS NOT DISTINCT FROM $3
  AND ($2::timestamptz IS NULL OR a.at <= $2)
  AND NOT EXISTS (SELECT FROM act_result AS r WHERE r.act_id = a.act_id)
ORDER BY a.seq
