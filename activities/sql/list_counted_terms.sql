-- Every version of every term, with what it has to follow from, read from the acts and not from the term: the act that
-- began it, the act that changed it, and the version before. A term to answer an application begins with its receipt, in a
-- later round with the act that reopened the case.
SELECT a.number, 'ANSWER' AS kind, NULL AS addressee, NULL AS via, a.standard_version, t.round,
       CASE t.round WHEN 1 THEN 'receipt' ELSE 'reopen_case' END AS begun_by,
       CASE t.round WHEN 1 THEN a.received_at ELSE (
           SELECT c.at
           FROM term AS f
           JOIN act AS c ON c.act_id = f.cause AND c.case_id = f.case_id AND c.kind = 'reopen_case'
           JOIN act_result AS r ON r.act_id = c.act_id AND r.verdict = 'taken'
           WHERE f.case_id = t.case_id AND f.round = t.round AND f.version = 1
       ) END AS begun_at,
       t.cause AS first_cause, NULL AS changed_by, NULL::integer AS asked, NULL::smallint AS extended_before,
       b.week AS week_before, b.due_day AS due_day_before, NULL::timestamptz AS starts_at, t.cause, t.working_days,
       NULL::smallint AS extended_by, t.week, t.calendar_version, t.effective_day, t.due_day, t.due_at, t.strict_due_day,
       t.reminder_at, t.last_day_at, t.explanation
FROM term AS t
JOIN application AS a USING (case_id)
LEFT JOIN term AS b ON (b.case_id, b.round, b.version) = (t.case_id, t.round, t.version - 1)
UNION ALL
SELECT k.number, t.kind, k.addressee, k.via, NULL, k.round, c.kind, CASE WHEN r.verdict = 'taken' THEN c.at END, f.cause,
       d.kind, CASE d.kind WHEN 'extend_complaint' THEN (d.content ->> 'working_days')::integer END, b.extended_by,
       b.week, b.due_day, t.starts_at, t.cause, t.working_days, t.extended_by, t.week, t.calendar_version,
       t.effective_day, t.due_day, t.due_at, NULL, t.reminder_at, t.last_day_at, t.explanation
FROM complaint_term AS t
JOIN complaint AS k USING (complaint_id)
LEFT JOIN complaint_term AS f ON (f.complaint_id, f.kind, f.version) = (t.complaint_id, t.kind, 1)
LEFT JOIN act AS c
       ON c.act_id = f.cause AND c.case_id = k.case_id AND (c.act_id = k.act_id OR c.complaint_id = k.complaint_id)
LEFT JOIN act_result AS r ON r.act_id = c.act_id
LEFT JOIN complaint_term AS b ON (b.complaint_id, b.kind, b.version) = (t.complaint_id, t.kind, t.version - 1)
LEFT JOIN act AS d ON d.act_id = t.cause AND d.complaint_id = t.complaint_id AND t.version > 1
