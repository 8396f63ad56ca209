-- The bytes of a paper are a PDF, made by a version of the templates, and those that were hashed when it was rendered.
SELECT a.number AS subject, f.what, f.instead
FROM paper AS p
JOIN application AS a USING (case_id)
CROSS JOIN LATERAL (
    VALUES
        (p.sha256 IS DISTINCT FROM encode(sha256(p.content), 'hex'),
         format('the bytes of %s %s are not those of its hash', p.kind, p.number),
         'content with the hash on file, or neither'),
        (p.content IS NOT NULL AND substring(p.content FROM 1 FOR 5) <> '%PDF-'::bytea,
         format('the bytes of %s %s are no PDF', p.kind, p.number),
         'a file that begins with %PDF-'),
        ((p.content IS NULL) <> (p.template IS NULL),
         format('of %s %s only one is on file, its bytes or the version that made them', p.kind, p.number),
         'both, or neither')
) AS f (is_wrong, what, instead)
WHERE f.is_wrong
