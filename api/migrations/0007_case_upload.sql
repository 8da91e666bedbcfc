-- Files that were uploaded for a case: not yet attached to it, or attached within a month.
-- No fact of the record: a row goes a month after the file became one, or when it was discarded.

CREATE TABLE case_upload (
    file        text        PRIMARY KEY,
    "case"      text        NOT NULL,
    person      text        NOT NULL,                    -- who uploaded it
    size        bigint      NOT NULL CHECK (size >= 0),  -- octets; 0 until it is stored
    uploaded_at timestamptz NOT NULL,
    applicant   text,                                    -- whose quota it counts against, if any
    attached_at timestamptz
);
CREATE INDEX case_upload_uploaded_at ON case_upload (uploaded_at);
CREATE INDEX case_upload_person ON case_upload (person) WHERE attached_at IS NULL;
CREATE INDEX case_upload_applicant ON case_upload (applicant);

GRANT SELECT, INSERT, UPDATE, DELETE ON case_upload TO :"application";
