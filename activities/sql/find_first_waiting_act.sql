-- Acts are taken in the order of `seq`: the first one without a verdict.
SELECT a.act_id
FROM act AS a
WHERE a.case_id = $1 AND NOT EXISTS (SELECT FROM act_result AS r WHERE r.act_id = a.act_id)
ORDER BY a.seq
LIMIT 1
