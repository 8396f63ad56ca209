-- Chains of cases $1 that once had $2 links and ended with $3: such a chain may only have become longer.
SELECT coalesce(a.number, h.case_id::text) AS subject,
       CASE WHEN coalesce(p.links, 0) < h.links OR l.hash IS NULL
            THEN format('%s links of %s are left', coalesce(p.links, 0), h.links)
            ELSE format('the link at place %s is another', h.links) END AS what
FROM unnest($1::uuid[], $2::integer[], $3::text[]) AS h (case_id, links, head)
LEFT JOIN procedure AS p USING (case_id)
LEFT JOIN application AS a USING (case_id)
LEFT JOIN link AS l ON l.case_id = h.case_id AND l.position = h.links
WHERE p.links IS NULL OR p.links < h.links OR encode(l.hash, 'hex') IS DISTINCT FROM h.head
ORDER BY subject
