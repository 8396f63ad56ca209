-- A paper with its number and facts; the bytes are rendered from the facts later.
INSERT INTO paper (paper_id, case_id, round, kind, number, issued_at, facts, is_first_answer, subject)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
