-- The record itself: one row an event, in one order, for ever.
-- Column names are those that eventsourcing's recorder reads.

CREATE TABLE origin (
    only_row   boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    origin     text        NOT NULL CHECK (origin ~ '^mingjian/[a-z0-9-]+(/demo)?$'),
    created_at timestamptz NOT NULL
);

CREATE TABLE event (
    originator_id      text        NOT NULL,  -- the stream
    originator_version bigint      NOT NULL CHECK (originator_version >= 1),
    topic              text        NOT NULL,
    state              bytea       NOT NULL CHECK (octet_length(state) <= 65535),  -- the leaf
    notification_id    bigint      NOT NULL CHECK (notification_id >= 1),          -- the position
    placed_at          timestamptz NOT NULL,  -- never decreases along the positions, but see below
    PRIMARY KEY (originator_id, originator_version)
);
CREATE UNIQUE INDEX event_position ON event (notification_id);

-- Where an operator put on record that times were wrong, or that a long silence was right: from
-- there on times go on from the true one. Few rows in a record's life, if any.
CREATE INDEX event_time_resumed ON event (notification_id) WHERE topic = 'record:time-resumed:1';

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'nothing in % is ever changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON origin
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- Ordinary triggers sleep under session_replication_role = replica; these do not.
ALTER TABLE event ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE origin ENABLE ALWAYS TRIGGER append_only;

GRANT USAGE ON SCHEMA :"schema" TO :"application";
GRANT SELECT ON origin, event TO :"application";
