-- The term of receipt of every case, with the moment of receipt and the hours of the school today.
SELECT a.number, a.received_at, p.is_open, s.opens, s.closes, t.*
FROM term AS t
JOIN application AS a USING (case_id)
JOIN procedure AS p USING (case_id)
JOIN school AS s ON s.bin = a.school_bin
WHERE t.round = 1 AND t.version = 1
