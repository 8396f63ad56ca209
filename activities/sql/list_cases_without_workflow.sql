-- Cases that this Temporal namespace has never been told of: it was away at intake, or it is a new one.
SELECT p.case_id, a.number
FROM procedure AS p
JOIN application AS a USING (case_id)
WHERE p.ended_at IS NULL
  AND p.started_in IS DISTINCT FROM $1
  AND p.written_at < clock_timestamp() - $2::interval
ORDER BY p.written_at
LIMIT $3
