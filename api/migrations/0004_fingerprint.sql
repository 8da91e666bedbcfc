-- Keyed fingerprints of attached files, by which one file in several cases is found.
-- Outside the record, so that they can be dropped with the file or altogether.

CREATE TABLE fingerprint (
    material  text        PRIMARY KEY,
    case_id   text        NOT NULL,
    digest    bytea       NOT NULL CHECK (octet_length(digest) = 32),
    stored_at timestamptz NOT NULL
);
CREATE INDEX fingerprint_digest ON fingerprint (digest, material);

GRANT SELECT, INSERT, DELETE ON fingerprint TO :"application";
