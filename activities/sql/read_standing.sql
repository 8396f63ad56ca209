-- The roles a person holds anywhere at a moment; none for a person of the directory whose roles have ended.
SELECT r.school_bin, r.role
FROM staff_member AS m
LEFT JOIN staff_role AS r
       ON r.staff_id = m.staff_id AND r.valid_from <= $2 AND (r.valid_until IS NULL OR $2 < r.valid_until)
WHERE m.staff_id = $1
