-- Whoever enters or ends an acting order of a school waits for the acts that are being judged there; until the
-- transaction ends none is judged.
SELECT pg_advisory_xact_lock(hashtextextended('headship of ' || $1::text, 0))
