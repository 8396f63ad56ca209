-- From the number that people know to the case, or to the complaint and its case.
SELECT a.case_id, a.number, p.run, NULL::uuid AS complaint_id
FROM application AS a
JOIN procedure AS p USING (case_id)
WHERE a.number = $1
UNION ALL
SELECT c.case_id, c.number, p.run, c.complaint_id
FROM complaint AS c
JOIN procedure AS p USING (case_id)
WHERE c.number = $1
