-- Who holds the post of the head of a school at a moment.
SELECT staff_id
FROM staff_role
WHERE school_bin = $1 AND role = 'HEAD' AND valid_from <= $2 AND (valid_until IS NULL OR $2 < valid_until)
