-- A role of a directory file; its end and act may be entered later, its beginning stands.
INSERT INTO staff_role (staff_id, school_bin, role, valid_from, valid_until, act)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (staff_id, school_bin, role, valid_from) DO UPDATE SET valid_until = excluded.valid_until, act = excluded.act
