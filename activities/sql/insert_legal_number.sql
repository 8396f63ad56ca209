-- What the counter gave, and to which case.
INSERT INTO legal_number (school_bin, book, year, seq, number, case_id, round, given_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
