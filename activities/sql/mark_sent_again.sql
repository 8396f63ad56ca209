-- The receipt of a message that was sent again; the first one stays in the outbox.
UPDATE resend_request SET sent_at = clock_timestamp(), receipt = $2 WHERE request_id = $1 AND sent_at IS NULL
