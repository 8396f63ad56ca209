-- An acting order by its id.
SELECT order_id, school_bin AS school, acting, valid_from, valid_until, act, content_hash, entered_by, entered_at,
       ended_at, ended_by, ended_act
FROM standing_acting_order
WHERE order_id = $1
