-- What becomes of an application otherwise: filed again after a refusal, and the end of the period that an order sets.
-- A service of the version before goes on working: it names no earlier case, and its orders get their period too.

-- again after refusal (D6) ------------------------------------------------------------------------------

-- The case that this one follows, of the same applicant and the same child.
ALTER TABLE application
    ADD COLUMN after_case uuid REFERENCES application,
    ADD CONSTRAINT application_follows_another CHECK (after_case <> case_id);

CREATE INDEX application_after_another ON application (after_case) WHERE after_case IS NOT NULL;

-- The earlier case in whose file the document lies, with its attachment: nothing is kept twice. NULL for its own.
-- The hash of that file stands here too, so that the chain of this case proves what was taken over.
ALTER TABLE document
    ADD COLUMN taken_from uuid REFERENCES application,
    ADD COLUMN taken_sha256 text,
    ADD CONSTRAINT hash_is_of_a_file_that_was_taken_over CHECK (
        taken_sha256 IS NULL OR (taken_from IS NOT NULL AND attachment_id IS NOT NULL)),
    ADD CONSTRAINT document_is_taken_from_another_case CHECK (
        taken_from IS NULL OR (taken_from <> case_id AND act_id IS NULL));

-- papers ----------------------------------------------------------------------------------------------------

ALTER TABLE paper
    DROP CONSTRAINT paper_kind_check,
    ADD CONSTRAINT paper_kind_check CHECK (kind IN (
        'RECEIPT', 'NOTICE_OF_ACCEPTANCE', 'REFUSAL', 'ORDER', 'SILENCE_NOTICE', 'CORRECTING_NOTICE',
        'COMPLAINT_CONFIRMATION', 'COVERING_LETTER', 'EXTENSION_NOTICE', 'COMPLAINT_REPLY', 'WITHDRAWAL_RECEIPT',
        'PERIOD_NOTICE', 'COMPLAINT_TERM_NOTICE', 'COMPLAINT_CORRECTING_NOTICE'));

-- end of the period (P10) -------------------------------------------------------------------------------------

-- How long an order lets a child be taught at home, and what its watch has done: reminders, without effect in law.
CREATE TABLE period (
    case_id     uuid PRIMARY KEY REFERENCES application,
    ends        date NOT NULL,
    reminded_at timestamptz,
    ended_at    timestamptz,
    -- technical: the Temporal namespace (by its own id) in which the watch of this period was started
    started_in  text,
    written_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT nobody_is_reminded_of_a_period_that_is_over CHECK (reminded_at <= ended_at)
);

CREATE INDEX period_not_ended ON period (started_in) WHERE ended_at IS NULL;

-- By a trigger, because a worker of the version before issues orders too and knows nothing of their end.
CREATE FUNCTION keep_period_of_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO period (case_id, ends) VALUES (NEW.case_id, (NEW.facts #>> '{order,period_to}')::date);
    RETURN NULL;
END
$$;

CREATE TRIGGER order_has_its_period
    AFTER INSERT ON paper
    FOR EACH ROW WHEN (NEW.kind = 'ORDER' AND NEW.facts #>> '{order,period_to}' IS NOT NULL)
    EXECUTE FUNCTION keep_period_of_order();

INSERT INTO period (case_id, ends)
SELECT case_id, (facts #>> '{order,period_to}')::date FROM paper WHERE kind = 'ORDER';

-- evidence ------------------------------------------------------------------------------------------------------

SELECT chain_column('application', 'after_case');
SELECT chain_column('document', 'taken_from');
SELECT chain_column('document', 'taken_sha256');
SELECT chain_table('period', '{case_id}', leave_out => '{reminded_at,ended_at,started_in,written_at}');

GRANT SELECT, INSERT ON period TO uide_app;
GRANT UPDATE (reminded_at, ended_at, started_in) ON period TO uide_app;
