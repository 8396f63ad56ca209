-- What is refused is refused for a reason that a person can read; what is taken has its effects.
SELECT a.number AS subject,
       format('act %s is %s %s', r.act_id, r.verdict,
              CASE r.verdict WHEN 'taken' THEN 'without effects or with a reason' ELSE 'without words' END) AS what,
       'effects of what is taken, a reason for what is refused' AS instead
FROM act_result AS r
JOIN application AS a USING (case_id)
WHERE r.verdict = 'taken' AND (r.effects IS NULL OR r.reason IS NOT NULL)
   OR r.verdict = 'refused' AND (
       r.effects IS NOT NULL OR coalesce(r.reason ->> 'code', '') = '' OR coalesce(r.reason ->> 'what', '') = '')
