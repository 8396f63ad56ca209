-- A defect that a ruling has set aside.
INSERT INTO set_aside (case_id, round, complaint_id, position, finding) VALUES ($1, $2, $3, $4, $5)
