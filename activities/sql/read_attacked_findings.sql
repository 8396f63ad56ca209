-- The defects on which the refusal of a round rested.
SELECT r.effects -> 'findings' AS findings
FROM outcome AS o
JOIN act_result AS r USING (act_id)
WHERE o.case_id = $1 AND o.round = $2 AND o.kind = 'REFUSED'
