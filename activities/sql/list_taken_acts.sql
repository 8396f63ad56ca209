-- What was done in the case so far in this round, with its effects: the record that later acts build on.
SELECT a.act_id, a.kind, a.actor, a.content, r.effects
FROM act AS a
JOIN act_result AS r USING (act_id)
WHERE a.case_id = $1 AND r.round = $2 AND r.verdict = 'taken'
ORDER BY a.seq
