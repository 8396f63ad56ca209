-- How many cases each school has received in each year.
SELECT s.code, c.year, c.last FROM counter AS c JOIN school AS s ON s.bin = c.school_bin WHERE c.book = 'CASE'
