-- Every act as it arrived.
SELECT a.number, c.act_id, c.kind, c.actor, c.content, c.content_hash
FROM act AS c
JOIN application AS a USING (case_id)
