-- The roles of the one who is to act, wherever, and every role of a head of the school.
SELECT staff_id, school_bin AS school, role, valid_from, valid_until, act
FROM staff_role
WHERE staff_id = $2 OR (school_bin = $1 AND role = 'HEAD')
ORDER BY staff_id, valid_from
