-- The first act of an application that has to be judged before the act $1 answers a complaint: one done in its case before
-- it, a reopening by another complaint, or what was accepted before it in the case of the child that goes on instead.
SELECT a.act_id
FROM act AS answer
JOIN procedure AS mine ON mine.case_id = answer.case_id
JOIN procedure AS p ON p.child_hash = mine.child_hash
JOIN act AS a ON a.case_id = p.case_id AND a.complaint_id IS NULL
WHERE answer.act_id = $1
  AND CASE WHEN p.case_id = mine.case_id THEN a.seq < answer.seq OR a.kind = 'reopen_case'
           ELSE a.written_at < answer.written_at AND (p.is_open OR a.kind = 'reopen_case') END
  AND NOT EXISTS (SELECT FROM act_result AS r WHERE r.act_id = a.act_id)
ORDER BY p.case_id <> mine.case_id, p.case_id, a.seq
LIMIT 1
