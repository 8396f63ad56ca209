-- Acting heads: who acts in the post of a school's head, from when until when, by which order.
-- A service of the version before goes on working: it knows neither orders nor deputies, so both are entered when its
-- last worker has stopped.

ALTER TABLE staff_role
    DROP CONSTRAINT staff_role_role_check,
    ADD CONSTRAINT staff_role_role_check CHECK (role IN ('CLERK', 'HEAD', 'DEPUTY_HEAD', 'SPECIALIST'));

-- An act of the school, as it was entered: never changed. The person acts while valid_from <= moment < valid_until.
CREATE TABLE acting_order (
    order_id     text CONSTRAINT acting_order_is_entered_once PRIMARY KEY,
    school_bin   text NOT NULL REFERENCES school,
    acting       text NOT NULL REFERENCES staff_member,
    valid_from   timestamptz NOT NULL,
    valid_until  timestamptz NOT NULL,
    act          text NOT NULL,
    content_hash text NOT NULL,
    entered_by   text NOT NULL REFERENCES staff_member,
    entered_at   timestamptz NOT NULL,
    -- nobody gets authority over what was done before the order was entered
    runs_from    timestamptz NOT NULL GENERATED ALWAYS AS (greatest(valid_from, entered_at)) STORED,
    written_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT acting_order_is_a_period CHECK (valid_from < valid_until AND entered_at < valid_until)
);

CREATE INDEX acting_order_by_school ON acting_order (school_bin, valid_until);
CREATE INDEX acting_order_by_acting ON acting_order (acting, valid_until);

-- An order that was ended before its time, or before it began.
CREATE TABLE acting_order_end (
    order_id   text CONSTRAINT acting_order_ends_once PRIMARY KEY REFERENCES acting_order,
    ended_by   text NOT NULL REFERENCES staff_member,
    ended_at   timestamptz NOT NULL,
    act        text,
    written_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Each order with the time in which it really runs; one that was ended before it began runs at no moment.
-- It reads with the rights of whoever asks.
CREATE VIEW standing_acting_order WITH (security_invoker) AS
SELECT o.order_id, o.school_bin, o.acting, o.valid_from, o.valid_until, o.act, o.content_hash, o.entered_by, o.entered_at,
       o.runs_from, least(o.valid_until, e.ended_at) AS runs_until, e.ended_at, e.ended_by, e.act AS ended_act
FROM acting_order AS o
LEFT JOIN acting_order_end AS e USING (order_id);

-- One person at a time acts in a post. An exclusion constraint would need an extension that not every PostgreSQL has,
-- and could not see the earlier ends.
CREATE FUNCTION refuse_overlapping_acting_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('headship of ' || NEW.school_bin, 0));
    IF EXISTS (
        SELECT FROM standing_acting_order AS o
        WHERE o.school_bin = NEW.school_bin
          AND greatest(o.runs_from, NEW.valid_from, NEW.entered_at) < least(o.runs_until, NEW.valid_until)
    ) THEN
        RAISE EXCEPTION 'another order runs in this time'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'acting_orders_do_not_overlap';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER acting_orders_do_not_overlap
    BEFORE INSERT ON acting_order
    FOR EACH ROW EXECUTE FUNCTION refuse_overlapping_acting_order();

GRANT SELECT, INSERT ON acting_order, acting_order_end TO uide_app;
GRANT SELECT ON standing_acting_order TO uide_app;

-- Evidence: like the roles of the staff, the orders go into chains of the register's own.
SELECT chain_table('acting_order', '{order_id}', case_of => NULL, leave_out => '{runs_from,written_at}');
SELECT chain_table('acting_order_end', '{order_id}', case_of => NULL, leave_out => '{written_at}');
