-- One change of the calendar at a time: each is checked against all before it, and gets the next version.
SELECT pg_advisory_xact_lock(1667329125)
