-- One entry of the case's journal; of a complaint, with the complaint.
INSERT INTO journal (case_id, seq, round, at, event, stage, actor, act_id, complaint_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
