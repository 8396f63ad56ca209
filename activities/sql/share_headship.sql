-- Whoever judges an act of a school: until the transaction ends no acting order of the school is entered or ended.
SELECT pg_advisory_xact_lock_shared(hashtextextended('headship of ' || $1::text, 0))
