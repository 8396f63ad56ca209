-- All that was taken about complaints, one by one in the order of the acts: where each act led to, and the stage now.
SELECT k.number, k.addressee, k.via, k.stage AS stands_at, c.act_id, c.kind, c.actor, c.content, c.stage
FROM complaint AS k
LEFT JOIN (
    SELECT act.complaint_id, act.act_id, act.seq, act.kind, act.actor, act.content, act_result.stage
    FROM act
    JOIN act_result USING (act_id)
    WHERE act_result.verdict = 'taken' AND act.complaint_id IS NOT NULL
) AS c USING (complaint_id)
ORDER BY k.number, c.seq
