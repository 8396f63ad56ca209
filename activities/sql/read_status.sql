-- A case by its number: where it stands, its term in force, the outcome of its round, and whether a breach was declared.
SELECT a.number, a.case_id, a.channel, p.stage, p.round, a.received_at,
       t.effective_day, t.due_day, t.due_at, o.kind AS outcome, o.answered_at,
       EXISTS (
           SELECT FROM milestone AS m
           WHERE m.case_id = a.case_id AND m.round = p.round AND m.kind = 'BREACH' AND m.due_at = t.due_at
       ) AS overdue
FROM application AS a
JOIN procedure AS p USING (case_id)
JOIN LATERAL (
    SELECT effective_day, due_day, due_at
    FROM term
    WHERE term.case_id = a.case_id AND term.round = p.round
    ORDER BY version DESC
    LIMIT 1
) AS t ON true
LEFT JOIN outcome AS o ON o.case_id = a.case_id AND o.round = p.round
WHERE a.number = $1
