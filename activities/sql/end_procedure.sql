-- The end of the procedure; what comes later gets its verdict from the sweep.
UPDATE procedure SET ended_at = $2 WHERE case_id = $1 AND ended_at IS NULL
