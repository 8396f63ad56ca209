-- A breach is declared after the due moment of a term on file, and only where nothing had been answered by then.
SELECT a.number AS subject,
       format('a breach of the term until %s', m.due_at) AS what,
       'a term that was over, and no answer at or before its end' AS instead
FROM milestone AS m
JOIN application AS a USING (case_id)
LEFT JOIN outcome AS o ON o.case_id = m.case_id AND o.round = m.round
WHERE m.kind = 'BREACH'
  AND (o.answered_at <= m.due_at
       OR m.reached_at < m.due_at
       OR NOT EXISTS (
           SELECT FROM term AS t WHERE t.case_id = m.case_id AND t.round = m.round AND t.due_at = m.due_at))
