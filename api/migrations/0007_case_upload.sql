-- Files that were uploaded for a case and not yet attached to it.
-- No fact of the record: a row goes when the file is one, or when the file was discarded.

CREATE TABLE case_upload (
    file        text        PRIMARY KEY,
    "case"      text        NOT NULL,
    person      text        NOT NULL,                    -- who uploaded it
    size        bigint      NOT NULL CHECK (size >= 0),  -- octets; 0 until it is stored
    uploaded_at timestamptz NOT NULL
);
CREATE INDEX case_upload_uploaded_at ON case_upload (uploaded_at);
CREATE INDEX case_upload_person ON case_upload (person);

GRANT SELECT, INSERT, UPDATE, DELETE ON case_upload TO :"application";
