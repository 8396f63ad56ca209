-- The case row's lock: whoever holds it is alone with the case until the transaction ends.
SELECT p.case_id, p.school_bin, p.stage, p.round, p.acts, p.entries, p.messages_out, p.ended_at
FROM procedure AS p
WHERE p.case_id = $1
FOR UPDATE
