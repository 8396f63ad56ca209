-- The papers issued in a round.
SELECT kind FROM paper WHERE case_id = $1 AND round = $2
