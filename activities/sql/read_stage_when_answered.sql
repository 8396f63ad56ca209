-- Where the application stood when the act at place $2 answered a complaint of it: what the acts before it have made of it.
SELECT r.stage, r.round
FROM act AS a
JOIN act_result AS r USING (act_id)
WHERE a.case_id = $1 AND a.complaint_id IS NULL AND a.seq < $2 AND r.verdict = 'taken'
ORDER BY a.seq DESC
LIMIT 1
