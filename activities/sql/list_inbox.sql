-- What a school has before it: open cases, and results of the office that have not reached the applicant yet (Q30).
SELECT c.case_id, c.number, c.channel, c.stage, c.waiting_acts, c.due_at, c.strict_due_day, c.answered_at, c.delivered, c.overdue,
       n.number AS registration_number
FROM standing_case AS c
LEFT JOIN legal_number AS n ON n.case_id = c.case_id AND n.book = 'REGISTRATION'
WHERE c.school_bin = $1
  AND (c.is_open OR (c.channel = 'OFFICE' AND c.outcome IN ('ORDER_ISSUED', 'REFUSED') AND NOT c.delivered))
