-- Where the case stands after what was written in this transaction.
UPDATE procedure SET stage = $2, entries = $3, messages_out = $4 WHERE case_id = $1
