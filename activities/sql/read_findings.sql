-- What the last check or refusal of the round found; an empty list where it found nothing.
SELECT r.effects -> 'findings'
FROM act AS a
JOIN act_result AS r USING (act_id)
WHERE a.case_id = $1 AND r.round = $2 AND r.verdict = 'taken' AND jsonb_typeof(r.effects -> 'findings') = 'array'
ORDER BY a.seq DESC
LIMIT 1
