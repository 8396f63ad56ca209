-- Cases whose term runs and was counted before a change of the calendar, and that have not got its act yet;
-- in the order of their ids, after the one given.
SELECT t.case_id, t.complaint_id, t.number, t.run
FROM running_term AS t
WHERE t.complaint_id IS NULL
  AND t.counted_with < $1
  AND ($2::uuid IS NULL OR t.case_id > $2)
  AND NOT EXISTS (SELECT FROM act AS d WHERE d.act_id = format('calendar-%s-%s', $1::integer, t.case_id))
ORDER BY t.case_id
LIMIT $3
