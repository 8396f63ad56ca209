-- An outcome is the work of an act of the case that was taken, and was decided when that act was done.
SELECT a.number AS subject,
       format('%s rests on act %s', o.kind, o.act_id) AS what,
       'a taken act of this case that led to this stage, done at the moment of the decision' AS instead
FROM outcome AS o
JOIN application AS a USING (case_id)
LEFT JOIN act AS c ON c.act_id = o.act_id AND c.case_id = o.case_id AND c.at = o.decided_at
LEFT JOIN act_result AS r ON r.act_id = c.act_id AND r.verdict = 'taken' AND r.stage = o.kind
WHERE r.act_id IS NULL
