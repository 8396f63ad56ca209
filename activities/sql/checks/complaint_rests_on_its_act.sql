-- R9.4: a complaint is registered by a taken act of its case, at the moment of that act.
SELECT k.number AS subject,
       format('registered at %s by act %s', k.registered_at, k.act_id) AS what,
       'a taken act file_complaint of this case, done at this moment' AS instead
FROM complaint AS k
LEFT JOIN act AS c ON c.act_id = k.act_id AND c.case_id = k.case_id AND c.kind = 'file_complaint' AND c.at = k.registered_at
LEFT JOIN act_result AS r ON r.act_id = c.act_id AND r.verdict = 'taken'
WHERE r.act_id IS NULL
