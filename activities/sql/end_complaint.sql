-- The end of the complaint's procedure; what comes later gets its verdict from the sweep.
UPDATE complaint SET ended_at = $2 WHERE complaint_id = $1 AND ended_at IS NULL
