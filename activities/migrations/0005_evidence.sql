-- Evidence: whatever is written about a case is linked into one chain of hashes, in the transaction that writes it.
-- The database itself does it, by triggers: no path of the service, of this release or the one before, can forget it,
-- and the service has no right to write or change a link. docs/evidence.md says what this proves and what it does not.

-- Acts lock the case and then write; an intake writes the application before the case. In this order nobody meets it.
LOCK TABLE application IN SHARE ROW EXCLUSIVE MODE;
LOCK TABLE procedure IN ACCESS EXCLUSIVE MODE;

ALTER TABLE procedure
    -- how long the chain of the case is, and its last hash
    ADD COLUMN links integer NOT NULL DEFAULT 0,
    ADD COLUMN head bytea,
    -- it is updated with each link: a new version finds room on its own page, and no index has to follow
    SET (fillfactor = 40);

-- What is linked: a record is what one row of a table says from one moment on and ever after.
CREATE TABLE linked_record (
    record      text PRIMARY KEY CHECK (record ~ '^[a-z_]+$'),
    table_name  text NOT NULL,
    -- the case of a row r; NULL where the row belongs to no case and goes into the register's own chain
    case_of     text,
    -- whether rows of no known case go into the register's own chain
    strays      boolean NOT NULL,
    key_columns text[] NOT NULL,
    columns     text[] NOT NULL,
    -- values that are left out like NULL: what rows got that were older than the column
    absent      jsonb NOT NULL,
    -- the condition on a row r from which on the record exists
    exists_when text NOT NULL,
    -- whether it may be changed by those who keep the directory; each change is a link more
    may_change  boolean NOT NULL
);

-- No foreign keys: what is cut out of the register, be it all of a table, leaves its links behind.
CREATE TABLE link (
    case_id    uuid NOT NULL,
    position   integer NOT NULL CHECK (position > 0),
    record     text NOT NULL,
    row_key    text NOT NULL,
    row_sha256 bytea NOT NULL,
    hash       bytea NOT NULL,
    PRIMARY KEY (case_id, position)
);

-- The register's own chains, one for each record: a refused input does not wait for a directory that is being loaded.
CREATE TABLE register_chain (
    record text PRIMARY KEY,
    links  integer NOT NULL,
    head   bytea NOT NULL
);

CREATE TABLE register_link (
    record     text NOT NULL,
    position   integer NOT NULL CHECK (position > 0),
    row_key    text NOT NULL,
    row_sha256 bytea NOT NULL,
    hash       bytea NOT NULL,
    PRIMARY KEY (record, position)
);

GRANT SELECT ON linked_record, link, register_chain, register_link TO uide_app;

