-- Open complaints by the term that has been declared overdue and has not ended.
SELECT t.kind, count(*) AS complaints
FROM complaint AS c
CROSS JOIN LATERAL (
    SELECT DISTINCT ON (kind) kind, due_at
    FROM complaint_term
    WHERE complaint_term.complaint_id = c.complaint_id
    ORDER BY kind, version DESC
) AS t
JOIN complaint_milestone AS m
    ON m.complaint_id = c.complaint_id AND m.term_kind = t.kind AND m.kind = 'BREACH' AND m.due_at = t.due_at
WHERE c.is_open
  AND NOT EXISTS (SELECT FROM complaint_term_end AS k WHERE k.complaint_id = c.complaint_id AND k.kind = t.kind)
GROUP BY t.kind
