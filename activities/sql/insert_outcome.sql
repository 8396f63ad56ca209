-- One current outcome per case, one order ever: the constraints decide.
INSERT INTO outcome (case_id, round, kind, act_id, decided_at, answered_at, window_until)
VALUES ($1, $2, $3, $4, $5, $6, $7)
