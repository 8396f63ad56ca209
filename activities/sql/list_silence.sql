-- Rounds without an answer in time at the schools of an authorised body (D1): the term is over at $2, and nothing had
-- been answered by its end. A round that another followed was silent until that one began; it is not listed where a
-- complaint ended it while its term still ran.
SELECT a.number, a.channel, t.school_bin AS school, s.name_kk, s.name_ru, s.week, t.round, t.due_at,
       e.ended_at AS answered_at,
       CASE WHEN o.answered_at IS NOT NULL THEN o.kind WHEN n.began_at IS NOT NULL THEN 'REOPENED' END AS answered_by,
       ARRAY(
           SELECT c.number FROM complaint AS c WHERE c.case_id = t.case_id AND c.round = t.round ORDER BY c.registered_at
       ) AS complaints
FROM (
    SELECT DISTINCT ON (case_id, term.round) case_id, term.round, term.due_at, p.school_bin
    FROM term
    JOIN procedure AS p USING (case_id)
    JOIN school ON school.bin = p.school_bin
    WHERE school.authorised_body_bin = $1
    ORDER BY case_id, term.round, term.version DESC
) AS t
JOIN application AS a USING (case_id)
JOIN school AS s ON s.bin = t.school_bin
LEFT JOIN outcome AS o ON o.case_id = t.case_id AND o.round = t.round
LEFT JOIN LATERAL (
    SELECT min(j.at) AS began_at FROM journal AS j WHERE j.case_id = t.case_id AND j.round = t.round + 1
) AS n ON true
CROSS JOIN LATERAL (SELECT coalesce(o.answered_at, n.began_at) AS ended_at) AS e
WHERE t.due_at < $2 AND (e.ended_at IS NULL OR e.ended_at > t.due_at)
