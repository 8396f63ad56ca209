-- What a paper says of itself and of its case is what the register says.
SELECT a.number AS subject,
       format('%s %s tells other facts than the register', p.kind, p.number) AS what,
       'the same kind, number, moment of issue, case, school, receipt and due moment' AS instead
FROM paper AS p
JOIN application AS a USING (case_id)
WHERE p.facts ->> 'kind' IS DISTINCT FROM p.kind
   OR p.facts ->> 'number' IS DISTINCT FROM p.number
   OR (p.facts ->> 'issued_at')::timestamptz IS DISTINCT FROM p.issued_at
   OR p.facts #>> '{case,number}' IS DISTINCT FROM a.number
   OR p.facts #>> '{school,bin}' IS DISTINCT FROM a.school_bin
   OR (p.facts #>> '{case,received_at}')::timestamptz IS DISTINCT FROM a.received_at
   OR NOT EXISTS (
       SELECT FROM term AS t
       WHERE t.case_id = p.case_id AND t.round = p.round
         AND t.due_at = (p.facts #>> '{case,due_at}')::timestamptz)
