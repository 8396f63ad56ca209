-- What happened to a case and to its complaints, in the order in which the register learnt of it; by whom, and as acting
-- head for whom.
SELECT j.at, j.event, j.actor, r.effects -> 'acting' ->> 'for_whom' AS acting_for, c.number AS complaint
FROM journal AS j
LEFT JOIN complaint AS c ON c.complaint_id = j.complaint_id
LEFT JOIN act_result AS r ON r.act_id = j.act_id AND j.actor IS NOT NULL
WHERE j.case_id = $1
ORDER BY j.seq
