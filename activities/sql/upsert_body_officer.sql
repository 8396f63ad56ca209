-- An officer of an authorised body from a moment on; only the end can still change.
INSERT INTO body_officer (staff_id, body_bin, valid_from, valid_until, act)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (staff_id, body_bin, valid_from) DO UPDATE SET valid_until = excluded.valid_until, act = excluded.act
