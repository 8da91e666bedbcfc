-- A restore that was begun and not finished: from the moment at which its tables are filled until
-- everything is compared and every erasure carried out again. A row here, and nothing is served.
CREATE TABLE restoration (
    only_row    boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    manifest    bytea       NOT NULL CHECK (octet_length(manifest) = 32),  -- SHA-256: which backup
    begun_at    timestamptz NOT NULL,
    compared_at timestamptz  -- from then on keys are destroyed, and nothing can be compared again
);

GRANT SELECT ON restoration TO :"application";
