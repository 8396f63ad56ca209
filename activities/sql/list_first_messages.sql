-- The first message of each case to each of these destinations ($1) that is still to be sent and may be tried now:
-- later ones wait for it. The least tried come first, so that none which cannot be sent stands before the others.
SELECT o.case_id, o.seq, o.destination, o.event, o.body, o.at, a.number, a.channel, a.school_bin
FROM outbox AS o
JOIN application AS a USING (case_id)
LEFT JOIN sending_failure AS f ON f.case_id = o.case_id AND f.seq = o.seq
WHERE o.destination = ANY ($1::text[]) AND o.sent_at IS NULL AND o.not_sent IS NULL
  AND (f.next_try_at IS NULL OR f.next_try_at <= clock_timestamp())
  AND NOT EXISTS (
      SELECT
      FROM outbox AS earlier
      WHERE earlier.case_id = o.case_id AND earlier.destination = o.destination AND earlier.seq < o.seq
        AND earlier.sent_at IS NULL AND earlier.not_sent IS NULL
  )
ORDER BY coalesce(f.tries, 0), o.at
LIMIT $2
