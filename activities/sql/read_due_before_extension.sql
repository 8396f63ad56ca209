-- The last due moment of the term to answer a complaint before it was extended; no row while it is not extended.
SELECT t.due_at
FROM complaint_term AS t
WHERE t.complaint_id = $1
  AND t.kind = 'CONSIDERATION'
  AND t.extended_by = 0
  AND EXISTS (
      SELECT FROM complaint_term AS e
      WHERE e.complaint_id = t.complaint_id AND e.kind = t.kind AND e.extended_by > 0)
ORDER BY t.version DESC
LIMIT 1
