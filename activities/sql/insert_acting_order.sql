-- An acting order, as it was entered.
INSERT INTO acting_order
    (order_id, school_bin, acting, valid_from, valid_until, act, content_hash, entered_by, entered_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
