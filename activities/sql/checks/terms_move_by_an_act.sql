-- A term gets another version only by the act of a change of the calendar, or by an extension, that was taken; and it
-- ends earlier only where that was still to come then.
SELECT v.number AS subject,
       format('version %s of the term %s, caused by %s, until %s', v.version, v.term, v.cause, v.due_at) AS what,
       'a version after the one before, by an act that was taken, and never into the past' AS instead
FROM (
    SELECT a.number, t.case_id, t.round::text AS term, t.version, t.cause, t.due_at, b.due_at AS before
    FROM term AS t
    JOIN application AS a USING (case_id)
    LEFT JOIN term AS b ON (b.case_id, b.round, b.version) = (t.case_id, t.round, t.version - 1)
    WHERE t.version > 1
    UNION ALL
    SELECT c.number, c.case_id, t.kind, t.version, t.cause, t.due_at, b.due_at
    FROM complaint_term AS t
    JOIN complaint AS c USING (complaint_id)
    LEFT JOIN complaint_term AS b
           ON (b.complaint_id, b.kind, b.version) = (t.complaint_id, t.kind, t.version - 1)
    WHERE t.version > 1
) AS v
LEFT JOIN act AS d
       ON d.act_id = v.cause AND d.case_id = v.case_id AND d.kind IN ('calendar_changed', 'extend_complaint')
LEFT JOIN act_result AS r ON r.act_id = d.act_id AND r.verdict = 'taken'
WHERE r.act_id IS NULL
   OR v.before IS NULL
   OR (v.due_at < v.before AND v.due_at <= greatest(d.at, r.taken_at))
