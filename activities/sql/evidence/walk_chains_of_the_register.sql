-- The register's own chains: every hash follows from the one before, and the last of each is known.
WITH walked AS (
    SELECT record, position, row_key, hash, row_number() OVER chain AS place,
           sha256(convert_to(concat_ws(
               E'\n', coalesce(encode(lag(hash) OVER chain, 'hex'), record), position, record, row_key,
               encode(row_sha256, 'hex')), 'UTF8')) AS follows
    FROM register_link
    WINDOW chain AS (PARTITION BY record ORDER BY position)
), broken AS (
    SELECT DISTINCT ON (record) record, position, row_key
    FROM walked
    WHERE position <> place OR hash <> follows
    ORDER BY record, position
), last AS (
    SELECT DISTINCT ON (record) record, position, hash
    FROM walked
    ORDER BY record, position DESC
)
SELECT 'register' AS subject, format('the chain breaks at place %s, at %s %s', position, record, row_key) AS what,
       'a hash that follows from the link before it' AS instead
FROM broken
UNION ALL
SELECT 'register',
       format('the last link of %s has place %s%s, the register knows of %s', record, coalesce(l.position, 0),
              CASE WHEN l.position = s.links THEN ' and another hash' END, coalesce(s.links, 0)),
       'the chain that the register knows'
FROM register_chain AS s
FULL JOIN last AS l USING (record)
WHERE coalesce(s.links, 0) <> coalesce(l.position, 0) OR s.head IS DISTINCT FROM l.hash
