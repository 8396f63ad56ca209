-- The complaints of a case in the order of their registration, each with what was decided about it.
SELECT c.complaint_id, c.number, a.case_id, a.school_bin, a.number AS case_number, c.addressee, c.via, c.form, c.object,
       c.attacked_act, c.attacked_outcome, c.round, c.stage, c.registered_at, c.body_number, c.body_registered_at, c.late, c.conflict,
       c.considered_by, d.content AS decision, d.at AS decided_at,
       EXISTS (
           SELECT FROM act AS h
           JOIN act_result AS r USING (act_id)
           WHERE h.case_id = c.case_id AND h.complaint_id = c.complaint_id AND h.kind = 'record_delivery' AND r.verdict = 'taken'
             AND r.stage = c.stage
       ) AS delivered,
       EXISTS (
           SELECT FROM act AS h
           JOIN act_result AS r USING (act_id)
           WHERE h.case_id = c.case_id AND h.complaint_id = c.complaint_id AND h.kind = 'forward_complaint' AND r.verdict = 'taken'
       ) AS forwarded
FROM complaint AS c
JOIN application AS a USING (case_id)
LEFT JOIN LATERAL (
    SELECT act.content, act.at
    FROM act
    JOIN act_result AS r USING (act_id)
    WHERE act.case_id = c.case_id AND act.complaint_id = c.complaint_id AND act.kind IN ('complaint_decision', 'settle_complaint')
      AND r.verdict = 'taken'
) AS d ON true
WHERE c.case_id = $1
ORDER BY c.registered_at, c.number
