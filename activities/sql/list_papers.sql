-- The papers of a case in the order of their issue, with the facts they tell and the size of their bytes.
SELECT paper_id AS id, case_id, round, kind, subject, number, issued_at, facts, template, sha256, octet_length(content) AS size
FROM paper
WHERE case_id = $1
ORDER BY issued_at, number
