-- Queries that somebody keeps, so that an address holds an id and nothing of what is asked.
-- No fact of the record: whom a search found is on record by its consultation.

CREATE TABLE stored_query (
    query     text        PRIMARY KEY,
    account   text        NOT NULL,  -- who keeps it, and alone may let it go
    list      text        NOT NULL,
    asked     text        NOT NULL,
    stored_at timestamptz NOT NULL,
    UNIQUE (account, list, asked)
);

GRANT SELECT, INSERT, DELETE ON stored_query TO :"application";
