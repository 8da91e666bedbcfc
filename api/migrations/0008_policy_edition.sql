-- The texts of every edition of a policy pack under which something was done, by its digest.
-- The record holds the digest; the texts are kept so that a case goes on under its own edition.

CREATE TABLE policy_edition (
    digest    text  PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
    documents jsonb NOT NULL  -- [[name, text], …], the default's first
);

GRANT SELECT, INSERT ON policy_edition TO :"application";
