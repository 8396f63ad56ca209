-- The week and the hours of a school or of an authorised body, by its BIN.
SELECT week, opens, closes FROM school WHERE bin = $1
UNION ALL
SELECT week, opens, closes FROM authorised_body WHERE bin = $1
LIMIT 1
