-- A file is what was handed in.
SELECT a.number AS subject,
       format('the file %s is not the one that was handed in', f.attachment_id) AS what,
       'content of the size and hash on file' AS instead
FROM attachment AS f
JOIN application AS a USING (case_id)
WHERE f.size <> octet_length(f.content) OR f.sha256 <> encode(sha256(f.content), 'hex')
