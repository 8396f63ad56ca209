-- Years of the calendar that somebody has checked against the official acts.
SELECT y.year, y.version, c.act, c.entered_at
FROM calendar_confirmed_year AS y
JOIN calendar_change AS c USING (version)
ORDER BY y.year
