-- What is decided about the cases of one child is decided one after another: whoever files for it waits here for whoever
-- reopens a case of it. Taken before any case is locked.
SELECT pg_advisory_xact_lock(hashtextextended('child ' || encode($1::bytea, 'hex'), 0))
