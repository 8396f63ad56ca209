-- The register of the service: the legal record of every case.
-- What the law makes unique is a constraint here. activities/register/conflicts.py knows by their names those that an
-- application or an act can violate, and tells them in words; the others guard the service against itself.

-- directory ---------------------------------------------------------------------------------------

CREATE TABLE school (
    bin                 text PRIMARY KEY CHECK (bin ~ '^[0-9]{12}$'),
    code                text NOT NULL CONSTRAINT school_code_is_unique UNIQUE,
    level               text NOT NULL CHECK (level IN ('PRIMARY', 'BASIC_SECONDARY', 'GENERAL_SECONDARY')),
    name_kk             text NOT NULL,
    name_ru             text NOT NULL,
    address_kk          text NOT NULL,
    address_ru          text NOT NULL,
    phone               text NOT NULL,
    week                smallint NOT NULL CHECK (week IN (5, 6)),
    opens               time NOT NULL,
    closes              time NOT NULL CHECK (opens < closes),
    number_separator    text NOT NULL,
    registration_index  text NOT NULL,
    outgoing_index      text NOT NULL,
    order_index         text NOT NULL,
    authorised_body_bin text NOT NULL,
    authorised_body_kk  text NOT NULL,
    authorised_body_ru  text NOT NULL
);

CREATE TABLE staff_member (
    staff_id   text PRIMARY KEY CHECK (staff_id <> 'applicant'),
    surname    text NOT NULL,
    first_name text NOT NULL,
    patronymic text,
    post_kk    text NOT NULL,
    post_ru    text NOT NULL
);

-- A role is held from one moment until another, which is no longer part of it.
CREATE TABLE staff_role (
    staff_id    text NOT NULL REFERENCES staff_member,
    school_bin  text NOT NULL REFERENCES school,
    role        text NOT NULL CHECK (role IN ('CLERK', 'HEAD', 'SPECIALIST')),
    valid_from  timestamptz NOT NULL,
    valid_until timestamptz CHECK (valid_until > valid_from),
    act         text NOT NULL,
    PRIMARY KEY (staff_id, school_bin, role, valid_from)
);

CREATE TABLE school_year (
    begins date PRIMARY KEY,
    ends   date NOT NULL CHECK (ends > begins),
    act    text NOT NULL
);

-- working calendar: what was ordered on top of the library's holidays -------------------------------

CREATE TABLE calendar_change (
    version    integer PRIMARY KEY CHECK (version > 0),
    act        text NOT NULL,
    entered_by text NOT NULL,
    entered_at timestamptz NOT NULL
);

CREATE TABLE calendar_override (
    version integer NOT NULL REFERENCES calendar_change,
    day     date NOT NULL,
    kind    text NOT NULL CHECK (kind IN ('OFF', 'WORK')),
    week    smallint CHECK (week IN (5, 6)),
    PRIMARY KEY (version, day)
);

CREATE TABLE calendar_confirmed_year (
    version integer NOT NULL REFERENCES calendar_change,
    year    integer PRIMARY KEY
);

-- the application -----------------------------------------------------------------------------------

CREATE TABLE application (
    case_id              uuid PRIMARY KEY,
    number               text NOT NULL CONSTRAINT case_number_is_unique UNIQUE,
    request_id           text NOT NULL CONSTRAINT request_is_filed_once UNIQUE,
    content_hash         text NOT NULL,
    channel              text NOT NULL CHECK (channel IN ('OFFICE', 'PORTAL')),
    school_bin           text NOT NULL REFERENCES school,
    standard_version     text NOT NULL,
    received_at          timestamptz NOT NULL,
    filing_day           date NOT NULL,
    language             text NOT NULL CHECK (language IN ('kk', 'ru')),
    applicant_iin        text NOT NULL,
    applicant_surname    text NOT NULL,
    applicant_first_name text NOT NULL,
    applicant_patronymic text,
    applicant_capacity   text NOT NULL,
    applicant_phone      text,
    applicant_email      text,
    applicant_address    text,
    child_iin            text NOT NULL,
    child_surname        text NOT NULL,
    child_first_name     text NOT NULL,
    child_patronymic     text,
    wished_grade         smallint NOT NULL CHECK (wished_grade BETWEEN 1 AND 12),
    wished_language      text NOT NULL,
    accepted_by          text REFERENCES staff_member,
    written_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT office_names_its_clerk CHECK ((channel = 'OFFICE') = (accepted_by IS NOT NULL))
);

