-- The papers of a case in the order of their issue, with the facts they tell.
SELECT paper_id AS id, kind, number, issued_at, facts, sha256 FROM paper WHERE case_id = $1 ORDER BY issued_at, number
