-- A case by its number: where it stands, its term in force, the outcome of its round, whether a breach was declared;
-- with the case that it follows and those that follow it (D6), and the last day of teaching at home.
SELECT c.number, c.case_id, c.school_bin, c.channel, c.stage, c.round, n.number AS registration_number, c.received_at,
       c.effective_day, c.due_day, c.due_at, c.strict_due_day, c.provisional, c.outcome, c.answered_at, c.delivered,
       c.overdue, s.week, e.number AS after, p.ends AS period_ends,
       ARRAY(SELECT f.number FROM application AS f WHERE f.after_case = c.case_id ORDER BY f.received_at) AS followed_by
FROM standing_case AS c
JOIN application AS a USING (case_id)
JOIN school AS s ON s.bin = c.school_bin
LEFT JOIN application AS e ON e.case_id = a.after_case
LEFT JOIN legal_number AS n ON n.case_id = c.case_id AND n.book = 'REGISTRATION'
LEFT JOIN period AS p ON p.case_id = c.case_id
WHERE c.number = $1
