-- The one verdict on an act.
INSERT INTO act_result (act_id, case_id, verdict, reason, stage, round, effects, taken_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
