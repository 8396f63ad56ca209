-- The act as it arrived.
INSERT INTO act (
    act_id, case_id, seq, kind, actor, content, content_hash, seal, key_id, at, accepted_via, complaint_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
