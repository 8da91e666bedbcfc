-- Whom a search by name or document found, so that queries name the search and nobody else.
-- No fact of the record, which has the consultation alone; a row goes after some days.

CREATE TABLE search (
    consultation text        PRIMARY KEY,
    account      text        NOT NULL,  -- whose search it is, and nobody else's
    persons      text[]      NOT NULL,
    searched_at  timestamptz NOT NULL
);
CREATE INDEX search_searched_at ON search (searched_at);

GRANT SELECT, INSERT, DELETE ON search TO :"application";