-- five lines: the hash before it (of the first link, whose chain it is), place, record, key, hash of the row
CREATE FUNCTION link_hash(before text, place integer, record text, row_key text, row_sha256 bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(convert_to(
        before || E'\n' || place || E'\n' || record || E'\n' || row_key || E'\n' || encode(row_sha256, 'hex'), 'UTF8'))
$$;

CREATE FUNCTION append_link(of_case uuid, of_record text, of_key text, of_row bytea) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    place integer;
    reached bytea;
BEGIN
    -- The lock of the case row makes one chain of what several write at once.
    UPDATE procedure
    SET links = links + 1,
        head = link_hash(coalesce(encode(head, 'hex'), case_id::text), links + 1, of_record, of_key, of_row)
    WHERE case_id = of_case
    RETURNING links, head INTO place, reached;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a row of % came before its case, and has no chain', of_record USING ERRCODE = 'restrict_violation';
    END IF;
    INSERT INTO link (case_id, position, record, row_key, row_sha256, hash)
    VALUES (of_case, place, of_record, of_key, of_row, reached);
END
$$;

CREATE FUNCTION append_register_link(of_record text, of_key text, of_row bytea) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    place integer;
    reached bytea;
BEGIN
    INSERT INTO register_chain AS chain (record, links, head)
    VALUES (of_record, 1, link_hash(of_record, 1, of_record, of_key, of_row))
    ON CONFLICT (record) DO UPDATE
    SET links = chain.links + 1,
        head = link_hash(encode(chain.head, 'hex'), chain.links + 1, of_record, of_key, of_row)
    RETURNING links, head INTO place, reached;
    INSERT INTO register_link (record, position, row_key, row_sha256, hash)
    VALUES (of_record, place, of_key, of_row, reached);
END
$$;

-- The canonical text of a row is a jsonb object of its columns without those that are NULL, as PostgreSQL prints it.
CREATE FUNCTION record_text(linked_record, alias text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT format('(jsonb_build_object(%s) - array_remove(ARRAY[%s], NULL))::text',
                  string_agg(format('%L, %s.%I', name, alias, name), ', ' ORDER BY place),
                  string_agg(format('CASE WHEN %s.%I IS NULL%s THEN %L END', alias, name, or_absent, name), ', '
                             ORDER BY place))
    FROM unnest($1.columns) WITH ORDINALITY AS c (name, place)
    CROSS JOIN LATERAL (
        SELECT CASE WHEN $1.absent ? name
                    THEN format(' OR to_jsonb(%s.%I) = %L::jsonb', alias, name, $1.absent -> name) END
    ) AS a (or_absent)
$$;

CREATE FUNCTION record_key(linked_record, alias text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT string_agg(format('(to_jsonb(%s.%I) #>> ''{}'')', alias, name), ' || ''/'' || ' ORDER BY place)
    FROM unnest($1.key_columns) WITH ORDINALITY AS c (name, place)
$$;

-- What links the row that is called `alias`.
CREATE FUNCTION record_linking(linked_record, alias text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    said text := format('%L, %s, sha256(convert_to(%s, ''UTF8''))',
                        $1.record, record_key($1, alias), record_text($1, alias));
    of_case text := regexp_replace($1.case_of, '\mr\.', alias || '.', 'g');
BEGIN
    RETURN CASE
        WHEN of_case IS NULL THEN format('PERFORM append_register_link(%s);', said)
        WHEN $1.strays THEN format(
            'IF EXISTS (SELECT FROM procedure AS known WHERE known.case_id = %1$s) THEN PERFORM append_link(%1$s, %2$s);'
            ' ELSE PERFORM append_register_link(%2$s); END IF;', of_case, said)
        ELSE format('PERFORM append_link(%s, %s);', of_case, said)
    END;
END
$$;

-- The same text whatever session writes, and the right to write links for nobody but these functions. The application
-- is written before the row that carries the chain: it is linked with that row, as the first of all.
CREATE FUNCTION make_linking(linked_record) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE OR REPLACE FUNCTION link_%s() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER'
        ' SET search_path = public, pg_temp SET timezone = ''UTC'' SET bytea_output = ''hex'' AS $body$ %s $body$',
        $1.record,
        CASE $1.record
            WHEN 'application' THEN format(
                'DECLARE r record; BEGIN SELECT * INTO r FROM application WHERE case_id = NEW.case_id; %s RETURN NULL; END',
                record_linking($1, 'r'))
            ELSE format('BEGIN %s RETURN NULL; END', record_linking($1, 'NEW'))
        END);
END
$$;

-- Links the rows of a record that are there already, in the order of their keys.
CREATE FUNCTION link_what_is_there(linked_record) RETURNS void LANGUAGE plpgsql
SET timezone = 'UTC' SET bytea_output = 'hex' AS $$
BEGIN
    EXECUTE format(
        'DO $body$ #variable_conflict use_column
         DECLARE r record; BEGIN FOR r IN SELECT * FROM %I AS r WHERE (%s) ORDER BY %s LOOP %s END LOOP; END $body$',
        $1.table_name, $1.exists_when,
        (SELECT string_agg(format('r.%I', name), ', ' ORDER BY place)
         FROM unnest($1.key_columns) WITH ORDINALITY AS c (name, place)),
        record_linking($1, 'r'));
END
$$;

-- From now on every row of the table that comes to fulfil the condition is linked; those that do are linked here.
-- A later migration calls this, or chain_table, for each table that it makes.
CREATE FUNCTION chain_record(
    of_record text, of_table text, key_columns text[], columns text[], case_of text DEFAULT 'r.case_id',
    exists_when text DEFAULT 'true', strays boolean DEFAULT false, may_change boolean DEFAULT false
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    made linked_record;
    linking text := format('EXECUTE FUNCTION link_%s()', of_record);
    reached text := format('(%s) IS TRUE', regexp_replace(exists_when, '\mr\.', 'NEW.', 'g'));
BEGIN
    INSERT INTO linked_record
    VALUES (of_record, of_table, case_of, strays, key_columns, columns, '{}', exists_when, may_change)
    RETURNING * INTO made;
    PERFORM make_linking(made);
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I FOR EACH ROW WHEN (%s) %s',
                   of_record || '_is_linked', of_table, reached, linking);
    IF exists_when <> 'true' THEN
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I FOR EACH ROW WHEN ((%s) IS NOT TRUE AND %s) %s',
                       of_record || '_is_linked_when_it_comes', of_table,
                       regexp_replace(exists_when, '\mr\.', 'OLD.', 'g'), reached, linking);
    ELSIF may_change THEN
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) %s',
                       of_record || '_is_linked_when_it_changes', of_table, linking);
    END IF;
    PERFORM link_what_is_there(made);
END
$$;

