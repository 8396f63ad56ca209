-- What is told to others gets sent: with a receipt, or with the reason why it is not. The messages themselves stay as
-- they were written. A service of the version before goes on working: it writes messages and sends none.

ALTER TABLE outbox
    -- why a message to people is not sent, for good
    ADD COLUMN not_sent text CHECK (not_sent IN ('NO_MAIL', 'NO_ADDRESS', 'NO_MAILBOX', 'OUTDATED')),
    ADD CONSTRAINT message_is_sent_or_not CHECK (sent_at IS NULL OR not_sent IS NULL),
    ADD CONSTRAINT what_is_sent_has_its_receipt CHECK ((sent_at IS NULL) = (receipt IS NULL)),
    ADD CONSTRAINT the_monitoring_system_is_always_told CHECK (destination <> 'MONITORING' OR not_sent IS NULL);

DROP INDEX outbox_unsent;
CREATE INDEX outbox_to_send ON outbox (case_id, destination, seq) WHERE sent_at IS NULL AND not_sent IS NULL;
-- the oldest of an addressee are found without sorting all that waits: after an outage, or where nothing is sent at all,
-- that is much
CREATE INDEX outbox_by_age ON outbox (destination, at) WHERE sent_at IS NULL AND not_sent IS NULL;

-- R8.2: the first receipt is the proof, whatever is sent again afterwards.
CREATE FUNCTION refuse_to_send_otherwise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the message is done with, and its receipt is never changed' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER message_is_done_with_once
    BEFORE UPDATE OF sent_at, receipt, not_sent ON outbox
    FOR EACH ROW WHEN (OLD.sent_at IS NOT NULL OR OLD.not_sent IS NOT NULL)
    EXECUTE FUNCTION refuse_to_send_otherwise();

-- technical: what was tried and did not go through, and when it is tried again
CREATE TABLE sending_failure (
    case_id     uuid NOT NULL,
    seq         integer NOT NULL,
    tries       integer NOT NULL CHECK (tries > 0),
    -- a code or the class of an error, never what the other side wrote
    cause       text NOT NULL,
    -- whether the other side understood it and will not have it: somebody has to look
    refused     boolean NOT NULL,
    failed_at   timestamptz NOT NULL,
    next_try_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, seq),
    FOREIGN KEY (case_id, seq) REFERENCES outbox
);

-- R8.2: what the monitoring system has lost is sent again; the first receipt stays beside the new one.
CREATE TABLE resend_request (
    request_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id    uuid NOT NULL,
    seq        integer NOT NULL,
    asked_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at    timestamptz,
    receipt    text,
    FOREIGN KEY (case_id, seq) REFERENCES outbox,
    CONSTRAINT what_is_sent_again_has_its_receipt CHECK ((sent_at IS NULL) = (receipt IS NULL))
);

CREATE UNIQUE INDEX one_open_resend_request ON resend_request (case_id, seq) WHERE sent_at IS NULL;
CREATE INDEX resend_request_by_message ON resend_request (case_id, seq);

CREATE TRIGGER message_is_sent_again_once
    BEFORE UPDATE ON resend_request
    FOR EACH ROW WHEN (OLD.sent_at IS NOT NULL)
    EXECUTE FUNCTION refuse_to_send_otherwise();

-- where e-mail reaches them; without an address they look for themselves
ALTER TABLE school ADD COLUMN email text;
ALTER TABLE authorised_body ADD COLUMN email text;

GRANT SELECT, INSERT ON sending_failure, resend_request TO uide_app;
GRANT UPDATE (not_sent) ON outbox TO uide_app;
GRANT UPDATE (tries, cause, refused, failed_at, next_try_at) ON sending_failure TO uide_app;
GRANT UPDATE (sent_at, receipt) ON resend_request TO uide_app;
