-- Cases with papers that have been without bytes for a while, in the order of their ids, after the one given.
SELECT DISTINCT case_id
FROM paper
WHERE content IS NULL
  AND written_at < clock_timestamp() - $1::interval
  AND ($2::uuid IS NULL OR case_id > $2)
ORDER BY case_id
LIMIT $3
