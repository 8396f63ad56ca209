-- What was asked about a case: the last answer to each question, whether it says something else than the one before,
-- whether the applicant disputes it, and since when there is no answer. A dispute ends with an answer that says
-- something else.
SELECT i.kind, f.result, f.source, f.received_at AS at, f.request_id, coalesce(f.differs, '[]') AS differs,
       coalesce(f.seq, 0) AS answers,
       coalesce((before.result, before.content) <> (f.result, f.content), false) AS contradicts,
       EXISTS (
           SELECT FROM fact_dispute AS d
           JOIN fact AS disputed USING (case_id, kind, seq)
           WHERE d.case_id = i.case_id AND d.kind = i.kind
             AND (disputed.result, disputed.content) = (f.result, f.content)
       ) AS disputed,
       i.attempts, i.last_failure, coalesce(i.failing_since, i.opened_at) AS waiting_since,
       i.next_attempt_at IS NOT NULL AND p.is_open AS is_asked_for
FROM inquiry AS i
JOIN procedure AS p USING (case_id)
LEFT JOIN LATERAL (
    SELECT * FROM fact WHERE fact.case_id = i.case_id AND fact.kind = i.kind ORDER BY seq DESC LIMIT 1
) AS f ON true
LEFT JOIN fact AS before ON before.case_id = i.case_id AND before.kind = i.kind AND before.seq = f.seq - 1
WHERE i.case_id = $1
ORDER BY array_position(ARRAY['APPLICANT_IDENTITY', 'CHILD_IDENTITY', 'PARENTHOOD', 'GUARDIANSHIP', 'SCHOOL_ROLL'], i.kind)
