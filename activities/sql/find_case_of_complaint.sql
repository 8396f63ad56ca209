-- From the number of a complaint to its case.
SELECT case_id FROM complaint WHERE number = $1
