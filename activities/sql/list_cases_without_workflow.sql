-- Cases and complaints that this Temporal namespace has never been told of: it was away, or it is a new one.
SELECT p.case_id, a.number, p.run, w.complaint_id
FROM (
    SELECT case_id, NULL::uuid AS complaint_id, written_at
    FROM procedure
    WHERE ended_at IS NULL AND started_in IS DISTINCT FROM $1
    UNION ALL
    SELECT case_id, complaint_id, written_at
    FROM complaint
    WHERE ended_at IS NULL AND started_in IS DISTINCT FROM $1
) AS w
JOIN procedure AS p USING (case_id)
JOIN application AS a USING (case_id)
WHERE w.written_at < clock_timestamp() - $2::interval
ORDER BY w.written_at
LIMIT $3
