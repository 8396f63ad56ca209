-- The specialists of a school at a moment, to whom the head may hand a case (R6.4).
SELECT staff_id
FROM staff_role
WHERE school_bin = $1 AND role = 'SPECIALIST' AND valid_from <= $2 AND (valid_until IS NULL OR $2 < valid_until)
ORDER BY staff_id
