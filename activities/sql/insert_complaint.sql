-- A complaint, registered with number and moment (R9.4).
INSERT INTO complaint (
    complaint_id, case_id, number, act_id, addressee, via, form, object, attacked_act, attacked_outcome, attacked_by,
    round, considered_by, conflict, late, registered_at, accepted_by, stage)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
