-- Complaints (paragraphs 9 and 10), the authorised bodies that consider them, and the rounds to which they lead.
-- A service of the version before goes on working: it writes nothing of what is new here, and its own rows get defaults.

-- who considers --------------------------------------------------------------------------------------

-- A body for assessing and controlling the quality of services, with its own week and hours.
CREATE TABLE authorised_body (
    bin        text PRIMARY KEY CHECK (bin ~ '^[0-9]{12}$'),
    name_kk    text NOT NULL,
    name_ru    text NOT NULL,
    address_kk text NOT NULL,
    address_ru text NOT NULL,
    phone      text NOT NULL,
    week       smallint NOT NULL CHECK (week IN (5, 6)),
    opens      time NOT NULL,
    closes     time NOT NULL CHECK (opens < closes)
);

-- An officer acts for a body from one moment until another, which is no longer part of it.
CREATE TABLE body_officer (
    staff_id    text NOT NULL REFERENCES staff_member,
    body_bin    text NOT NULL REFERENCES authorised_body,
    valid_from  timestamptz NOT NULL,
    valid_until timestamptz CHECK (valid_until > valid_from),
    act         text NOT NULL,
    PRIMARY KEY (staff_id, body_bin, valid_from)
);

-- complaints -------------------------------------------------------------------------------------------

-- Registered with number and moment by the act that files it; `stage` and what follows it move under the case's lock.
CREATE TABLE complaint (
    complaint_id     uuid PRIMARY KEY,
    case_id          uuid NOT NULL REFERENCES application,
    number           text NOT NULL CONSTRAINT complaint_number_is_unique UNIQUE,
    act_id           text NOT NULL CONSTRAINT complaint_is_filed_by_one_act UNIQUE REFERENCES act,
    addressee        text NOT NULL CHECK (addressee IN ('HEAD', 'QUALITY_BODY')),
    via              text NOT NULL CHECK (via IN ('SCHOOL', 'AUTHORITY')),
    form             text NOT NULL CHECK (form IN ('ELECTRONIC', 'PAPER')),
    object           text NOT NULL CHECK (object IN ('DECISION', 'ACTION', 'INACTION')),
    attacked_act     text REFERENCES act,
    attacked_outcome text CHECK (attacked_outcome IN ('ORDER_ISSUED', 'REFUSED', 'WITHDRAWN')),
    attacked_by      text REFERENCES staff_member,
    round            smallint NOT NULL CHECK (round > 0),
    considered_by    text NOT NULL CHECK (considered_by ~ '^[0-9]{12}$'),
    -- D5: the head is to decide on an act of the head's own
    conflict         boolean NOT NULL,
    -- D2: filed after the three months; accepted all the same, and judged by a person
    late             boolean NOT NULL,
    registered_at    timestamptz NOT NULL,
    accepted_by      text REFERENCES staff_member,
    stage            text NOT NULL CHECK (stage IN (
        'REGISTERED', 'FORWARDING', 'AT_AUTHORITY', 'IN_CONSIDERATION', 'EXTENDED', 'DECIDED', 'SETTLED', 'WITHDRAWN')),
    is_open          boolean NOT NULL GENERATED ALWAYS AS (stage NOT IN ('DECIDED', 'SETTLED', 'WITHDRAWN')) STORED,
    body_number      text,
    body_registered_at timestamptz,
    ended_at         timestamptz,
    -- technical: the Temporal namespace (by its own id) in which the workflow of this complaint was started
    started_in       text,
    written_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT the_head_is_reached_through_the_school CHECK (addressee = 'QUALITY_BODY' OR via = 'SCHOOL'),
    CONSTRAINT what_the_body_registers_has_its_number CHECK ((body_number IS NULL) = (body_registered_at IS NULL)),
    CONSTRAINT complaint_ends_at_its_end CHECK (ended_at IS NULL OR stage IN ('DECIDED', 'SETTLED', 'WITHDRAWN'))
);

CREATE INDEX complaint_by_case ON complaint (case_id);
CREATE INDEX complaint_not_ended ON complaint (started_in) WHERE ended_at IS NULL;

