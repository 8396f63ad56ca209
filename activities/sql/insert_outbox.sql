-- What others are to be told; sent in the order of `seq`.
INSERT INTO outbox (case_id, seq, destination, event, body, at) VALUES ($1, $2, $3, $4, $5, $6)
