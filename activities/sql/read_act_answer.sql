-- What the actor of an act is told: its verdict if it has one, and where case or complaint stood then or stand
-- now; of an act that filed a complaint, the complaint's number.
SELECT a.act_id, coalesce(m.number, c.number) AS number, c.case_id, c.school_bin, r.verdict, r.reason,
       coalesce(r.stage, m.stage, c.stage) AS stage, c.channel, coalesce(m.stage, c.stage) AS present_stage,
       c.answered_at, c.delivered, a.complaint_id, f.number AS complaint
FROM act AS a
JOIN standing_case AS c USING (case_id)
LEFT JOIN complaint AS m ON m.complaint_id = a.complaint_id
LEFT JOIN complaint AS f ON f.act_id = a.act_id
LEFT JOIN act_result AS r ON r.act_id = a.act_id
WHERE a.act_id = $1
