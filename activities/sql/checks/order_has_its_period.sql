-- P10: the end of what an order sets is watched: the period on file is that of the order, and there is no other.
SELECT a.number AS subject,
       format('the period on file ends on %s, that of the order on %s', coalesce(p.ends::text, 'no day'),
              coalesce(o.ends, 'no day')) AS what,
       'the last day that the order names' AS instead
FROM period AS p
FULL JOIN (
    SELECT case_id, facts #>> '{order,period_to}' AS ends FROM paper WHERE kind = 'ORDER'
) AS o USING (case_id)
JOIN application AS a USING (case_id)
WHERE p.ends::text IS DISTINCT FROM o.ends
