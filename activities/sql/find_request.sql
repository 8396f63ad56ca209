-- The case that a request id has opened, to answer the same request with the same number.
SELECT a.case_id, a.number, a.content_hash, a.received_at, t.due_at
FROM application AS a
JOIN term AS t ON t.case_id = a.case_id AND t.round = 1 AND t.version = 1
WHERE a.request_id = $1
