-- How many cases there are, for cutting the register into portions.
SELECT count(*) FROM application
