-- Paragraph 7: one order per case, and its paper with it.
SELECT a.number AS subject,
       format('%s outcome(s) and %s paper(s) that are an order', o.orders, r.orders) AS what,
       'one of each, or none' AS instead
FROM application AS a
CROSS JOIN LATERAL (
    SELECT count(*) AS orders FROM outcome WHERE outcome.case_id = a.case_id AND kind = 'ORDER_ISSUED') AS o
CROSS JOIN LATERAL (SELECT count(*) AS orders FROM paper WHERE paper.case_id = a.case_id AND kind = 'ORDER') AS r
WHERE o.orders <> r.orders OR o.orders > 1
