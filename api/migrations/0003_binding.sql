-- Who signs in through the configured issuer (OpenID Connect): which of its subjects is which account.
-- A subject may be a person's number elsewhere, so it is kept as a keyed digest only.
-- A binding that ended stays, with who made and who ended it.

CREATE TABLE binding (
    issuer   text        NOT NULL,
    subject  bytea       NOT NULL CHECK (octet_length(subject) = 32),
    account  text        NOT NULL,
    bound_by text        NOT NULL,  -- an account
    bound_at timestamptz NOT NULL,
    ended_by text,                  -- an account
    ended_at timestamptz,
    CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE UNIQUE INDEX binding_subject ON binding (issuer, subject) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX binding_account ON binding (issuer, account) WHERE ended_at IS NULL;

-- What one of two persons said, until the other says the same.
CREATE TABLE binding_begun (
    account  text        PRIMARY KEY,
    issuer   text        NOT NULL,
    subject  bytea       NOT NULL CHECK (octet_length(subject) = 32),
    begun_by text        NOT NULL,  -- an account
    begun_at timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON binding TO :"application";
GRANT SELECT, INSERT, UPDATE, DELETE ON binding_begun TO :"application";
