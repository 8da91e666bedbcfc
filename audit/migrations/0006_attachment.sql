-- Attached files, sealed in chunks, each file under a key of its own.
-- The event that names a file carries the digest of the sealed bytes, so these rows prove nothing
-- by themselves; they only have to be there.

CREATE TABLE attachment (
    attachment text        PRIMARY KEY,
    key_id     text        NOT NULL REFERENCES sealing_key,
    media_type text        NOT NULL,
    size       bigint      NOT NULL CHECK (size >= 0),  -- of the file, in octets
    chunks     integer     NOT NULL CHECK (chunks >= 1),
    digest     bytea       NOT NULL CHECK (octet_length(digest) = 32),  -- of the sealed bytes
    stored_at  timestamptz NOT NULL
);

CREATE TABLE attachment_chunk (
    attachment text    NOT NULL REFERENCES attachment DEFERRABLE INITIALLY DEFERRED,
    ordinal    integer NOT NULL CHECK (ordinal >= 0),
    sealed     bytea   NOT NULL,
    PRIMARY KEY (attachment, ordinal)
);
-- Ciphertext does not compress.
ALTER TABLE attachment_chunk ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON attachment
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE attachment ENABLE ALWAYS TRIGGER append_only;

-- Bytes may go once their key is gone, and not before.
CREATE FUNCTION refuse_living_chunk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM FROM attachment a JOIN sealing_key k USING (key_id)
        WHERE a.attachment = OLD.attachment AND k.wrapped IS NULL;
        IF FOUND THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'an attachment whose key is alive is not changed or removed'
        USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER keep_living BEFORE UPDATE OR DELETE ON attachment_chunk
    FOR EACH ROW EXECUTE FUNCTION refuse_living_chunk();
CREATE TRIGGER keep_table BEFORE TRUNCATE ON attachment_chunk
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE attachment_chunk ENABLE ALWAYS TRIGGER keep_living;
ALTER TABLE attachment_chunk ENABLE ALWAYS TRIGGER keep_table;

-- Removes the bytes of an attachment whose key was destroyed; answers how many chunks.
CREATE FUNCTION purge_attachment(purged text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = :"schema", pg_temp AS $$
    WITH gone AS (DELETE FROM attachment_chunk WHERE attachment = purged RETURNING 1)
    SELECT count(*) FROM gone
$$;

REVOKE EXECUTE ON FUNCTION purge_attachment FROM PUBLIC;
GRANT EXECUTE ON FUNCTION purge_attachment TO :"application";
GRANT SELECT, INSERT ON attachment, attachment_chunk TO :"application";
