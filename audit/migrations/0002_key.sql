-- Sealing keys, wrapped by a master-key epoch of the key file, which lies elsewhere.
-- A destroyed key leaves its row as a tombstone: a row that is missing is an error, never an erasure.

CREATE TABLE wrapping_epoch (
    epoch       integer PRIMARY KEY,
    fingerprint bytea   NOT NULL CHECK (octet_length(fingerprint) = 32),  -- of the epoch's key
    retired_at  timestamptz  -- from then on nothing may be wrapped under it
);

CREATE TABLE sealing_key (
    key_id       text        PRIMARY KEY,  -- {owner}/{purpose}/{generation}
    epoch        integer     NOT NULL REFERENCES wrapping_epoch,
    wrapped      bytea,
    ordered_by   bigint,                   -- position of the event that orders its destruction:
                                           -- from there on nothing is sealed or shown under it
    destroyed_at timestamptz,
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL)),
    CHECK (destroyed_at IS NULL OR ordered_by IS NOT NULL)
);
CREATE INDEX sealing_key_ordered ON sealing_key (ordered_by) WHERE ordered_by IS NOT NULL;

CREATE FUNCTION refuse_lost_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('DELETE', 'TRUNCATE') THEN
        RAISE EXCEPTION 'a key leaves a tombstone, it is not removed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.wrapped IS NULL OR NEW.key_id <> OLD.key_id THEN
        RAISE EXCEPTION 'a tombstone stands for ever' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.ordered_by <> NEW.ordered_by OR OLD.ordered_by IS NOT NULL AND NEW.ordered_by IS NULL THEN
        RAISE EXCEPTION 'an order to destroy is not taken back' USING ERRCODE = 'restrict_violation';
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
-- An epoch is known by the fingerprint of its key, so that no copy of a key file that went another
-- way wraps a key that the true one can't open.
CREATE FUNCTION create_keys(
    new_ids text[], new_epoch integer, new_fingerprint bytea, new_wrapped bytea[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = :"schema", pg_temp AS $$
DECLARE
    standing wrapping_epoch;
BEGIN
    INSERT INTO wrapping_epoch VALUES (new_epoch, new_fingerprint) ON CONFLICT DO NOTHING;
    SELECT * INTO standing FROM wrapping_epoch WHERE epoch = new_epoch FOR SHARE;
    IF standing.fingerprint <> new_fingerprint THEN
        RAISE EXCEPTION 'epoch % has another key', new_epoch USING ERRCODE = 'MJ002';
    ELSIF standing.retired_at IS NOT NULL THEN
        RAISE EXCEPTION 'epoch % is retired', new_epoch USING ERRCODE = 'MJ001';
    END IF;
    INSERT INTO sealing_key (key_id, epoch, wrapped)
    SELECT id, new_epoch, wrapped FROM unnest(new_ids, new_wrapped) AS new (id, wrapped)
    ON CONFLICT DO NOTHING;
END
$$;

-- Destroys what the event at a position orders to be destroyed, and nothing else: which keys that
-- are, the append has read in the event itself. Answers how many were alive.
CREATE FUNCTION destroy_keys(by_position bigint, at timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = :"schema", pg_temp AS $$
    WITH gone AS (
        UPDATE sealing_key SET wrapped = NULL, destroyed_at = at
        WHERE ordered_by = by_position AND wrapped IS NOT NULL
        RETURNING 1
    )
    SELECT count(*) FROM gone
$$;

REVOKE EXECUTE ON FUNCTION create_keys, destroy_keys FROM PUBLIC;
GRANT EXECUTE ON FUNCTION create_keys, destroy_keys TO :"application";
GRANT SELECT ON sealing_key, wrapping_epoch TO :"application";
