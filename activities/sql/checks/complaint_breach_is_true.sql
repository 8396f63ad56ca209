-- A breach of a complaint's term is declared after the due moment of a version on file that had not ended by then.
SELECT c.number AS subject,
       format('a breach of the term %s until %s', m.term_kind, m.due_at) AS what,
       'a term that was over and had not ended by then' AS instead
FROM complaint_milestone AS m
JOIN complaint AS c USING (complaint_id)
LEFT JOIN complaint_term_end AS k ON k.complaint_id = m.complaint_id AND k.kind = m.term_kind
WHERE m.kind = 'BREACH'
  AND (k.ended_at <= m.due_at
       OR m.reached_at < m.due_at
       OR NOT EXISTS (
           SELECT FROM complaint_term AS t
           WHERE t.complaint_id = m.complaint_id AND t.kind = m.term_kind AND t.due_at = m.due_at))
