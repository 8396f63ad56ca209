-- What an information system answered, after all that was answered before.
INSERT INTO fact (case_id, kind, seq, result, differs, content, source, request_id, received_at)
SELECT $1::uuid, $2::text, coalesce(max(f.seq), 0) + 1, $3, $4, $5, $6, $7, $8
FROM fact AS f
WHERE f.case_id = $1 AND f.kind = $2
