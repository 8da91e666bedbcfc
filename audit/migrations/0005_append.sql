-- Why a command can't be appended now; no row if it can. Called under the lock of the append.
CREATE FUNCTION refusals_of(command jsonb)
RETURNS TABLE (outcome text, subject text, expected bigint, actual bigint)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    IF command ? 'claim' THEN
        RETURN QUERY
        SELECT 'claimed', key, NULL::bigint, NULL::bigint FROM idempotency
        WHERE account = command #>> '{claim,account}' AND key = command #>> '{claim,key}';
    END IF;

    -- Streams stand as they were read. The hash tells an event from another one that was given
    -- the same version after a crash took the first away.
    RETURN QUERY
    SELECT 'stream', head.stream, head.version, coalesce(last.version, 0)
    FROM jsonb_to_recordset(command -> 'writes' || coalesce(command -> 'checks', '[]'))
         AS head (stream text, version bigint, hash text)
    LEFT JOIN LATERAL (
        SELECT originator_version AS version, state FROM event
        WHERE originator_id = head.stream ORDER BY originator_version DESC LIMIT 1
    ) AS last ON true
    WHERE head.version <> coalesce(last.version, 0)
       OR head.hash <> encode(sha256('\x00'::bytea || last.state), 'hex');

    IF command ? 'keys' THEN
        RETURN QUERY
        SELECT 'key', name, NULL::bigint, NULL::bigint
        FROM jsonb_array_elements_text(command -> 'keys') AS name
        LEFT JOIN sealing_key ON key_id = name
        WHERE wrapped IS NULL;
    END IF;

    IF command ? 'identities' THEN
        RETURN QUERY
        SELECT DISTINCT 'identity', standing.person, NULL::bigint, NULL::bigint
        FROM jsonb_to_recordset(command -> 'identities')
             AS claim (epoch integer, digest text, person text, holder text)
        JOIN identity standing
          ON standing.epoch = claim.epoch AND standing.digest = decode(claim.digest, 'hex')
        WHERE standing.person <> claim.person AND standing.person IS DISTINCT FROM claim.holder;
    END IF;
END
$$;

