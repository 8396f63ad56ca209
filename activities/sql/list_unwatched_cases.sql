-- Cases whose term has passed with neither an answer nor a breach: their workflow was ended from outside.
-- In the order of their ids, after the one given.
SELECT case_id, number
FROM standing_case
WHERE ended_at IS NULL
  AND answered_at IS NULL
  AND due_at < clock_timestamp() - $1::interval
  AND NOT overdue
  AND ($2::uuid IS NULL OR case_id > $2)
ORDER BY case_id
LIMIT $3
