-- All acts of a case in their order, each with who did it and, for the head, what was decided; with the complaint that
-- it is about; the verdicts so far, and what a change of the calendar did to the terms; and for an act of an acting head
-- the order, and who held the post.
SELECT a.act_id, a.seq, a.kind, coalesce(a.content ->> 'decision', a.content ->> 'ruling') AS decision, a.actor, a.at,
       c.number AS complaint, r.verdict, r.reason, r.effects -> 'recounts' AS recounts,
       o.order_id, o.act, m.staff_id, m.surname, m.first_name, m.patronymic, m.post_kk, m.post_ru
FROM act AS a
LEFT JOIN act_result AS r USING (act_id)
LEFT JOIN complaint AS c ON c.complaint_id = a.complaint_id
LEFT JOIN acting_order AS o ON o.order_id = r.effects -> 'acting' ->> 'order_id'
LEFT JOIN staff_member AS m ON m.staff_id = r.effects -> 'acting' ->> 'for_whom'
WHERE a.case_id = $1
ORDER BY a.seq
