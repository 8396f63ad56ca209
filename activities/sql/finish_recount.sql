-- Nothing is left to count anew: no act of the change waits, no term lacks one, and what was being written when the
-- change was entered has been committed since ($3). True for the call that finds it so first.
INSERT INTO recount (version, finished_at)
SELECT c.version, $2
FROM calendar_change AS c
WHERE c.version = $1
  AND c.written_at < clock_timestamp() - $3::interval
  AND NOT EXISTS (
      SELECT FROM act AS d
      WHERE d.kind = 'calendar_changed' AND d.accepted_via = 'REGISTER' AND d.content ->> 'version' = c.version::text
        AND NOT EXISTS (SELECT FROM act_result AS v WHERE v.act_id = d.act_id))
  AND NOT EXISTS (
      SELECT FROM running_term AS t
      WHERE t.counted_with < c.version
        AND NOT EXISTS (
            SELECT FROM act AS d
            WHERE d.act_id = format('calendar-%s-%s', c.version, coalesce(t.complaint_id, t.case_id))))
ON CONFLICT (version) DO NOTHING
RETURNING true
