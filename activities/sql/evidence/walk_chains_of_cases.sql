-- The chains of the cases from $1 to $2: every hash follows from the one before, and the case row knows the last.
WITH walked AS (
    SELECT case_id, position, record, row_key, hash, row_number() OVER chain AS place,
           sha256(convert_to(concat_ws(
               E'\n', coalesce(encode(lag(hash) OVER chain, 'hex'), case_id::text), position, record, row_key,
               encode(row_sha256, 'hex')), 'UTF8')) AS follows
    FROM link
    WHERE case_id BETWEEN $1 AND $2
    WINDOW chain AS (PARTITION BY case_id ORDER BY position)
), broken AS (
    SELECT DISTINCT ON (case_id) case_id, position, record, row_key
    FROM walked
    WHERE position <> place OR hash <> follows
    ORDER BY case_id, position
), last AS (
    SELECT DISTINCT ON (case_id) case_id, position, hash
    FROM walked
    ORDER BY case_id, position DESC
), said AS (
    SELECT case_id, links, head FROM procedure WHERE case_id BETWEEN $1 AND $2
), found AS (
    SELECT case_id, format('the chain breaks at place %s, at %s %s', position, record, row_key) AS what,
           'a hash that follows from the link before it' AS instead
    FROM broken
    UNION ALL
    SELECT case_id,
           format('the last link has place %s%s, the case knows of %s', coalesce(l.position, 0),
                  CASE WHEN l.position = s.links THEN ' and another hash' END, coalesce(s.links, 0)),
           'the chain that the case knows'
    FROM said AS s
    FULL JOIN last AS l USING (case_id)
    WHERE coalesce(s.links, 0) <> coalesce(l.position, 0) OR s.head IS DISTINCT FROM l.hash
)
SELECT coalesce(a.number, case_id::text) AS subject, what, instead
FROM found
LEFT JOIN application AS a USING (case_id)
ORDER BY subject, what
