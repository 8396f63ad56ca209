-- Another open case of the same child, if there is one by now (Q21).
SELECT a.number
FROM procedure AS mine
JOIN procedure AS other ON other.child_hash = mine.child_hash AND other.case_id <> mine.case_id AND other.is_open
JOIN application AS a ON a.case_id = other.case_id
WHERE mine.case_id = $1
