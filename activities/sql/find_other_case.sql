-- What else there is of the child of a case: an order given since this application was received, or else the case that
-- goes on because it is open or waits to be reopened. Its number is for whoever filed both (Q21).
SELECT other.case_id, CASE WHEN a.applicant_iin = mine.applicant_iin THEN a.number END AS number,
       o.case_id IS NOT NULL AS ordered, o.decided_at AS ordered_at, a.school_bin = mine.school_bin AS same_school
FROM application AS mine
JOIN procedure AS p ON p.case_id = mine.case_id
JOIN procedure AS other ON other.child_hash = p.child_hash AND other.case_id <> p.case_id
JOIN application AS a ON a.case_id = other.case_id
LEFT JOIN outcome AS o
       ON o.case_id = other.case_id AND o.is_current AND o.kind = 'ORDER_ISSUED' AND o.decided_at > mine.received_at
WHERE mine.case_id = $1
  AND (o.case_id IS NOT NULL OR other.is_open OR EXISTS (
      SELECT FROM act AS r
      WHERE r.case_id = other.case_id AND r.kind = 'reopen_case'
        AND NOT EXISTS (SELECT FROM act_result AS v WHERE v.act_id = r.act_id)))
ORDER BY o.decided_at DESC NULLS LAST
LIMIT 1