-- Where the case stands; its row is the lock under which everything about the case is written.
CREATE TABLE procedure (
    case_id         uuid PRIMARY KEY REFERENCES application,
    school_bin      text NOT NULL REFERENCES school,
    child_hash      bytea NOT NULL,
    stage           text NOT NULL CHECK (stage IN (
        'RECEIVED', 'REGISTERED', 'REFUSAL_PROPOSED', 'WITH_SPECIALISTS', 'PLAN_READY',
        'ORDER_ISSUED', 'REFUSED', 'WITHDRAWN')),
    round           smallint NOT NULL DEFAULT 1 CHECK (round > 0),
    is_open         boolean NOT NULL GENERATED ALWAYS AS (stage NOT IN ('ORDER_ISSUED', 'REFUSED', 'WITHDRAWN')) STORED,
    acts            integer NOT NULL DEFAULT 0,
    verdicts        integer NOT NULL DEFAULT 0 CHECK (verdicts <= acts),
    entries         integer NOT NULL DEFAULT 0,
    messages_out    integer NOT NULL DEFAULT 0,
    ended_at        timestamptz,
    -- technical: the Temporal namespace (by its own id) in which the workflow of this case was started
    started_in      text,
    written_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT procedure_ends_after_an_outcome CHECK (
        ended_at IS NULL OR stage IN ('ORDER_ISSUED', 'REFUSED', 'WITHDRAWN'))
);

CREATE UNIQUE INDEX one_open_case_per_child ON procedure (child_hash) WHERE is_open;
CREATE INDEX procedure_by_school ON procedure (school_bin) WHERE is_open;
CREATE INDEX procedure_with_waiting_acts ON procedure (case_id) WHERE verdicts < acts;
CREATE INDEX procedure_not_ended ON procedure (started_in) WHERE ended_at IS NULL;

-- acts ------------------------------------------------------------------------------------------------

-- What somebody did, as it arrived: never changed. `at` is business time, `written_at` the database's own.
CREATE TABLE act (
    act_id       text CONSTRAINT act_is_written_once PRIMARY KEY,
    case_id      uuid NOT NULL REFERENCES application,
    seq          integer NOT NULL CHECK (seq > 0),
    kind         text NOT NULL,
    actor        text NOT NULL,
    content      jsonb NOT NULL,
    content_hash text NOT NULL,
    seal         bytea,
    key_id       text,
    at           timestamptz NOT NULL,
    accepted_via text NOT NULL CHECK (accepted_via IN ('STARTER', 'SIGNAL')),
    written_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT act_has_its_place UNIQUE (case_id, seq)
);

-- The one verdict on an act, with what it did.
CREATE TABLE act_result (
    act_id      text CONSTRAINT one_verdict_per_act PRIMARY KEY REFERENCES act,
    case_id     uuid NOT NULL REFERENCES application,
    verdict     text NOT NULL CHECK (verdict IN ('taken', 'refused')),
    reason      jsonb,
    stage       text NOT NULL,
    round       smallint NOT NULL,
    effects     jsonb,
    taken_at    timestamptz NOT NULL,
    written_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT refusal_has_a_reason CHECK ((verdict = 'refused') = (reason IS NOT NULL)),
    CONSTRAINT what_is_taken_has_effects CHECK ((verdict = 'taken') = (effects IS NOT NULL))
);

CREATE INDEX act_result_by_case ON act_result (case_id);

-- documents --------------------------------------------------------------------------------------------

CREATE TABLE attachment (
    attachment_id uuid PRIMARY KEY,
    case_id       uuid NOT NULL REFERENCES application,
    act_id        text REFERENCES act,
    name          text NOT NULL,
    media_type    text NOT NULL CHECK (media_type IN ('application/pdf', 'image/jpeg', 'image/png')),
    size          integer NOT NULL CHECK (size > 0 AND size = octet_length(content)),
    sha256        text NOT NULL CHECK (sha256 = encode(sha256(content), 'hex')),
    content       bytea NOT NULL
);