-- The whole row of a table is one record, without the columns that are left out.
CREATE FUNCTION chain_table(
    of_table text, key_columns text[], case_of text DEFAULT 'r.case_id', leave_out text[] DEFAULT '{}',
    strays boolean DEFAULT false, may_change boolean DEFAULT false
) RETURNS void LANGUAGE sql AS $$
    SELECT chain_record(
        of_table, of_table, key_columns,
        (SELECT array_agg(column_name::text ORDER BY ordinal_position)
         FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name = of_table AND column_name <> ALL (leave_out)),
        case_of, 'true', strays, may_change)
$$;

-- A column that a later migration adds becomes part of what new rows are linked with. Rows that are older have NULL
-- in it, or its default, `absent`; both are left out of the text, so their links stay right.
CREATE FUNCTION chain_column(of_record text, column_name text, absent jsonb DEFAULT NULL) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    changed linked_record;
BEGIN
    UPDATE linked_record AS l
    SET columns = l.columns || chain_column.column_name,
        absent = l.absent || CASE WHEN chain_column.absent IS NULL THEN '{}'
                                  ELSE jsonb_build_object(chain_column.column_name, chain_column.absent) END
    WHERE l.record = of_record
    RETURNING l.* INTO STRICT changed;
    PERFORM make_linking(changed);
END
$$;

REVOKE EXECUTE ON FUNCTION
    append_link, append_register_link, make_linking, link_what_is_there, chain_record, chain_table, chain_column
FROM PUBLIC;

-- Cases that are older than this migration have their rows linked in this order, each table by its keys.
-- Stage and counters of a case are not linked: they follow from what is.
WITH application AS (
    INSERT INTO linked_record
    SELECT 'application', 'application', 'r.case_id', false, '{case_id}',
           array_agg(column_name::text ORDER BY ordinal_position), '{}', 'true', false
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = 'application'
    RETURNING linked_record AS made
)
SELECT make_linking(made), link_what_is_there(made) FROM application;
CREATE TRIGGER application_is_linked AFTER INSERT ON procedure FOR EACH ROW EXECUTE FUNCTION link_application();

SELECT chain_record('procedure', 'procedure', '{case_id}', '{case_id,school_bin,child_hash,written_at}');
SELECT chain_table('attachment', '{attachment_id}', leave_out => '{content}');
SELECT chain_table('act', '{act_id}');
SELECT chain_table('act_result', '{act_id}');
SELECT chain_table('document', '{position}');
SELECT chain_table('term', '{round,version}');
SELECT chain_table('milestone', '{round,kind,due_at}');
SELECT chain_table('outcome', '{round}', leave_out => '{answered_at,is_current}');
SELECT chain_record('outcome_answer', 'outcome', '{round}', '{case_id,round,answered_at}',
                    exists_when => 'r.answered_at IS NOT NULL');
SELECT chain_record('outcome_replaced', 'outcome', '{round}', '{case_id,round,is_current}',
                    exists_when => 'NOT r.is_current');
SELECT chain_table('legal_number', '{school_bin,book,year,seq}');
SELECT chain_table('paper', '{paper_id}', leave_out => '{template,sha256,content}');
SELECT chain_record('paper_bytes', 'paper', '{paper_id}', '{paper_id,template,sha256}',
                    exists_when => 'r.content IS NOT NULL');
SELECT chain_table('journal', '{seq}');
SELECT chain_table('cabinet_message', '{message_id}');
SELECT chain_table('outbox', '{seq}', leave_out => '{sent_at,receipt}');
SELECT chain_table('audit', '{audit_id}', strays => true);

-- complaints: what moves of them, but for their registration by the body, follows from their acts
SELECT chain_table('complaint', '{complaint_id}',
                   leave_out => '{stage,is_open,body_number,body_registered_at,ended_at,started_in}');
SELECT chain_record('complaint_registration', 'complaint', '{complaint_id}',
                    '{complaint_id,body_number,body_registered_at}', exists_when => 'r.body_registered_at IS NOT NULL');
SELECT chain_table(table_name, key_columns,
                   '(SELECT c.case_id FROM complaint AS c WHERE c.complaint_id = r.complaint_id)')
FROM (VALUES
    ('complaint_term', '{complaint_id,kind,version}'::text[]),
    ('complaint_term_end', '{complaint_id,kind}'),
    ('complaint_milestone', '{complaint_id,term_kind,kind,due_at}')) AS of_complaints (table_name, key_columns);
SELECT chain_table('set_aside', '{round,position}');

SELECT chain_table('calendar_change', '{version}', case_of => NULL);
SELECT chain_table('calendar_override', '{version,day}', case_of => NULL);
SELECT chain_table('calendar_confirmed_year', '{year}', case_of => NULL);
SELECT chain_table('staff_role', '{staff_id,school_bin,role,valid_from}', case_of => NULL, may_change => true);
SELECT chain_table('body_officer', '{staff_id,body_bin,valid_from}', case_of => NULL, may_change => true);

CREATE INDEX cabinet_message_by_case ON cabinet_message (case_id);
