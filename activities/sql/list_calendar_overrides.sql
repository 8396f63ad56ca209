-- All that was ordered about days; the latest version for a day and week wins.
SELECT o.version, o.day, o.kind, o.week, c.act
FROM calendar_override AS o
JOIN calendar_change AS c USING (version)
ORDER BY o.version
