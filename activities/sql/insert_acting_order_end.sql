-- The end of an acting order before its time.
INSERT INTO acting_order_end (order_id, ended_by, ended_at, act) VALUES ($1, $2, $3, $4)
