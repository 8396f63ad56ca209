-- What somebody still has to do: acts to take, papers to render, messages to send, cases and complaints to tell Temporal
-- of; with the age of the oldest in seconds: of acts and papers since they were written, by the clock of the server.
SELECT acts.count AS waiting_acts, acts.age AS oldest_waiting_act_seconds,
       papers.count AS unrendered_papers, papers.age AS oldest_unrendered_paper_seconds,
       messages.count AS unsent_messages, messages.age AS oldest_unsent_message_seconds,
       messages.refused AS refused_messages,
       cases.count AS cases_without_workflow,
       complaints.count AS complaints_without_workflow
FROM (
    SELECT coalesce(sum(p.acts - p.verdicts), 0) AS count,
           coalesce(extract(epoch FROM clock_timestamp() - min(first.written_at)), 0)::float8 AS age
    FROM procedure AS p
    JOIN LATERAL (
        SELECT a.written_at
        FROM act AS a
        WHERE a.case_id = p.case_id AND NOT EXISTS (SELECT FROM act_result AS r WHERE r.act_id = a.act_id)
        ORDER BY a.seq
        LIMIT 1
    ) AS first ON true
    WHERE p.verdicts < p.acts
) AS acts, (
    SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(written_at)), 0)::float8 AS age
    FROM paper
    WHERE content IS NULL
) AS papers, (
    SELECT count(*), coalesce(extract(epoch FROM $3::timestamptz - min(o.at)), 0)::float8 AS age,
           count(*) FILTER (WHERE f.refused) AS refused
    FROM outbox AS o
    LEFT JOIN sending_failure AS f USING (case_id, seq)
    WHERE o.sent_at IS NULL AND o.not_sent IS NULL
) AS messages, (
    SELECT count(*)
    FROM procedure
    WHERE ended_at IS NULL AND started_in IS DISTINCT FROM $1 AND written_at < clock_timestamp() - $2::interval
) AS cases, (
    SELECT count(*)
    FROM complaint
    WHERE ended_at IS NULL AND started_in IS DISTINCT FROM $1 AND written_at < clock_timestamp() - $2::interval
) AS complaints
