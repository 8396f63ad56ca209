-- The next place in the case's sequence of acts; the caller holds the case row's lock.
UPDATE procedure SET acts = acts + 1 WHERE case_id = $1 RETURNING acts
