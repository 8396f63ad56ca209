-- A refusal of the office counts as sent when it was handed over or posted (Q30); true for the act that does it.
UPDATE outcome SET answered_at = $3 WHERE case_id = $1 AND round = $2 AND answered_at IS NULL
RETURNING true
