-- Which person an identity document belongs to, by keyed digest of the normalised document.
-- Only the append claims, so a document can't come to belong to two persons.

CREATE TABLE identity (
    epoch  integer NOT NULL,
    digest bytea   NOT NULL CHECK (octet_length(digest) = 32),
    person text    NOT NULL,
    PRIMARY KEY (epoch, digest)
);
CREATE INDEX identity_person ON identity (person);

-- The epochs that must be digested under: a claim that leaves one of them out is refused, so that no
-- process that has not heard of a rotation binds a document that it can't find a second time.
CREATE TABLE identity_epoch (
    epoch      integer PRIMARY KEY,
    retired_at timestamptz  -- from then on nothing is written under it
);

GRANT SELECT ON identity, identity_epoch TO :"application";
