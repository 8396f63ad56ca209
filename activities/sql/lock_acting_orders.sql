-- Acting orders are entered and ended one by one: what two of them would make of one another is seen by the second.
SELECT pg_advisory_xact_lock(hashtextextended('acting orders', 0))
