-- What the actor of an act is told: its verdict if it has one, and where the case stood then or stands now.
SELECT r.verdict, r.reason, coalesce(r.stage, p.stage) AS stage
FROM act AS a
JOIN procedure AS p USING (case_id)
LEFT JOIN act_result AS r USING (act_id)
WHERE a.act_id = $1
