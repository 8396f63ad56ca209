-- All that was taken, case by case in the order of the acts: the stage each act led to, and the stage of the case now.
SELECT a.number, p.stage AS stands_at, c.act_id, c.kind, c.actor, c.content, r.stage, r.effects
FROM procedure AS p
JOIN application AS a USING (case_id)
LEFT JOIN act_result AS r ON r.case_id = a.case_id AND r.verdict = 'taken'
    AND EXISTS (SELECT FROM act AS own WHERE own.act_id = r.act_id AND own.complaint_id IS NULL)
LEFT JOIN act AS c ON c.act_id = r.act_id
ORDER BY a.number, c.seq
