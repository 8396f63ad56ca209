-- The receipt of a message, by the clock of the server; the first one stands.
UPDATE outbox
SET sent_at = clock_timestamp(), receipt = $3
WHERE case_id = $1 AND seq = $2 AND sent_at IS NULL AND not_sent IS NULL
