-- R5.7: a portal request gets the notice of acceptance or the refusal, and has got it when the service ends by either.
SELECT a.number AS subject,
       format('%s notice(s) or refusal(s) in round %s, outcome %s', count(p.paper_id), r.round, coalesce(o.kind, 'none'))
           AS what,
       'exactly one when there is an order or a refusal, before at most one' AS instead
FROM application AS a
JOIN (SELECT DISTINCT case_id, round FROM term) AS r USING (case_id)
LEFT JOIN outcome AS o ON o.case_id = a.case_id AND o.round = r.round
LEFT JOIN paper AS p ON p.case_id = a.case_id AND p.round = r.round AND p.kind IN ('NOTICE_OF_ACCEPTANCE', 'REFUSAL')
WHERE a.channel = 'PORTAL'
GROUP BY a.number, r.round, o.kind
HAVING count(p.paper_id) > 1 OR (count(p.paper_id) = 0 AND o.kind IN ('ORDER_ISSUED', 'REFUSED'))
