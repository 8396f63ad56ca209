-- The orders that one for the head of a school can meet: those of the school, those by which its heads or the one who
-- is to act do so elsewhere, and those of schools whose head that one is. What is over before a moment meets nothing.
SELECT order_id, school_bin AS school, acting, valid_from, valid_until, act, entered_by, entered_at,
       ended_at, ended_by, ended_act
FROM standing_acting_order
WHERE $3 < runs_until
  AND (school_bin = $1
       OR acting = $2
       OR acting IN (SELECT staff_id FROM staff_role WHERE school_bin = $1 AND role = 'HEAD')
       OR school_bin IN (SELECT r.school_bin FROM staff_role AS r WHERE r.staff_id = $2 AND r.role = 'HEAD'))
ORDER BY runs_from, order_id
