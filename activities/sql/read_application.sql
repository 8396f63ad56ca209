-- The application with where it stands, and the body that controls the quality of its school's services.
SELECT a.*, p.stage, p.round, p.entries, p.ended_at, s.authorised_body_bin
FROM application AS a
JOIN procedure AS p USING (case_id)
JOIN school AS s ON s.bin = a.school_bin
WHERE a.case_id = $1
