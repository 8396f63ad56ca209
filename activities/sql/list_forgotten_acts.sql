-- For each case with acts that nobody has taken although the doorbell should have been heard, the first of them;
-- those of ended cases are marked. Cases in the order of their ids, after the one given.
SELECT DISTINCT ON (a.case_id) a.act_id, a.case_id, f.number, a.kind, p.ended_at IS NOT NULL AS ended
FROM procedure AS p
JOIN application AS f USING (case_id)
JOIN act AS a USING (case_id)
WHERE p.verdicts < p.acts
  AND a.written_at < clock_timestamp() - $1::interval
  AND ($2::uuid IS NULL OR a.case_id > $2)
  AND NOT EXISTS (SELECT FROM act_result AS r WHERE r.act_id = a.act_id)
ORDER BY a.case_id, a.seq
LIMIT $3
