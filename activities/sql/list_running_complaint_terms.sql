-- The terms of complaints that somebody has to keep, each in its latest version; of each whether its breach was
-- declared. The ids come as text: for an array of uuid the driver would first ask the server what that is.
SELECT t.complaint_id, t.kind, t.due_day, t.due_at, t.week, EXISTS (
           SELECT FROM complaint_milestone AS m
           WHERE m.complaint_id = t.complaint_id AND m.term_kind = t.kind AND m.kind = 'BREACH' AND m.due_at = t.due_at
       ) AS overdue
FROM (
    SELECT DISTINCT ON (complaint_id, kind) complaint_id, kind, due_day, due_at, week
    FROM complaint_term
    WHERE complaint_id = ANY ($1::text[]::uuid[])
    ORDER BY complaint_id, kind, version DESC
) AS t
WHERE NOT EXISTS (
    SELECT FROM complaint_term_end AS k WHERE k.complaint_id = t.complaint_id AND k.kind = t.kind
)
