-- The first message of each case to each of these destinations ($1) that is still to be sent and may be tried now:
-- later ones wait for it. The least tried come first, so that none which cannot be sent stands before the others.
-- What was never tried is read in the order of its age, only as far as it is needed: it may be much.
WITH first AS (
    (
        SELECT o.*, 0 AS tries
        FROM unnest($1::text[]) AS addressee (destination)
        CROSS JOIN LATERAL (
            SELECT *
            FROM outbox AS waiting
            WHERE waiting.destination = addressee.destination AND waiting.sent_at IS NULL AND waiting.not_sent IS NULL
              AND NOT EXISTS (
                  SELECT FROM sending_failure AS f WHERE f.case_id = waiting.case_id AND f.seq = waiting.seq)
              AND NOT EXISTS (
                  SELECT
                  FROM outbox AS earlier
                  WHERE earlier.case_id = waiting.case_id AND earlier.destination = waiting.destination
                    AND earlier.seq < waiting.seq AND earlier.sent_at IS NULL AND earlier.not_sent IS NULL
              )
            ORDER BY waiting.at
            LIMIT $2
        ) AS o
    )
    UNION ALL
    (
        SELECT o.*, f.tries
        FROM sending_failure AS f
        JOIN outbox AS o USING (case_id, seq)
        WHERE o.destination = ANY ($1::text[]) AND o.sent_at IS NULL AND o.not_sent IS NULL
          AND f.next_try_at <= clock_timestamp()
          AND NOT EXISTS (
              SELECT
              FROM outbox AS earlier
              WHERE earlier.case_id = o.case_id AND earlier.destination = o.destination AND earlier.seq < o.seq
                AND earlier.sent_at IS NULL AND earlier.not_sent IS NULL
          )
        ORDER BY f.tries, o.at
        LIMIT $2
    )
)
SELECT o.case_id, o.seq, o.destination, o.event, o.body, o.at, a.number, a.channel, a.school_bin
FROM first AS o
JOIN application AS a USING (case_id)
ORDER BY o.tries, o.at
LIMIT $2
