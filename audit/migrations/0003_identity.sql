-- Which person an identity document belongs to, by keyed digest of the normalised document.
-- Only the append claims, so a document can't come to belong to two persons.

CREATE TABLE identity (
    epoch  integer NOT NULL,
    digest bytea   NOT NULL CHECK (octet_length(digest) = 32),
    person text    NOT NULL,
    PRIMARY KEY (epoch, digest)
);
CREATE INDEX identity_person ON identity (person);

GRANT SELECT ON identity TO :"application";
