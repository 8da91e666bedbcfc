-- Files that somebody from the public has uploaded and not yet handed in with anything.
-- No fact of the record: a row goes when the file is one, or when the file was discarded.

CREATE TABLE public_upload (
    file        text        PRIMARY KEY,
    size        bigint      NOT NULL CHECK (size >= 0),  -- octets; 0 until it is stored
    uploaded_at timestamptz NOT NULL,
    claimed_by  text                                     -- the request that hands it in
);
CREATE INDEX public_upload_uploaded_at ON public_upload (uploaded_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON public_upload TO :"application";
