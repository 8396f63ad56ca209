-- A case by its number: where it stands, its term in force, the outcome of its round, and whether a breach was declared.
SELECT c.number, c.case_id, c.channel, c.stage, c.round, n.number AS registration_number, c.received_at,
       c.effective_day, c.due_day, c.due_at, c.strict_due_day, c.provisional, c.outcome, c.answered_at, c.delivered,
       c.overdue
FROM standing_case AS c
LEFT JOIN legal_number AS n ON n.case_id = c.case_id AND n.book = 'REGISTRATION'
WHERE c.number = $1
