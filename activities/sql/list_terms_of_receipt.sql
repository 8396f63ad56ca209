-- The term of receipt of every case, with the moment of receipt and the hours of the school today.
SELECT a.number, a.received_at, p.is_open, s.opens, s.closes, t.working_days, t.week, t.calendar_version,
       t.effective_day, t.due_day, t.due_at, t.strict_due_day, t.reminder_at, t.last_day_at
FROM term AS t
JOIN application AS a USING (case_id)
JOIN procedure AS p USING (case_id)
JOIN school AS s ON s.bin = a.school_bin
WHERE t.round = 1 AND t.version = 1
