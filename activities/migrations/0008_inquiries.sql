-- What information systems are asked about a case (R5.8), and what they answered. Nothing waits for it and nothing is
-- decided by it. A service of the version before goes on working: it asks nothing.

-- What is to be asked: written with the application. The row says how the asking stands, never what was learnt.
CREATE TABLE inquiry (
    case_id         uuid NOT NULL REFERENCES application,
    kind            text NOT NULL CHECK (kind IN (
        'APPLICANT_IDENTITY', 'CHILD_IDENTITY', 'PARENTHOOD', 'GUARDIANSHIP', 'SCHOOL_ROLL')),
    -- technical, all of them: of the server's clock or of the housekeeping's, not of the case's own
    opened_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at timestamptz DEFAULT clock_timestamp(),
    last_failure    text,
    failing_since   timestamptz,
    PRIMARY KEY (case_id, kind),
    CONSTRAINT inquiry_fails_since_a_moment CHECK ((last_failure IS NULL) = (failing_since IS NULL))
);

CREATE INDEX inquiry_to_be_made ON inquiry (next_attempt_at) WHERE next_attempt_at IS NOT NULL;

-- What an information system answered: never changed. A later answer is another row, and the last one counts.
CREATE TABLE fact (
    case_id     uuid NOT NULL,
    kind        text NOT NULL,
    seq         integer NOT NULL CHECK (seq > 0),
    result      text NOT NULL CHECK (result IN ('MATCHES', 'DIFFERS', 'NOT_FOUND')),
    -- the parts of the filed name that the information system has otherwise
    differs     jsonb NOT NULL,
    content     jsonb NOT NULL,
    source      text NOT NULL,
    request_id  uuid NOT NULL CONSTRAINT fact_is_received_once UNIQUE,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, kind, seq),
    FOREIGN KEY (case_id, kind) REFERENCES inquiry
);

-- The applicant disputes one answer, by an act.
CREATE TABLE fact_dispute (
    act_id  text PRIMARY KEY REFERENCES act,
    case_id uuid NOT NULL,
    kind    text NOT NULL,
    seq     integer NOT NULL,
    FOREIGN KEY (case_id, kind, seq) REFERENCES fact
);

CREATE INDEX fact_dispute_by_case ON fact_dispute (case_id);

GRANT SELECT, INSERT ON inquiry, fact, fact_dispute TO uide_app;
GRANT UPDATE (attempts, next_attempt_at, last_failure, failing_since) ON inquiry TO uide_app;

-- evidence: what was answered and disputed is linked; how the asking stands is no record
SELECT chain_table('fact', '{kind,seq}');
SELECT chain_table('fact_dispute', '{act_id}');
