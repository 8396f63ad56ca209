-- The questions of open cases by how they stand: the reason why there is no answer, else the last answer, else waiting.
SELECT coalesce(i.last_failure, f.result, 'WAITING') AS result, count(*) AS inquiries
FROM inquiry AS i
JOIN procedure AS p USING (case_id)
LEFT JOIN LATERAL (
    SELECT result FROM fact WHERE fact.case_id = i.case_id AND fact.kind = i.kind ORDER BY seq DESC LIMIT 1
) AS f ON true
WHERE p.is_open
GROUP BY 1
