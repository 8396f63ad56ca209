-- Every version of every term of a complaint, in the order in which they came; of one that was counted anew, the act that
-- changed the calendar.
SELECT t.kind, t.version, t.starts_at, t.working_days, t.extended_by, t.due_day, t.due_at, t.provisional, t.cause,
       d.content ->> 'act' AS act, CASE WHEN k.kept THEN k.ended_at END AS kept_at,
       CASE WHEN NOT k.kept THEN k.ended_at END AS lapsed_at,
       EXISTS (
           SELECT FROM complaint_milestone AS m
           WHERE m.complaint_id = t.complaint_id AND m.term_kind = t.kind AND m.kind = 'BREACH' AND m.due_at = t.due_at
       ) AS overdue
FROM complaint_term AS t
LEFT JOIN complaint_term_end AS k USING (complaint_id, kind)
LEFT JOIN act AS d ON d.act_id = t.cause AND d.kind = 'calendar_changed'
WHERE t.complaint_id = $1
ORDER BY t.starts_at, t.kind, t.version