CREATE INDEX attachment_by_case ON attachment (case_id);

-- The documents of the package in the order in which they joined it; those of an act join when it is taken.
CREATE TABLE document (
    case_id       uuid NOT NULL REFERENCES application,
    position      integer NOT NULL CHECK (position > 0),
    act_id        text REFERENCES act,
    kind          text NOT NULL,
    facts         jsonb NOT NULL,
    attachment_id uuid REFERENCES attachment,
    PRIMARY KEY (case_id, position)
);

-- term and outcome ---------------------------------------------------------------------------------------

CREATE TABLE term (
    case_id          uuid NOT NULL REFERENCES application,
    round            smallint NOT NULL CHECK (round > 0),
    version          smallint NOT NULL CHECK (version > 0),
    working_days     smallint NOT NULL CHECK (working_days > 0),
    week             smallint NOT NULL CHECK (week IN (5, 6)),
    effective_day    date NOT NULL,
    due_day          date NOT NULL,
    due_at           timestamptz NOT NULL,
    strict_due_day   date NOT NULL,
    provisional      boolean NOT NULL,
    calendar_version text NOT NULL,
    reminder_at      timestamptz NOT NULL,
    last_day_at      timestamptz NOT NULL,
    explanation      jsonb NOT NULL,
    cause            text NOT NULL,
    written_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (case_id, round, version),
    CHECK (reminder_at <= last_day_at AND last_day_at < due_at)
);

-- What the term watch did; a milestone is reached once for a due moment.
CREATE TABLE milestone (
    case_id    uuid NOT NULL REFERENCES application,
    round      smallint NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('REMINDER', 'LAST_DAY', 'BREACH')),
    due_at     timestamptz NOT NULL,
    reached_at timestamptz NOT NULL,
    CONSTRAINT milestone_is_reached_once PRIMARY KEY (case_id, round, kind, due_at)
);

CREATE TABLE outcome (
    case_id      uuid NOT NULL REFERENCES application,
    round        smallint NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('ORDER_ISSUED', 'REFUSED', 'WITHDRAWN')),
    act_id       text NOT NULL UNIQUE REFERENCES act,
    decided_at   timestamptz NOT NULL,
    -- when the answer counts as given; for a refusal of the office, when it was handed over or posted (Q30)
    answered_at  timestamptz,
    window_until timestamptz NOT NULL,
    is_current   boolean NOT NULL DEFAULT true,
    CONSTRAINT one_outcome_per_round PRIMARY KEY (case_id, round)
);

CREATE UNIQUE INDEX one_current_outcome_per_case ON outcome (case_id) WHERE is_current;
CREATE UNIQUE INDEX one_order_per_case ON outcome (case_id) WHERE kind = 'ORDER_ISSUED';

-- Where each case stands in its present round, with the latest version of its term: what lists and the status share.
-- It reads with the rights of whoever asks.
CREATE VIEW standing_case WITH (security_invoker) AS
SELECT p.case_id, a.number, a.channel, a.received_at, p.school_bin, p.stage, p.round, p.is_open, p.ended_at,
       p.acts - p.verdicts AS waiting_acts, t.effective_day, t.due_day, t.due_at, t.strict_due_day, t.provisional,
       o.kind AS outcome, o.answered_at,
       EXISTS (
           SELECT FROM act AS d
           JOIN act_result AS r USING (act_id)
           WHERE d.case_id = p.case_id AND d.kind = 'record_delivery' AND r.round = p.round AND r.verdict = 'taken'
       ) AS delivered,
       EXISTS (
           SELECT FROM milestone AS m
           WHERE m.case_id = p.case_id AND m.round = p.round AND m.kind = 'BREACH' AND m.due_at = t.due_at
       ) AS overdue
