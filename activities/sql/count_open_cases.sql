-- Open cases by stage; of these, whose term ends within the day given, and which have been declared overdue.
SELECT stage, count(*) AS cases, count(*) FILTER (WHERE due_at >= $1 AND due_at < $2) AS due_today,
       count(*) FILTER (WHERE overdue) AS overdue
FROM standing_case
WHERE is_open
GROUP BY stage
