-- Whoever decided as head, of the application or of a complaint to the head, held the post when it was done, or acted in
-- it by an order, which the verdict then names.
WITH held AS NOT MATERIALIZED (
    SELECT school_bin, staff_id, role = 'HEAD' AS is_head, valid_from, coalesce(valid_until, 'infinity') AS valid_until
    FROM staff_role
), decided AS (
    SELECT a.number, a.school_bin, c.act_id, c.actor, c.at, r.effects -> 'acting' ->> 'order_id' AS named
    FROM act AS c
    JOIN act_result AS r ON r.act_id = c.act_id AND r.verdict = 'taken'
    JOIN application AS a ON a.case_id = c.case_id
    LEFT JOIN complaint AS m ON m.complaint_id = c.complaint_id
    WHERE c.kind IN ('director_decision', 'forward_complaint', 'settle_complaint')
       OR (c.kind IN ('complaint_decision', 'extend_complaint') AND m.addressee = 'HEAD')
)
SELECT d.number AS subject,
       format('act %s of %s was taken as a decision of the head', d.act_id, d.actor) AS what,
       'an act of who held the post at that moment, or acted in it by the order that the verdict names' AS instead
FROM decided AS d
LEFT JOIN LATERAL (
    SELECT o.order_id, o.acting
    FROM standing_acting_order AS o
    WHERE o.school_bin = d.school_bin AND o.runs_from <= d.at AND d.at < o.runs_until
      AND (
          SELECT coalesce(NOT bool_or(is_head), false)
          FROM held AS h
          WHERE h.staff_id = o.acting AND h.school_bin = d.school_bin AND h.valid_from <= d.at AND d.at < h.valid_until
      )
) AS o ON true
WHERE d.named IS DISTINCT FROM o.order_id
   OR (o.order_id IS NOT NULL AND d.actor <> o.acting)
   OR (o.order_id IS NULL AND NOT EXISTS (
           SELECT FROM held AS h
           WHERE h.is_head AND h.staff_id = d.actor AND h.school_bin = d.school_bin
             AND h.valid_from <= d.at AND d.at < h.valid_until
       ))
