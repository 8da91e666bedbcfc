-- Files that were uploaded for a case and not yet attached to it.
-- No fact of the record: a row goes when the file is one, or when the file was discarded.

CREATE TABLE case_upload (
    file        text        PRIMARY KEY,
    "case"      text        NOT NULL,
    uploaded_at timestamptz NOT NULL
);
CREATE INDEX case_upload_uploaded_at ON case_upload (uploaded_at);

GRANT SELECT, INSERT, DELETE ON case_upload TO :"application";
