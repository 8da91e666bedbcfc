-- What was answered to a request with an Idempotency-Key, claimed in the same transaction as its events.

CREATE TABLE idempotency (
    account        text        NOT NULL,
    key            text        NOT NULL,
    body_digest    bytea       NOT NULL CHECK (octet_length(body_digest) = 32),
    status         smallint    NOT NULL,  -- of HTTP
    first_position bigint      NOT NULL,
    last_position  bigint      NOT NULL,
    replay         text,                  -- what the answer needs beyond its events; nothing personal
    claimed_at     timestamptz NOT NULL,
    PRIMARY KEY (account, key)
);
CREATE INDEX idempotency_claimed_at ON idempotency (claimed_at);

-- Forgets claims from before an instant; answers how many.
CREATE FUNCTION sweep_idempotency(before timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = :"schema", pg_temp AS $$
    WITH swept AS (DELETE FROM idempotency WHERE claimed_at < before RETURNING 1)
    SELECT count(*) FROM swept
$$;

REVOKE EXECUTE ON FUNCTION sweep_idempotency FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sweep_idempotency TO :"application";
GRANT SELECT ON idempotency TO :"application";
