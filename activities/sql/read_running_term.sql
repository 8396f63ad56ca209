-- The term in force of a round, with the moment it starts from: of the first round the receipt, of a later one the act
-- that reopened the case.
SELECT coalesce(opening.at, a.received_at) AS starts_at, t.version, t.working_days, t.week, t.due_at, t.last_day_at,
       t.calendar_version
FROM term AS t
JOIN application AS a USING (case_id)
JOIN term AS first ON first.case_id = t.case_id AND first.round = t.round AND first.version = 1
LEFT JOIN act AS opening ON opening.act_id = first.cause AND opening.case_id = t.case_id
WHERE t.case_id = $1 AND t.round = $2
ORDER BY t.version DESC
LIMIT 1
