-- The authorised bodies whose officer a person is at a moment.
SELECT body_bin
FROM body_officer
WHERE staff_id = $1 AND valid_from <= $2 AND (valid_until IS NULL OR $2 < valid_until)
