-- The first act of the application that has to be judged before a complaint is answered by the act at place $2: one done
-- before it, or a reopening by another complaint.
SELECT a.act_id
FROM act AS a
WHERE a.case_id = $1
  AND a.complaint_id IS NULL
  AND (a.seq < $2 OR a.kind = 'reopen_case')
  AND NOT EXISTS (SELECT FROM act_result AS r WHERE r.act_id = a.act_id)
ORDER BY a.seq
LIMIT 1
