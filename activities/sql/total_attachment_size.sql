-- All files of a case together are limited (Q26); those of acts that were refused do not count against the applicant.
SELECT coalesce(sum(a.size), 0)
FROM attachment AS a
LEFT JOIN act_result AS r USING (act_id)
WHERE a.case_id = $1 AND r.verdict IS DISTINCT FROM 'refused'
