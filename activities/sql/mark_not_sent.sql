-- Why a message to people is not sent, for good; true when nobody had said so before.
UPDATE outbox
SET not_sent = $3
WHERE case_id = $1 AND seq = $2 AND sent_at IS NULL AND not_sent IS NULL
RETURNING true
