-- Sealing keys, wrapped by a master-key epoch of the key file, which lies elsewhere.
-- A destroyed key leaves its row as a tombstone: a row that is missing is an error, never an erasure.

CREATE TABLE wrapping_epoch (
    epoch      integer PRIMARY KEY,
    retired_at timestamptz  -- from then on nothing may be wrapped under it
);

CREATE TABLE sealing_key (
    key_id       text        PRIMARY KEY,  -- {owner}/{purpose}/{generation}
    epoch        integer     NOT NULL REFERENCES wrapping_epoch,
    wrapped      bytea,
    destroyed_at timestamptz,
    destroyed_by bigint,                   -- position of the event that ordered it
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL)),
    CHECK ((wrapped IS NULL) = (destroyed_by IS NOT NULL))
);

CREATE FUNCTION refuse_lost_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('DELETE', 'TRUNCATE') THEN
        RAISE EXCEPTION 'a key leaves a tombstone, it is not removed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.wrapped IS NULL OR NEW.key_id <> OLD.key_id THEN
        RAISE EXCEPTION 'a tombstone stands for ever' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER keep_rows BEFORE DELETE OR TRUNCATE ON sealing_key
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_lost_key();
CREATE TRIGGER keep_tombstones BEFORE UPDATE ON sealing_key
    FOR EACH ROW EXECUTE FUNCTION refuse_lost_key();
ALTER TABLE sealing_key ENABLE ALWAYS TRIGGER keep_rows;
ALTER TABLE sealing_key ENABLE ALWAYS TRIGGER keep_tombstones;

-- Keys that exist already stay as they are: whoever comes first has made the key.
CREATE FUNCTION create_keys(new_ids text[], new_epoch integer, new_wrapped bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = :"schema", pg_temp AS $$
BEGIN
    INSERT INTO wrapping_epoch (epoch) VALUES (new_epoch) ON CONFLICT DO NOTHING;
    PERFORM FROM wrapping_epoch WHERE epoch = new_epoch AND retired_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'epoch % is retired', new_epoch USING ERRCODE = 'MJ001';
    END IF;
    INSERT INTO sealing_key (key_id, epoch, wrapped)
    SELECT id, new_epoch, wrapped FROM unnest(new_ids, new_wrapped) AS new (id, wrapped)
    ON CONFLICT DO NOTHING;
END
$$;

-- Takes the lock of the append, so that no append stands between its check of a key and its commit.
CREATE FUNCTION destroy_keys(ids text[], by_position bigint, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = :"schema", pg_temp AS $$
DECLARE
    destroyed integer;
BEGIN
    PERFORM pg_advisory_xact_lock('event'::regclass::oid::bigint);
    PERFORM FROM event WHERE notification_id = by_position;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no event stands at position %', by_position USING ERRCODE = 'MJ002';
    END IF;
    UPDATE sealing_key SET wrapped = NULL, destroyed_at = at, destroyed_by = by_position
    WHERE key_id = ANY (ids) AND wrapped IS NOT NULL;
    GET DIAGNOSTICS destroyed = ROW_COUNT;
    RETURN destroyed;
END
$$;

REVOKE EXECUTE ON FUNCTION create_keys, destroy_keys FROM PUBLIC;
GRANT EXECUTE ON FUNCTION create_keys, destroy_keys TO :"application";
GRANT SELECT ON sealing_key, wrapping_epoch TO :"application";
