-- Complaints of a school ($1), or that an authorised body ($2) considers: those that are open, and those that are decided
-- or settled while the reply to a complaint on paper has still to be handed over or posted.
SELECT c.complaint_id, c.number, a.number AS case_number, p.school_bin, c.considered_by, s.name_kk, s.name_ru, c.addressee,
       c.form, c.object, c.stage, c.registered_at, c.body_number, c.late, c.conflict, d.delivered,
       EXISTS (
           SELECT FROM act AS h
           JOIN act_result AS r USING (act_id)
           WHERE h.case_id = c.case_id AND h.complaint_id = c.complaint_id AND h.kind = 'forward_complaint' AND r.verdict = 'taken'
       ) AS forwarded,
       (
           SELECT count(*)
           FROM act AS w
           WHERE w.case_id = c.case_id AND w.complaint_id = c.complaint_id
             AND NOT EXISTS (SELECT FROM act_result AS r WHERE r.act_id = w.act_id)
       ) AS waiting_acts
FROM complaint AS c
JOIN application AS a USING (case_id)
JOIN procedure AS p USING (case_id)
JOIN school AS s ON s.bin = p.school_bin
CROSS JOIN LATERAL (
    SELECT EXISTS (
        SELECT FROM act AS h
        JOIN act_result AS r USING (act_id)
        WHERE h.case_id = c.case_id AND h.complaint_id = c.complaint_id AND h.kind = 'record_delivery' AND r.verdict = 'taken'
          AND r.stage = c.stage
    ) AS delivered
) AS d
WHERE (p.school_bin = $1 OR c.considered_by = $2)
  AND (c.is_open OR (c.form = 'PAPER' AND c.stage IN ('DECIDED', 'SETTLED') AND NOT d.delivered))
