-- What the actor of an act is told: its verdict if it has one, where the case stood then or stands now, and what it
-- waits for now.
SELECT a.act_id, c.number, r.verdict, r.reason, coalesce(r.stage, c.stage) AS stage, c.channel,
       c.stage AS present_stage, c.answered_at, c.delivered
FROM act AS a
JOIN standing_case AS c USING (case_id)
LEFT JOIN act_result AS r USING (act_id)
WHERE a.act_id = $1
