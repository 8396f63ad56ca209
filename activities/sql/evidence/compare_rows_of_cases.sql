-- The rows of the cases from $1 to $2 beside their links: what was changed, what is gone, what was slipped in.
WITH linked AS (
    SELECT case_id, record, row_key, row_sha256, position,
           count(*) OVER (PARTITION BY case_id, record, row_key) AS times,
           row_number() OVER (PARTITION BY case_id, record, row_key ORDER BY position DESC) AS back
    FROM link
    WHERE case_id BETWEEN $1 AND $2
), present AS (
    SELECT case_id, record, row_key, sha256(convert_to(row_text, 'UTF8')) AS row_sha256
    FROM (/* rows */) AS there
)
SELECT coalesce(a.number, case_id::text) AS subject,
       CASE
           WHEN p.row_sha256 IS NULL THEN format('%s %s, linked at place %s, is gone', record, row_key, l.position)
           WHEN l.row_sha256 IS NULL THEN format('%s %s is in no chain', record, row_key)
           WHEN l.row_sha256 <> p.row_sha256
               THEN format('%s %s is not what was linked at place %s', record, row_key, l.position)
           ELSE format('%s %s was linked %s times', record, row_key, l.times)
       END AS what,
       CASE
           WHEN l.row_sha256 IS NULL THEN 'a link for every row, made when the row was written'
           WHEN l.row_sha256 = p.row_sha256 THEN 'one link, since nobody may change the row'
           ELSE 'the row as it was written'
       END AS instead
FROM (SELECT * FROM linked WHERE back = 1) AS l
FULL JOIN present AS p USING (case_id, record, row_key)
LEFT JOIN application AS a USING (case_id)
LEFT JOIN linked_record AS d USING (record)
WHERE l.row_sha256 IS DISTINCT FROM p.row_sha256 OR l.times > 1 AND d.may_change IS NOT TRUE
ORDER BY subject, l.position, record, row_key
