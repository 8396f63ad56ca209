-- Who holds the post of a school's head at a moment, who came last first; the order by which somebody acts in it, and
-- whether that person has a role there at that moment.
SELECT ARRAY(
           SELECT staff_id
           FROM staff_role
           WHERE school_bin = $1 AND role = 'HEAD' AND valid_from <= $2 AND (valid_until IS NULL OR $2 < valid_until)
           ORDER BY valid_from DESC, staff_id
       ) AS heads,
       o.order_id, o.school_bin AS school, o.acting, o.valid_from, o.valid_until, o.act, o.entered_by, o.entered_at,
       o.ended_at, o.ended_by, o.ended_act,
       EXISTS (
           SELECT FROM staff_role AS r
           WHERE r.staff_id = o.acting AND r.school_bin = $1
             AND r.valid_from <= $2 AND (r.valid_until IS NULL OR $2 < r.valid_until)
       ) AS acting_is_staff
FROM (SELECT) AS post
LEFT JOIN standing_acting_order AS o ON o.school_bin = $1 AND o.runs_from <= $2 AND $2 < o.runs_until
