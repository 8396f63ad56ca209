-- Complaints that are not answered, settled or taken back, by stage.
SELECT stage, count(*) AS complaints FROM complaint WHERE is_open GROUP BY stage