-- The terms of a complaint, each version kept; `extended_by` working days are counted from the day the plain term ends.
CREATE TABLE complaint_term (
    complaint_id     uuid NOT NULL REFERENCES complaint,
    kind             text NOT NULL CHECK (kind IN ('CONSIDERATION', 'FORWARDING', 'REGISTRATION', 'EXTENSION_NOTICE')),
    version          smallint NOT NULL CHECK (version > 0),
    starts_at        timestamptz NOT NULL,
    working_days     smallint NOT NULL CHECK (working_days > 0),
    extended_by      smallint NOT NULL DEFAULT 0 CHECK (extended_by >= 0),
    week             smallint NOT NULL CHECK (week IN (5, 6)),
    effective_day    date NOT NULL,
    due_day          date NOT NULL,
    due_at           timestamptz NOT NULL,
    provisional      boolean NOT NULL,
    calendar_version text NOT NULL,
    reminder_at      timestamptz NOT NULL,
    last_day_at      timestamptz NOT NULL,
    explanation      jsonb NOT NULL,
    cause            text NOT NULL,
    written_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (complaint_id, kind, version),
    CHECK (reminder_at <= last_day_at AND last_day_at < due_at)
);

-- When nobody had to keep a term any more: its purpose was reached, in time or late, or it lapsed, because the complaint
-- was taken back or answered otherwise before.
CREATE TABLE complaint_term_end (
    complaint_id uuid NOT NULL REFERENCES complaint,
    kind         text NOT NULL,
    ended_at     timestamptz NOT NULL,
    kept         boolean NOT NULL,
    act_id       text NOT NULL REFERENCES act,
    PRIMARY KEY (complaint_id, kind)
);

CREATE TABLE complaint_milestone (
    complaint_id uuid NOT NULL REFERENCES complaint,
    term_kind    text NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('REMINDER', 'LAST_DAY', 'BREACH')),
    due_at       timestamptz NOT NULL,
    reached_at   timestamptz NOT NULL,
    CONSTRAINT complaint_milestone_is_reached_once PRIMARY KEY (complaint_id, term_kind, kind, due_at)
);

-- acts, journal and papers of complaints ---------------------------------------------------------------

ALTER TABLE act
    ADD COLUMN complaint_id uuid REFERENCES complaint,
    DROP CONSTRAINT act_accepted_via_check,
    ADD CONSTRAINT act_accepted_via_check CHECK (accepted_via IN ('STARTER', 'SIGNAL', 'REGISTER'));

ALTER TABLE journal ADD COLUMN complaint_id uuid REFERENCES complaint;

ALTER TABLE counter
    DROP CONSTRAINT counter_book_check,
    ADD CONSTRAINT counter_book_check CHECK (book IN ('CASE', 'REGISTRATION', 'ORDER', 'OUTGOING', 'COMPLAINT'));

ALTER TABLE paper
    -- what a paper is about where a round has several of its kind: a complaint, the due moment that passed, an act
    ADD COLUMN subject text NOT NULL DEFAULT '',
    ADD COLUMN complaint_id uuid REFERENCES complaint,
    DROP CONSTRAINT paper_is_issued_once,
    ADD CONSTRAINT paper_is_issued_once UNIQUE (case_id, round, kind, subject),
    DROP CONSTRAINT paper_kind_check,
    ADD CONSTRAINT paper_kind_check CHECK (kind IN (
        'RECEIPT', 'NOTICE_OF_ACCEPTANCE', 'REFUSAL', 'ORDER', 'SILENCE_NOTICE', 'CORRECTING_NOTICE',
        'COMPLAINT_CONFIRMATION', 'COVERING_LETTER', 'EXTENSION_NOTICE', 'COMPLAINT_REPLY', 'WITHDRAWAL_RECEIPT'));

-- rounds ------------------------------------------------------------------------------------------------

-- The run of Temporal that carries the case: another one after it was reopened when its procedure had ended.
ALTER TABLE procedure ADD COLUMN run smallint NOT NULL DEFAULT 1 CHECK (run > 0);

-- Whether another case of the child goes on is asked wherever one is to be reopened.
CREATE INDEX procedure_by_child ON procedure (child_hash);

-- What a complaint upheld has set aside of a case, or of an earlier one of the child: no refusal rests on it again.
CREATE TABLE set_aside (
    case_id      uuid NOT NULL REFERENCES application,
    round        smallint NOT NULL,
    complaint_id uuid NOT NULL REFERENCES complaint,
    position     smallint NOT NULL,
    finding      jsonb NOT NULL,
    PRIMARY KEY (case_id, round, position)
);

-- rights --------------------------------------------------------------------------------------------------

GRANT SELECT ON authorised_body, body_officer TO uide_app;
GRANT SELECT, INSERT ON
    complaint, complaint_term, complaint_term_end, complaint_milestone, set_aside
TO uide_app;
GRANT UPDATE (stage, body_number, body_registered_at, ended_at, started_in) ON complaint TO uide_app;
GRANT UPDATE (run) ON procedure TO uide_app;
