-- Every version of every term with the moment from which it is counted; an extension with the due day that it extends. One
-- that a change of the calendar moved is counted as a whole, from its beginning.
SELECT a.number, CASE t.round WHEN 1 THEN a.received_at ELSE c.at END AS starts_at, t.working_days, 0 AS extended_by,
       NULL::date AS extended_from, t.week, t.calendar_version, t.effective_day, t.due_day, t.due_at, t.strict_due_day,
       t.reminder_at, t.last_day_at, t.explanation
FROM term AS t
JOIN application AS a USING (case_id)
LEFT JOIN term AS f ON f.case_id = t.case_id AND f.round = t.round AND f.version = 1 AND t.round > 1
LEFT JOIN act AS c ON c.act_id = f.cause
UNION ALL
SELECT k.number, t.starts_at, t.working_days,
       CASE WHEN d.act_id IS NOT NULL AND t.extended_by > 0 THEN t.working_days + t.extended_by ELSE t.extended_by END,
       CASE WHEN d.act_id IS NULL THEN e.due_day END, t.week, t.calendar_version, t.effective_day,
       t.due_day, t.due_at, NULL, t.reminder_at, t.last_day_at, t.explanation
FROM complaint_term AS t
JOIN complaint AS k USING (complaint_id)
LEFT JOIN LATERAL (
    SELECT due_day
    FROM complaint_term AS plain
    WHERE plain.complaint_id = t.complaint_id AND plain.kind = t.kind AND plain.extended_by = 0
      AND plain.version < t.version AND t.extended_by > 0
    ORDER BY plain.version DESC
    LIMIT 1
) AS e ON true
LEFT JOIN act AS d ON d.act_id = t.cause AND d.kind = 'calendar_changed'
