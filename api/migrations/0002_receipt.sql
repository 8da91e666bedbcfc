-- Receipts: how somebody from the public follows what they handed in. The secret is never stored.

CREATE TABLE receipt (
    digest    bytea       PRIMARY KEY CHECK (octet_length(digest) = 32),  -- SHA-256 of the secret
    stream    text        NOT NULL,  -- the objection or complaint
    issued_at timestamptz NOT NULL
);

GRANT SELECT, INSERT ON receipt TO :"application";
