-- Sign-in: who may open the door and who has. No fact of the record, and rebuilt by nobody.
-- Logins and addresses are kept as keyed digests only, secrets as argon2id, tokens as SHA-256.

CREATE TABLE credential (
    account    text        PRIMARY KEY,
    login      bytea       NOT NULL UNIQUE CHECK (octet_length(login) = 32),
    secret     text        CHECK (secret LIKE '$argon2id$%'),  -- none before the second part
    one_time   boolean     NOT NULL,  -- the secret is a code that must be replaced first
    two_parts  boolean     NOT NULL,  -- which two persons gave, a part each
    expires_at timestamptz,           -- of such a code
    first_part bytea       CHECK (octet_length(first_part) = 32),  -- of a code to come
    set_at     timestamptz NOT NULL,
    CHECK (one_time = (expires_at IS NOT NULL))
);

CREATE TABLE session (
    session       text        PRIMARY KEY,
    account       text        NOT NULL,
    method        text        NOT NULL,  -- how the holder showed who they are
    device        bytea       NOT NULL,  -- keyed digest of address and browser: an indicator
    began_at      timestamptz NOT NULL,
    ends_at       timestamptz NOT NULL,
    fresh_until   timestamptz NOT NULL,  -- the secret was given within these last minutes
    ended_at      timestamptz,
    ended_because text,
    CHECK ((ended_at IS NULL) = (ended_because IS NULL))
);
CREATE INDEX session_account ON session (account, began_at);
CREATE INDEX session_ends_at ON session (ends_at);

-- One row a refresh token ever issued in a session. One that comes a second time was stolen.
CREATE TABLE refresh_token (
    digest  bytea       PRIMARY KEY CHECK (octet_length(digest) = 32),
    session text        NOT NULL REFERENCES session ON DELETE CASCADE,
    used_at timestamptz
);
CREATE INDEX refresh_token_session ON refresh_token (session);

CREATE TABLE sign_in_attempt (
    subject  bytea       PRIMARY KEY,  -- keyed digest of a login, an address, or both
    failures integer     NOT NULL,
    last_at  timestamptz NOT NULL
);
CREATE INDEX sign_in_attempt_last_at ON sign_in_attempt (last_at);

GRANT SELECT, INSERT, UPDATE, DELETE
    ON credential, session, refresh_token, sign_in_attempt TO :"application";
