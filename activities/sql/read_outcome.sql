-- The outcome of a round.
SELECT act_id, decided_at, answered_at, window_until FROM outcome WHERE case_id = $1 AND round = $2
