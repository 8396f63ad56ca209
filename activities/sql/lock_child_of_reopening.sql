-- As lock_child, for the child of the case that the act reopens; any other act needs no more than its own case.
SELECT pg_advisory_xact_lock(hashtextextended('child ' || encode(p.child_hash, 'hex'), 0))
FROM act AS a
JOIN procedure AS p USING (case_id)
WHERE a.act_id = $1 AND a.kind = 'reopen_case'
