-- Every event that an act brought about stands in the journal under the act's id.
SELECT a.number AS subject,
       format('act %s brought about %s, the journal does not know it', r.act_id, effect.event) AS what,
       'an entry of the journal' AS instead
FROM act_result AS r
JOIN application AS a USING (case_id)
CROSS JOIN LATERAL jsonb_array_elements_text(r.effects -> 'events') AS effect (event)
WHERE NOT EXISTS (SELECT FROM journal AS j WHERE j.act_id = r.act_id AND j.event = effect.event)
