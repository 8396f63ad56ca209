-- Periods that nobody watches: this Temporal namespace ($1) was never told of them, or a day has gone by unnoticed,
-- the last one (before $3) or that of the reminder (of periods that end before $4). The first to end comes first.
SELECT p.case_id, a.number
FROM period AS p
JOIN application AS a USING (case_id)
WHERE p.ended_at IS NULL
  AND p.written_at < clock_timestamp() - $2::interval
  AND (p.started_in IS DISTINCT FROM $1 OR p.ends < $3 OR (p.reminded_at IS NULL AND p.ends < $4))
ORDER BY p.ends, p.case_id
LIMIT $5
