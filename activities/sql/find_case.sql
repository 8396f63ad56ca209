-- From the number that people know to the case.
SELECT case_id FROM application WHERE number = $1