FROM procedure AS p
JOIN application AS a USING (case_id)
JOIN LATERAL (
    SELECT effective_day, due_day, due_at, strict_due_day, provisional
    FROM term
    WHERE term.case_id = p.case_id AND term.round = p.round
    ORDER BY version DESC
    LIMIT 1
) AS t ON true
LEFT JOIN outcome AS o ON o.case_id = p.case_id AND o.round = p.round;

-- numbers, papers, journal ---------------------------------------------------------------------------------

CREATE TABLE counter (
    school_bin text NOT NULL REFERENCES school,
    book       text NOT NULL CHECK (book IN ('CASE', 'REGISTRATION', 'ORDER', 'OUTGOING')),
    year       smallint NOT NULL,
    last       integer NOT NULL CHECK (last > 0),
    PRIMARY KEY (school_bin, book, year)
);

CREATE TABLE legal_number (
    school_bin text NOT NULL,
    book       text NOT NULL,
    year       smallint NOT NULL,
    seq        integer NOT NULL CHECK (seq > 0),
    number     text NOT NULL,
    case_id    uuid NOT NULL REFERENCES application,
    round      smallint NOT NULL,
    given_at   timestamptz NOT NULL,
    CONSTRAINT number_is_given_once PRIMARY KEY (school_bin, book, year, seq),
    FOREIGN KEY (school_bin, book, year) REFERENCES counter
);

CREATE UNIQUE INDEX one_registration_per_case ON legal_number (case_id) WHERE book = 'REGISTRATION';
CREATE INDEX legal_number_by_case ON legal_number (case_id);

-- A paper's facts are fixed with its number; its bytes are rendered from them afterwards.
CREATE TABLE paper (
    paper_id     uuid PRIMARY KEY,
    case_id      uuid NOT NULL REFERENCES application,
    round        smallint NOT NULL,
    kind         text NOT NULL CHECK (kind IN (
        'RECEIPT', 'NOTICE_OF_ACCEPTANCE', 'REFUSAL', 'ORDER', 'SILENCE_NOTICE')),
    number       text NOT NULL,
    issued_at    timestamptz NOT NULL,
    facts        jsonb NOT NULL,
    is_first_answer boolean NOT NULL,
    sha256       text,
    content      bytea,
    CONSTRAINT paper_is_issued_once UNIQUE (case_id, round, kind),
    CONSTRAINT first_answers_are_notice_or_refusal CHECK (
        NOT is_first_answer OR kind IN ('NOTICE_OF_ACCEPTANCE', 'REFUSAL'))
);

-- Paragraph 5: a portal request gets the notice or the refusal, never both.
CREATE UNIQUE INDEX one_first_answer_per_portal_request ON paper (case_id, round) WHERE is_first_answer;

CREATE TABLE journal (
    case_id uuid NOT NULL REFERENCES application,
    seq     integer NOT NULL CHECK (seq > 0),
    round   smallint NOT NULL,
    at      timestamptz NOT NULL,
    event   text NOT NULL,
    stage   text NOT NULL,
    actor   text,
    act_id  text REFERENCES act,
    PRIMARY KEY (case_id, seq)
);

CREATE TABLE cabinet_message (
    message_id uuid PRIMARY KEY,
    case_id    uuid NOT NULL REFERENCES application,
    paper_id   uuid NOT NULL UNIQUE REFERENCES paper,
    at         timestamptz NOT NULL
);

CREATE TABLE outbox (
    case_id     uuid NOT NULL REFERENCES application,
    seq         integer NOT NULL CHECK (seq > 0),
    destination text NOT NULL CHECK (destination IN ('MONITORING', 'HEAD', 'QUALITY_CONTROL', 'APPLICANT')),
    event       text NOT NULL,
    body        jsonb NOT NULL,
    at          timestamptz NOT NULL,
    sent_at     timestamptz,
    receipt     text,
    PRIMARY KEY (case_id, seq)
);

CREATE INDEX outbox_unsent ON outbox (at) WHERE sent_at IS NULL;

-- Who tried what, also where nothing came of it; no personal data, no content.
CREATE TABLE audit (
    audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL,
    actor    text NOT NULL,
    action   text NOT NULL,
    case_id  uuid,
    details  jsonb NOT NULL
);

CREATE INDEX audit_by_case ON audit (case_id);
