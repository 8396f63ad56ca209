-- Changes of the working calendar are entered by a command now, and every term that runs is counted anew after one.
-- A service of the version before goes on working: it enters no changes, and takes no acts of this kind.

-- technical, unlike `entered_at`: until a little later, a term counted with the calendar before may still be committed
ALTER TABLE calendar_change ADD COLUMN written_at timestamptz NOT NULL DEFAULT clock_timestamp();

-- The changes after which no term is left that has still to be counted anew.
CREATE TABLE recount (
    version     integer PRIMARY KEY REFERENCES calendar_change,
    finished_at timestamptz NOT NULL
);

CREATE INDEX act_of_calendar_change ON act ((content ->> 'version'))
    WHERE kind = 'calendar_changed' AND accepted_via = 'REGISTER';

-- Whose term runs, and which change of the calendar it was counted with last: cases without an answer in their round,
-- and complaints with a term that has not been kept. It reads with the rights of whoever asks.
CREATE VIEW running_term WITH (security_invoker) AS
SELECT p.case_id, NULL::uuid AS complaint_id, a.number, p.run, t.counted_with
FROM procedure AS p
JOIN application AS a USING (case_id)
JOIN LATERAL (
    SELECT split_part(calendar_version, '/', 2)::integer AS counted_with
    FROM term
    WHERE term.case_id = p.case_id AND term.round = p.round
    ORDER BY version DESC
    LIMIT 1
) AS t ON true
LEFT JOIN outcome AS o ON o.case_id = p.case_id AND o.round = p.round
WHERE p.ended_at IS NULL AND o.answered_at IS NULL
UNION ALL
SELECT c.case_id, c.complaint_id, c.number, p.run, t.counted_with
FROM complaint AS c
JOIN procedure AS p USING (case_id)
JOIN LATERAL (
    SELECT min(last.counted_with) AS counted_with
    FROM (
        SELECT DISTINCT ON (kind) kind, split_part(calendar_version, '/', 2)::integer AS counted_with
        FROM complaint_term
        WHERE complaint_term.complaint_id = c.complaint_id
        ORDER BY kind, version DESC
    ) AS last
    WHERE NOT EXISTS (
        SELECT FROM complaint_term_end AS k WHERE k.complaint_id = c.complaint_id AND k.kind = last.kind)
) AS t ON t.counted_with IS NOT NULL
WHERE c.ended_at IS NULL;

SELECT chain_table('recount', '{version}', case_of => NULL);

GRANT SELECT, INSERT ON recount TO uide_app;
GRANT SELECT ON running_term TO uide_app;
