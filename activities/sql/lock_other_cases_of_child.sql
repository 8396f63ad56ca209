-- The other cases of the child of this case. Taken after the lock of the child and of the case, and before whatever cases
-- share: numbers and the headship.
SELECT other.case_id
FROM procedure AS mine
JOIN procedure AS other ON other.child_hash = mine.child_hash AND other.case_id <> mine.case_id
WHERE mine.case_id = $1
ORDER BY other.case_id
FOR UPDATE OF other
