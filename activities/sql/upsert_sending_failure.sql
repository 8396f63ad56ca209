-- What did not go through is tried again after a pause ($5) that doubles each time, up to the longest ($6).
INSERT INTO sending_failure AS f (case_id, seq, tries, cause, refused, failed_at, next_try_at)
VALUES ($1, $2, 1, $3, $4, clock_timestamp(), clock_timestamp() + $5::interval)
ON CONFLICT (case_id, seq) DO UPDATE SET
    tries = f.tries + 1, cause = excluded.cause, refused = excluded.refused, failed_at = excluded.failed_at,
    next_try_at = clock_timestamp() + least($5::interval * power(2, least(f.tries, 20)), $6::interval)
