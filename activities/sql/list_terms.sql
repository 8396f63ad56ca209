-- Every version of every term of a case; of one that was counted anew, the act that changed the calendar.
SELECT t.round, t.version, t.due_day, t.due_at, t.provisional, t.cause, d.content ->> 'act' AS act
FROM term AS t
LEFT JOIN act AS d ON d.act_id = t.cause AND d.kind = 'calendar_changed'
WHERE t.case_id = $1
ORDER BY t.round, t.version
