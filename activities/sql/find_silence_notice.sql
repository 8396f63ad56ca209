-- The notice of silence about a term that ended at $3.
SELECT issued_at
FROM paper
WHERE case_id = $1 AND round = $2 AND kind = 'SILENCE_NOTICE' AND (facts #>> '{case,due_at}')::timestamptz = $3
