-- The further devices from which a sign-in acted; the first stands in the session itself.
-- Kept outside the record and forgotten with the session: of a device the record only ever says
-- that two persons' acts came from the same one.

CREATE TABLE session_device (
    session text  NOT NULL REFERENCES session ON DELETE CASCADE,
    device  bytea NOT NULL CHECK (octet_length(device) = 32),  -- keyed digest, as in session
    PRIMARY KEY (session, device)
);

GRANT SELECT, INSERT, DELETE ON session_device TO :"application";
