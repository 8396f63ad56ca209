-- The kinds of facts of which an information system has answered anything.
SELECT DISTINCT kind FROM fact WHERE case_id = $1 ORDER BY kind
