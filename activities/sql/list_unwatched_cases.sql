-- Cases whose term has passed with neither an answer nor a breach, and complaints with such a term: their workflow was
-- ended from outside. In the order of cases and queues, after those given ($2, $3): the queue of an application has the id
-- of its case, that of a complaint its own.
SELECT p.case_id, w.number, p.run, w.complaint_id
FROM (
    SELECT case_id, number, NULL::uuid AS complaint_id
    FROM standing_case
    WHERE ended_at IS NULL AND answered_at IS NULL AND due_at < clock_timestamp() - $1::interval AND NOT overdue
    UNION
    SELECT c.case_id, c.number, c.complaint_id
    FROM complaint AS c
    JOIN LATERAL (
        SELECT DISTINCT ON (kind) kind, due_at
        FROM complaint_term
        WHERE complaint_term.complaint_id = c.complaint_id
        ORDER BY kind, version DESC
    ) AS t ON t.due_at < clock_timestamp() - $1::interval
    WHERE c.ended_at IS NULL
      AND NOT EXISTS (
          SELECT FROM complaint_term_end AS k WHERE k.complaint_id = c.complaint_id AND k.kind = t.kind)
      AND NOT EXISTS (
          SELECT FROM complaint_milestone AS m
          WHERE m.complaint_id = c.complaint_id AND m.term_kind = t.kind AND m.kind = 'BREACH' AND m.due_at = t.due_at)
) AS w
JOIN procedure AS p USING (case_id)
WHERE $2::uuid IS NULL OR (p.case_id, coalesce(w.complaint_id, p.case_id)) > ($2, coalesce($3::uuid, $2))
ORDER BY p.case_id, coalesce(w.complaint_id, p.case_id)
LIMIT $4
