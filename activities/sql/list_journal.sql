-- What happened to a case and to its complaints, in the order in which the register learnt of it.
SELECT j.at, j.event, c.number AS complaint
FROM journal AS j
LEFT JOIN complaint AS c ON c.complaint_id = j.complaint_id
WHERE j.case_id = $1
ORDER BY j.seq
