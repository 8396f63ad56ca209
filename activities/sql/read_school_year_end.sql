-- The end of the school year that runs, or is next, on a day (Q23).
SELECT ends FROM school_year WHERE ends >= $1 ORDER BY ends LIMIT 1
