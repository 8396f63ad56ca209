-- The year that a change confirms.
INSERT INTO calendar_confirmed_year (version, year) VALUES ($1, $2)
