-- The bytes of a paper are those that were hashed when it was rendered.
SELECT a.number AS subject,
       format('the bytes of %s %s are not those of its hash', p.kind, p.number) AS what,
       'content with the hash on file, or neither' AS instead
FROM paper AS p
JOIN application AS a USING (case_id)
WHERE p.sha256 IS DISTINCT FROM encode(sha256(p.content), 'hex')
