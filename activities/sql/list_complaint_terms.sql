-- The terms of a complaint, each in its latest version; `ended_at` is when nobody had to keep it any more.
SELECT DISTINCT ON (t.kind) t.*, k.ended_at
FROM complaint_term AS t
LEFT JOIN complaint_term_end AS k USING (complaint_id, kind)
WHERE t.complaint_id = $1
ORDER BY t.kind, t.version DESC
