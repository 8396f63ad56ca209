-- The period that the order of a case sets, and how far its watch has come.
SELECT p.case_id, a.number, p.ends, s.opens, p.reminded_at IS NOT NULL AS reminded, p.ended_at IS NOT NULL AS ended
FROM period AS p
JOIN application AS a USING (case_id)
JOIN school AS s ON s.bin = a.school_bin
WHERE p.case_id = $1
