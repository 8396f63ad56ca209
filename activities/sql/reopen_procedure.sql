-- The next round of a case; a procedure that had ended begins again as another run of Temporal.
UPDATE procedure
SET stage = $2,
    round = round + 1,
    run = CASE WHEN ended_at IS NULL THEN run ELSE run + 1 END,
    started_in = CASE WHEN ended_at IS NULL THEN started_in END,
    ended_at = NULL
WHERE case_id = $1
