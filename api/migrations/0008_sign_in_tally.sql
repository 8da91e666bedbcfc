-- How often an account was signed in to, or not, on a day from a device: for its holder to read,
-- and to know the devices by from which the account signed in before. No fact of the record.
-- Guesses from elsewhere are counted together, so that no guesser adds more than a row a day.

CREATE TABLE sign_in_tally (
    account   text        NOT NULL,  -- empty for logins that nobody has: guessing takes as long
    device    bytea       NOT NULL,  -- keyed digest, as in session; empty for all that are not known
    day       date        NOT NULL,  -- in Beijing
    method    text        NOT NULL,
    browser   text,                  -- names of short lists, which tell nothing personal
    system    text,
    succeeded integer     NOT NULL,
    refused   integer     NOT NULL,
    first_at  timestamptz NOT NULL,
    last_at   timestamptz NOT NULL,
    PRIMARY KEY (account, device, day, method)
);
CREATE INDEX sign_in_tally_day ON sign_in_tally (day);

GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_tally TO :"application";