-- The one way into the record.
--
-- A call carries one or several commands. Each holds as a whole or writes nothing, and one that is
-- refused does not disturb the others. A command is
--
--   at          the server's time; see latest_time
--   writes      [{stream, version, hash, topics}]: how far each stream was read (version 0 and no
--               hash where it is new), and the topics of the events that continue it
--   checks      [{stream, version, hash}]: streams that were read but are not written; optional
--   keys        [key id]: under which the events seal; optional
--   identities  [{epoch, digest, person, holder}]; optional
--   claim       {account, key, body_digest, status, replay}; optional
--
-- and "leaves" are the bytes of all events of all commands, in order. Hashes and digests are hex.
--
-- What a caller may rely on:
--   * positions are 1, 2, 3 … without a hole, also after a rollback, and in the order of commit:
--     the lock is held until commit, and the next position is read under it;
--   * versions of a stream are 1, 2, 3 … without a hole;
--   * times never decrease along the positions, and lie no later than latest_time allows. A command
--     of one event record:time-resumed:1 is taken where the record stands later, or has been silent
--     for so long that nothing else is taken: times go on from its own. Its field wrong_from is the
--     first position whose time was wrong, null where none was;
--   * the transaction commits without waiting for the disk. Others may see an event that a crash
--     still takes away, so the caller flushes before it answers anybody.
--
-- Outcomes: one row 'appended' (expected, actual = first and last position), or one row for each
-- reason why nothing was written:
--   'claimed'  the idempotency key was used before            subject = the key
--   'ahead'    the record would be carried further than       actual = by how many seconds
--              latest_time allows, or stands there already
--   'stream'   a stream is at another version or has another  subject = the stream,
--              event there than was read                      expected and actual version
--   'identity' a document belongs to another person           subject = that person
--   'key'      a sealing key is destroyed or unknown          subject = the key id
CREATE FUNCTION append(commands jsonb, leaves bytea[])
RETURNS TABLE (
    turn integer, outcome text, subject text, expected bigint, actual bigint, placed timestamptz
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = :"schema", pg_temp
-- Plans are made once, not for every command (that took 150 of 200 µs), and every look goes through
-- an index: a plan made while the table was nearly empty would read all of it with every append.
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off AS $$
#variable_conflict use_column
DECLARE
    command       jsonb;
    leaf          integer := 0;  -- how many leaves belong to earlier commands
    leaves_here   integer;
    last_position bigint;
    last_placed   timestamptz;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'an append reads what was committed before its turn: use read committed'
            USING ERRCODE = 'invalid_transaction_state';
    END IF;
    -- In the body: a SET clause of the function would be undone before the commit.
    PERFORM set_config('synchronous_commit', 'off', true);
    PERFORM pg_advisory_xact_lock('event'::regclass::oid::bigint);
    SELECT notification_id, placed_at INTO last_position, last_placed
    FROM event ORDER BY notification_id DESC LIMIT 1;
    last_position := coalesce(last_position, 0);

    turn := 0;
    FOR command IN SELECT jsonb_array_elements(commands) LOOP
        turn := turn + 1;
        placed := NULL;
        leaves_here :=
            (SELECT sum(jsonb_array_length(written -> 'topics'))
             FROM jsonb_array_elements(command -> 'writes') AS written);
        leaf := leaf + leaves_here;

        RETURN QUERY
        SELECT turn, reason.outcome, reason.subject, reason.expected, reason.actual, placed
        FROM refusals_of(command) AS reason;
        CONTINUE WHEN FOUND;

        placed := greatest((command ->> 'at')::timestamptz, last_placed);
        INSERT INTO event
            (originator_id, originator_version, topic, state, notification_id, placed_at)
        SELECT written.stream, written.version + topic.place, topic.name,
               leaves[leaf - leaves_here + row_number() OVER in_order],
               last_position + row_number() OVER in_order, placed
        FROM ROWS FROM (
                 jsonb_to_recordset(command -> 'writes')
                 AS (stream text, version bigint, topics jsonb)
             ) WITH ORDINALITY AS written (stream, version, topics, place),
             jsonb_array_elements_text(written.topics) WITH ORDINALITY AS topic (name, place)
        WINDOW in_order AS (ORDER BY written.place, topic.place);

        IF command ? 'identities' THEN
            INSERT INTO identity (epoch, digest, person)
            SELECT epoch, decode(digest, 'hex'), person
            FROM jsonb_to_recordset(command -> 'identities')
                 AS claim (epoch integer, digest text, person text)
            ON CONFLICT (epoch, digest) DO UPDATE SET person = excluded.person;
        END IF;

        IF command ? 'claim' THEN
            INSERT INTO idempotency
            SELECT account, key, decode(body_digest, 'hex'), status,
                   last_position + 1, last_position + leaves_here, replay, placed
            FROM jsonb_to_record(command -> 'claim')
                 AS claim (account text, key text, body_digest text, status smallint, replay text);
        END IF;

        outcome := 'appended';
        subject := NULL;
        expected := last_position + 1;
        last_position := last_position + leaves_here;
        actual := last_position;
        last_placed := placed;
        RETURN NEXT;
    END LOOP;
    IF leaf IS DISTINCT FROM cardinality(leaves) THEN
        RAISE EXCEPTION 'there are as many leaves as topics, and at least one'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
END
$$;

REVOKE EXECUTE ON FUNCTION append, refusals_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append TO :"application";

-- The latest time to which the record may be carried, where its last event is of last_placed: a
-- minute ahead of the database's own clock, and no more than 400 days further at once, for both
-- clocks may be one. NULL, and no bound, in a demonstration, whose clock can be set.
CREATE FUNCTION latest_time(last_placed timestamptz) RETURNS timestamptz
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM :"schema".origin WHERE origin LIKE '%/demo') THEN
        RETURN NULL;
    END IF;
    RETURN least(clock_timestamp() + interval '1 minute', last_placed + interval '400 days');
END
$$;

REVOKE EXECUTE ON FUNCTION latest_time FROM PUBLIC;
GRANT EXECUTE ON FUNCTION latest_time TO :"application";

-- Which position a leaf of record:time-resumed:1 names; NULL where no time was wrong.
CREATE FUNCTION wrong_from(leaf bytea) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (convert_from(leaf, 'UTF8')::jsonb #>> '{fields,wrong_from}')::bigint
$$;

REVOKE EXECUTE ON FUNCTION wrong_from FROM PUBLIC;
GRANT EXECUTE ON FUNCTION wrong_from TO :"application";

-- Positions are dense and their times never decrease, so the last position at an instant is found
-- by halving, without an index that every append would have to feed. 0 before the first event.
-- What has a wrong time was known when times were resumed, and nobody can say how long before.
CREATE FUNCTION position_at(instant timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = :"schema", pg_temp AS $$
DECLARE
    low     bigint := 0;
    high    bigint;
    middle  bigint;
    resumed record;
BEGIN
    SELECT coalesce(max(notification_id), 0) INTO high FROM event;
    FOR resumed IN
        SELECT notification_id AS position, placed_at, wrong_from(state) FROM event
        WHERE topic = 'record:time-resumed:1' ORDER BY notification_id DESC
    LOOP
        CONTINUE WHEN resumed.position > high;
        IF resumed.placed_at <= instant THEN
            low := resumed.position;
            EXIT;
        END IF;
        high := coalesce(resumed.wrong_from, resumed.position) - 1;
    END LOOP;
    WHILE low < high LOOP
        middle := (low + high + 1) / 2;
        IF (SELECT placed_at FROM event WHERE notification_id = middle) <= instant THEN
            low := middle;
        ELSE
            high := middle - 1;
        END IF;
    END LOOP;
    RETURN low;
END
$$;

REVOKE EXECUTE ON FUNCTION position_at FROM PUBLIC;
GRANT EXECUTE ON FUNCTION position_at TO :"application";
