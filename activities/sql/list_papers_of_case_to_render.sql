-- The papers of a case that have no bytes yet.
SELECT paper_id, facts FROM paper WHERE case_id = $1 AND content IS NULL ORDER BY issued_at, number
