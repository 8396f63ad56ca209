-- All acts of a case in their order, each with who did it and, for the head, what was decided; and the verdicts so far.
SELECT a.act_id, a.seq, a.kind, a.content ->> 'decision' AS decision, a.actor, a.at, r.verdict, r.reason
FROM act AS a
LEFT JOIN act_result AS r USING (act_id)
WHERE a.case_id = $1
ORDER BY a.seq
