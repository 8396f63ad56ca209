-- Acts are taken in the order of `seq`, those about a complaint among themselves: the first one without a verdict.
SELECT a.act_id
FROM act AS a
WHERE a.case_id = $1
  AND a.complaint_id IS NOT DISTINCT FROM $2
  AND NOT EXISTS (SELECT FROM act_result AS r WHERE r.act_id = a.act_id)
ORDER BY a.seq
LIMIT 1
