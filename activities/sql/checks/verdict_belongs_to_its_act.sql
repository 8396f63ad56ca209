-- A verdict is on an act that is on file, of the same case, and there is one.
SELECT coalesce(a.number, r.case_id::text) AS subject,
       format('%s verdict(s) on act %s, which is %s', count(*), r.act_id,
              CASE WHEN min(c.act_id) IS NULL THEN 'not on file' ELSE 'of ' || string_agg(DISTINCT b.number, ', ') END)
           AS what,
       'one verdict on an act of this case' AS instead
FROM act_result AS r
LEFT JOIN application AS a ON a.case_id = r.case_id
LEFT JOIN act AS c ON c.act_id = r.act_id
LEFT JOIN application AS b ON b.case_id = c.case_id
GROUP BY a.number, r.case_id, r.act_id
HAVING count(*) > 1 OR count(c.act_id) = 0 OR bool_or(c.case_id <> r.case_id)
