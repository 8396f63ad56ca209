-- A file with its hash; of the intake when no act is named.
INSERT INTO attachment (attachment_id, case_id, act_id, name, media_type, size, sha256, content)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
