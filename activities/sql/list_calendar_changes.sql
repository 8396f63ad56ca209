-- The changes of the calendar, each with its day or its year, and how far the terms that run have been counted anew:
-- acts written, acts with a verdict, terms that have no act yet.
SELECT c.version, c.act, c.entered_by, c.entered_at, o.day, o.kind, o.week, y.year, r.finished_at,
       a.written, a.taken, coalesce(t.waiting, 0) AS waiting
FROM calendar_change AS c
LEFT JOIN calendar_override AS o USING (version)
LEFT JOIN calendar_confirmed_year AS y USING (version)
LEFT JOIN recount AS r USING (version)
JOIN LATERAL (
    SELECT count(*) AS written, count(v.act_id) AS taken
    FROM act AS d
    LEFT JOIN act_result AS v USING (act_id)
    WHERE d.kind = 'calendar_changed' AND d.accepted_via = 'REGISTER' AND d.content ->> 'version' = c.version::text
) AS a ON true
LEFT JOIN LATERAL (
    SELECT count(*) AS waiting
    FROM running_term AS t
    WHERE t.counted_with < c.version
      AND NOT EXISTS (
          SELECT FROM act AS d
          WHERE d.act_id = format('calendar-%s-%s', c.version, coalesce(t.complaint_id, t.case_id)))
) AS t ON r.finished_at IS NULL
WHERE $1::integer IS NULL OR c.version = $1
ORDER BY c.version
