-- The terms of a complaint, each in its latest version; `kept_at` is when its purpose was reached.
SELECT DISTINCT ON (t.kind) t.*, k.kept_at
FROM complaint_term AS t
LEFT JOIN complaint_term_kept AS k USING (complaint_id, kind)
WHERE t.complaint_id = $1
ORDER BY t.kind, t.version DESC
