-- The case row's lock: whoever holds it is alone with the case until the transaction ends.
SELECT p.case_id, a.number, p.school_bin, p.stage, p.round, p.entries, p.messages_out
FROM procedure AS p
JOIN application AS a USING (case_id)
WHERE p.case_id = $1
FOR UPDATE OF p
