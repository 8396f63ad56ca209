-- To which specialists the head has handed cases in their present round (R6.4); the last admission counts.
-- The ids come as text: for an array of uuid the driver would first ask the server what that is.
SELECT DISTINCT ON (a.case_id) a.case_id, a.content -> 'specialists' AS specialists
FROM act AS a
JOIN act_result AS r USING (act_id)
JOIN procedure AS p ON p.case_id = a.case_id AND p.round = r.round
WHERE a.case_id = ANY ($1::text[]::uuid[]) AND a.content ->> 'decision' = 'admit' AND r.verdict = 'taken'
ORDER BY a.case_id, a.seq DESC
