-- A complaint with the number of its case, the terms in force to answer and to forward it, and whether that was done.
SELECT c.*, a.number AS case_number, a.school_bin, a.standard_version, t.due_at, t.due_day,
       coalesce(t.extended_by, 0) > 0 AS extended,
       EXISTS (
           SELECT FROM act AS d
           JOIN act_result AS r USING (act_id)
           WHERE d.case_id = c.case_id AND d.complaint_id = c.complaint_id AND d.kind = 'record_delivery' AND r.verdict = 'taken'
             AND r.stage = c.stage
       ) AS delivered,
       f.due_at AS forwarding_due_at,
       EXISTS (
           SELECT FROM act AS d
           JOIN act_result AS r USING (act_id)
           WHERE d.case_id = c.case_id AND d.complaint_id = c.complaint_id AND d.kind = 'forward_complaint' AND r.verdict = 'taken'
       ) AS forwarded
FROM complaint AS c
JOIN application AS a USING (case_id)
LEFT JOIN LATERAL (
    SELECT due_at, due_day, extended_by
    FROM complaint_term
    WHERE complaint_term.complaint_id = c.complaint_id AND kind = 'CONSIDERATION'
    ORDER BY version DESC
    LIMIT 1
) AS t ON true
LEFT JOIN LATERAL (
    SELECT due_at
    FROM complaint_term
    WHERE complaint_term.complaint_id = c.complaint_id AND kind = 'FORWARDING'
    ORDER BY version DESC
    LIMIT 1
) AS f ON true
WHERE c.complaint_id = $1
