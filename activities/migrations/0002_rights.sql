-- The service may add to the record but never change it: what was done stays done, whoever holds the connection.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'uide_app') THEN
        CREATE ROLE uide_app NOLOGIN;
    END IF;
END
$$;

GRANT USAGE ON SCHEMA public TO uide_app;

GRANT SELECT ON school, staff_member, staff_role, school_year, schema_migration, standing_case TO uide_app;

GRANT SELECT, INSERT ON
    application, act, act_result, attachment, document, term, milestone, legal_number, journal,
    cabinet_message, audit, calendar_change, calendar_override, calendar_confirmed_year
TO uide_app;

GRANT SELECT, INSERT ON procedure, outcome, counter, paper, outbox TO uide_app;
GRANT UPDATE (stage, round, acts, verdicts, entries, messages_out, ended_at, started_in) ON procedure TO uide_app;
GRANT UPDATE (answered_at, is_current) ON outcome TO uide_app;
GRANT UPDATE (last) ON counter TO uide_app;
GRANT UPDATE (sha256, content) ON paper TO uide_app;
GRANT UPDATE (sent_at, receipt) ON outbox TO uide_app;
