-- All acting orders of a school, coming ones and those that are over too, with the names of those who act.
SELECT o.order_id, o.school_bin AS school, o.acting, o.valid_from, o.valid_until, o.act, o.entered_by, o.entered_at,
       o.ended_at, o.ended_by, o.ended_act, m.surname, m.first_name, m.patronymic, m.post_kk, m.post_ru
FROM standing_acting_order AS o
JOIN staff_member AS m ON m.staff_id = o.acting
WHERE o.school_bin = $1
ORDER BY o.runs_from, o.order_id
