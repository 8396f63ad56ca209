-- Where the complaint stands after what was written in this transaction.
UPDATE complaint SET stage = $2, body_number = $3, body_registered_at = $4 WHERE complaint_id = $1
