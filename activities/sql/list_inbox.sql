-- What a school has before it: open cases, and office refusals that have not reached the applicant yet (Q30).
SELECT a.number, a.channel, p.stage, p.acts - p.verdicts AS waiting_acts, t.due_at, n.number AS registration_number,
       EXISTS (
           SELECT FROM milestone AS m
           WHERE m.case_id = a.case_id AND m.round = p.round AND m.kind = 'BREACH' AND m.due_at = t.due_at
       ) AS overdue
FROM procedure AS p
JOIN application AS a USING (case_id)
JOIN LATERAL (
    SELECT due_at FROM term WHERE term.case_id = p.case_id AND term.round = p.round ORDER BY version DESC LIMIT 1
) AS t ON true
LEFT JOIN legal_number AS n ON n.case_id = p.case_id AND n.book = 'REGISTRATION'
LEFT JOIN outcome AS o ON o.case_id = p.case_id AND o.round = p.round
WHERE p.school_bin = $1
  AND (p.is_open OR (a.channel = 'OFFICE' AND o.kind = 'REFUSED' AND o.answered_at IS NULL))
ORDER BY t.due_at, a.number
