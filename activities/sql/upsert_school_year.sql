-- A school year of a directory file.
INSERT INTO school_year (begins, ends, act)
VALUES ($1, $2, $3)
ON CONFLICT (begins) DO UPDATE SET ends = excluded.ends, act = excluded.act
