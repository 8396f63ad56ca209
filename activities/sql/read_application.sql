-- The application with where it stands.
SELECT a.*, p.stage, p.round, p.entries, p.ended_at
FROM application AS a
JOIN procedure AS p USING (case_id)
WHERE a.case_id = $1
