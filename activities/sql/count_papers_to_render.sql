-- How many papers of a case have no bytes yet.
SELECT count(*) FROM paper WHERE case_id = $1 AND content IS NULL
