-- Cases whose term has passed with neither an answer nor a breach: their workflow was ended from outside.
-- In the order of their ids, after the one given.
SELECT p.case_id, a.number
FROM procedure AS p
JOIN application AS a USING (case_id)
JOIN LATERAL (
    SELECT t.due_at FROM term AS t WHERE t.case_id = p.case_id AND t.round = p.round ORDER BY t.version DESC LIMIT 1
) AS t ON true
LEFT JOIN outcome AS o ON o.case_id = p.case_id AND o.round = p.round
WHERE p.ended_at IS NULL
  AND o.answered_at IS NULL
  AND t.due_at < clock_timestamp() - $1::interval
  AND NOT EXISTS (
    SELECT FROM milestone AS m
    WHERE m.case_id = p.case_id AND m.round = p.round AND m.kind = 'BREACH' AND m.due_at = t.due_at)
  AND ($2::uuid IS NULL OR p.case_id > $2)
ORDER BY p.case_id
LIMIT $3
