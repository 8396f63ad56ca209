-- The chain of a case with the text of each row that was linked; a row that is gone has none.
SELECT l.position, l.record, l.row_key, p.row_text, encode(l.row_sha256, 'hex') AS row_sha256, encode(l.hash, 'hex') AS hash
FROM link AS l
LEFT JOIN (/* rows */) AS p USING (case_id, record, row_key)
WHERE l.case_id = $1
ORDER BY l.position
