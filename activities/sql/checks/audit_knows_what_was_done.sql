-- Whatever is done to a case is noted once in the audit, in the same transaction; of a verdict also its reason.
WITH done (case_id, action, act_id, code) AS (
    SELECT case_id, 'receive', NULL, NULL FROM application
    UNION ALL SELECT case_id, 'accept', act_id, kind FROM act
    UNION ALL SELECT case_id, 'verdict', act_id, coalesce(reason ->> 'code', verdict) FROM act_result
    UNION ALL SELECT case_id, 'milestone', NULL, kind FROM milestone
    UNION ALL SELECT c.case_id, 'milestone', NULL, m.kind FROM complaint_milestone AS m JOIN complaint AS c USING (complaint_id)
    UNION ALL SELECT case_id, 'end', NULL, NULL FROM journal WHERE event IN ('PROCEDURE_ENDED', 'COMPLAINT_ENDED')
    UNION ALL SELECT case_id, 'period', NULL, 'ENDS_SOON' FROM period WHERE reminded_at IS NOT NULL
    UNION ALL SELECT case_id, 'period', NULL, 'ENDED' FROM period WHERE ended_at IS NOT NULL
), noted (case_id, action, act_id, code) AS (
    SELECT case_id, action, details ->> 'act_id',
           CASE action WHEN 'accept' THEN details ->> 'kind'
                       WHEN 'verdict' THEN coalesce(details ->> 'code', details ->> 'verdict')
                       WHEN 'milestone' THEN details ->> 'milestone'
                       WHEN 'period' THEN details ->> 'milestone' END
    FROM audit
    WHERE action IN ('receive', 'accept', 'verdict', 'milestone', 'end', 'period')
), compared AS (
    SELECT case_id, action, act_id, code, sum(done) AS done, sum(noted) AS noted
    FROM (SELECT *, 1 AS done, 0 AS noted FROM done UNION ALL SELECT *, 0, 1 FROM noted) AS entry
    GROUP BY case_id, action, act_id, code
)
SELECT coalesce(a.number, c.case_id::text) AS subject,
       format('%s: done %s time(s), noted %s', concat_ws(' ', c.action, c.act_id, c.code), c.done, c.noted) AS what,
       'a note in the audit for each time' AS instead
FROM compared AS c
LEFT JOIN application AS a USING (case_id)
WHERE c.done <> c.noted
