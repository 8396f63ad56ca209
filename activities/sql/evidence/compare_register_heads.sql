-- The same for the register's own chains: records $1 that once had $2 links and ended with $3.
SELECT 'register' AS subject,
       CASE WHEN coalesce(c.links, 0) < h.links OR l.hash IS NULL
            THEN format('%s links of %s are left of the chain of %s', coalesce(c.links, 0), h.links, h.record)
            ELSE format('the link at place %s of the chain of %s is another', h.links, h.record) END AS what
FROM unnest($1::text[], $2::integer[], $3::text[]) AS h (record, links, head)
LEFT JOIN register_chain AS c USING (record)
LEFT JOIN register_link AS l ON l.record = h.record AND l.position = h.links
WHERE c.links IS NULL OR c.links < h.links OR encode(l.hash, 'hex') IS DISTINCT FROM h.head
