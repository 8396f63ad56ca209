-- As lock_child, for the child of a case.
SELECT pg_advisory_xact_lock(hashtextextended('child ' || encode(child_hash, 'hex'), 0)) FROM procedure WHERE case_id = $1
