-- What happened to a case, in the order in which the register learnt of it.
SELECT at, event FROM journal WHERE case_id = $1 ORDER BY seq
