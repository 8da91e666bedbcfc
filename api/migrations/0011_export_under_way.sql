-- Lists that are being taken out just now: how far each file has come, and whether it is wanted.
-- No fact of the record: what was taken out is on record once there is a file.

CREATE TABLE export_under_way (
    account   text        NOT NULL,
    key       text        NOT NULL,  -- the idempotency key under which it was asked for
    list      text        NOT NULL,
    begun_at  timestamptz NOT NULL,
    read      bigint      NOT NULL DEFAULT 0,  -- rows found so far
    written   bigint      NOT NULL DEFAULT 0,  -- of these in the file
    cancelled boolean     NOT NULL DEFAULT false,
    told_at   timestamptz NOT NULL DEFAULT clock_timestamp(),  -- when its maker was last heard of
    PRIMARY KEY (account, key)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON export_under_way TO :"application";
