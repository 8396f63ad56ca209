-- Whether a person is, at a moment, an officer of the authorised body that controls the services of a school.
SELECT EXISTS (
    SELECT FROM body_officer AS o
    JOIN school AS s ON s.authorised_body_bin = o.body_bin
    WHERE o.staff_id = $1 AND s.bin = $2 AND o.valid_from <= $3 AND (o.valid_until IS NULL OR $3 < o.valid_until)
)
