-- A defect that a ruling has set aside, after those of the rulings before.
INSERT INTO set_aside (case_id, round, complaint_id, position, finding)
SELECT $1, $2, $3, coalesce(max(position), 0) + 1, $4 FROM set_aside WHERE case_id = $1 AND round = $2
