-- A case has one current outcome exactly when its stage is one, and it is that one.
SELECT a.number AS subject,
       format('stage %s, current outcome %s', p.stage, coalesce(string_agg(o.kind, ' and '), 'none')) AS what,
       'one current outcome that is the stage, or none while the case is open' AS instead
FROM procedure AS p
JOIN application AS a USING (case_id)
LEFT JOIN outcome AS o ON o.case_id = p.case_id AND o.is_current
GROUP BY a.number, p.stage, p.is_open
HAVING coalesce(array_agg(o.kind) FILTER (WHERE o.kind IS NOT NULL), '{}')
       <> CASE WHEN p.is_open THEN '{}' ELSE ARRAY[p.stage] END
