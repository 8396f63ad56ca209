-- All acts of a case in their order, with the verdicts given so far.
SELECT a.act_id, a.seq, a.kind, a.at, r.verdict, r.reason
FROM act AS a
LEFT JOIN act_result AS r USING (act_id)
WHERE a.case_id = $1
ORDER BY a.seq
