-- What was done in the case so far, in whichever round, with its effects: the record that later acts build on.
SELECT a.act_id, a.kind, a.actor, a.content, r.effects, r.round
FROM act AS a
JOIN act_result AS r USING (act_id)
WHERE a.case_id = $1 AND a.complaint_id IS NULL AND r.verdict = 'taken'
ORDER BY a.seq
