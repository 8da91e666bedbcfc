-- Why a command can't be appended now; no row if it can. Called under the lock of the append.
CREATE FUNCTION refusals_of(
    turn integer,
    event_command    integer[], event_stream text[], event_version bigint[],
    head_command     integer[], head_stream  text[], head_version  bigint[], head_hash bytea[],
    key_command      integer[], key_name     text[],
    identity_command integer[], identity_epoch integer[], identity_digest bytea[],
    identity_person  text[],    identity_holder text[]
)
RETURNS TABLE (outcome text, subject text, expected bigint, actual bigint)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    -- Events continue their streams: the first version is the last one + 1, and no gap follows.
    RETURN QUERY
    SELECT 'stream', e.stream, e.base, coalesce(last.version, 0)
    FROM (
        SELECT DISTINCT
            stream, version - row_number() OVER (PARTITION BY stream ORDER BY place) AS base
        FROM unnest(event_command, event_stream, event_version)
             WITH ORDINALITY AS given (command, stream, version, place)
        WHERE command = turn
    ) AS e
    LEFT JOIN LATERAL (
        SELECT originator_version AS version FROM event
        WHERE originator_id = e.stream ORDER BY originator_version DESC LIMIT 1
    ) AS last ON true
    WHERE e.base <> coalesce(last.version, 0);

    -- Streams that were read stand as they were read. The hash tells an event from another one
    -- that was given the same version after a crash took the first away.
    RETURN QUERY
    SELECT 'stream', h.stream, h.version, coalesce(last.version, 0)
    FROM unnest(head_command, head_stream, head_version, head_hash)
         AS h (command, stream, version, hash)
    LEFT JOIN LATERAL (
        SELECT originator_version AS version, state FROM event
        WHERE originator_id = h.stream ORDER BY originator_version DESC LIMIT 1
    ) AS last ON true
    WHERE h.command = turn
      AND (h.version <> coalesce(last.version, 0)
           OR h.hash <> sha256('\x00'::bytea || last.state));

    IF turn = ANY (key_command) THEN
        RETURN QUERY
        SELECT 'key', k.name, NULL::bigint, NULL::bigint
        FROM unnest(key_command, key_name) AS k (command, name)
        LEFT JOIN sealing_key s ON s.key_id = k.name
        WHERE k.command = turn AND s.wrapped IS NULL;
    END IF;

    IF turn = ANY (identity_command) THEN
        RETURN QUERY
        SELECT DISTINCT 'identity', i.person, NULL::bigint, NULL::bigint
        FROM unnest(identity_command, identity_epoch, identity_digest,
                    identity_person, identity_holder)
             AS c (command, epoch, digest, person, holder)
        JOIN identity i USING (epoch, digest)
        WHERE c.command = turn AND i.person <> c.person AND i.person IS DISTINCT FROM c.holder;
    END IF;
END
$$;

-- The one way into the record.
--
-- A call carries one or several commands. Each holds as a whole or writes nothing, and one that is
-- refused does not disturb the others. All lists are flat; "command" says, from 1, whose an entry is.
--
-- What a caller may rely on:
--   * positions are 1, 2, 3 … without a hole, also after a rollback, and in the order of commit:
--     the lock is held until commit, and the next position is read under it;
--   * versions of a stream are 1, 2, 3 … without a hole;
--   * the transaction commits without waiting for the disk. Others may see an event that a crash
--     still takes away, so the caller flushes before it answers anybody.
--
-- Outcomes: one row 'appended' (expected, actual = first and last position), or one row for each
-- reason why nothing was written:
--   'claimed'  the idempotency key was used before            subject = the key
--   'stream'   a stream is at another version or has another  subject = the stream,
--              event there than was read                      expected and actual version
--   'identity' a document belongs to another person           subject = that person
--   'key'      a sealing key is destroyed or unknown          subject = the key id

CREATE FUNCTION append(
    event_command    integer[], event_stream text[], event_version bigint[],
    event_topic      text[],    event_state  bytea[],
    head_command     integer[], head_stream  text[], head_version  bigint[], head_hash bytea[],
    key_command      integer[], key_name     text[],
    identity_command integer[], identity_epoch integer[], identity_digest bytea[],
    identity_person  text[],    identity_holder text[],
    command_at       timestamptz[],
    claim_account    text[],    claim_key    text[], claim_body    bytea[],
    claim_status     integer[], claim_replay text[]
)
RETURNS TABLE (
    command integer, outcome text, subject text, expected bigint, actual bigint, placed timestamptz
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = :"schema", pg_temp AS $$
#variable_conflict use_column
DECLARE
    last_position bigint := 0;
    last_placed   timestamptz := '-infinity';
    written       bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'an append reads what was committed before its turn: use read committed'
            USING ERRCODE = 'invalid_transaction_state';
    END IF;
    -- In the body: a SET clause of the function would be undone before the commit.
    PERFORM set_config('synchronous_commit', 'off', true);
    PERFORM pg_advisory_xact_lock('event'::regclass::oid::bigint);
    SELECT e.notification_id, e.placed_at INTO last_position, last_placed
    FROM event e ORDER BY e.notification_id DESC LIMIT 1;
    IF NOT FOUND THEN
        last_position := 0;
        last_placed := '-infinity';
    END IF;

    FOR turn IN 1 .. cardinality(command_at) LOOP
        command := turn;
        expected := NULL;
        actual := NULL;
        placed := NULL;

        IF claim_key[turn] IS NOT NULL THEN
            PERFORM FROM idempotency i
            WHERE i.account = claim_account[turn] AND i.key = claim_key[turn];
            IF FOUND THEN
                outcome := 'claimed';
                subject := claim_key[turn];
                RETURN NEXT;
                CONTINUE;
            END IF;
        END IF;

        RETURN QUERY
        SELECT turn, reason.outcome, reason.subject, reason.expected, reason.actual, NULL::timestamptz
        FROM refusals_of(
            turn, event_command, event_stream, event_version,
            head_command, head_stream, head_version, head_hash, key_command, key_name,
            identity_command, identity_epoch, identity_digest, identity_person, identity_holder
        ) AS reason;
        IF FOUND THEN
            CONTINUE;
        END IF;

        last_placed := greatest(command_at[turn], last_placed);
        INSERT INTO event
            (originator_id, originator_version, topic, state, notification_id, placed_at)
        SELECT e.stream, e.version, e.topic, e.state,
               last_position + row_number() OVER (ORDER BY e.place), last_placed
        FROM unnest(event_command, event_stream, event_version, event_topic, event_state)
             WITH ORDINALITY AS e (command, stream, version, topic, state, place)
        WHERE e.command = turn;
        GET DIAGNOSTICS written = ROW_COUNT;
        IF written = 0 THEN
            RAISE EXCEPTION 'a command without an event appends nothing'
                USING ERRCODE = 'invalid_parameter_value';
        END IF;

        IF turn = ANY (identity_command) THEN
            INSERT INTO identity (epoch, digest, person)
            SELECT i.epoch, i.digest, i.person
            FROM unnest(identity_command, identity_epoch, identity_digest, identity_person)
                 AS i (command, epoch, digest, person)
            WHERE i.command = turn
            ON CONFLICT (epoch, digest) DO UPDATE SET person = excluded.person;
        END IF;

        IF claim_key[turn] IS NOT NULL THEN
            INSERT INTO idempotency
            VALUES (claim_account[turn], claim_key[turn], claim_body[turn], claim_status[turn],
                    last_position + 1, last_position + written, claim_replay[turn], last_placed);
        END IF;

        outcome := 'appended';
        subject := NULL;
        expected := last_position + 1;
        actual := last_position + written;
        placed := last_placed;
        last_position := actual;
        RETURN NEXT;
    END LOOP;
END
$$;

REVOKE EXECUTE ON FUNCTION append, refusals_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append TO :"application";
-- Positions are dense and their times never decrease, so the last position at an instant is found
-- by halving, without an index that every append would have to feed. 0 before the first event.
CREATE FUNCTION position_at(instant timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = :"schema", pg_temp AS $$
DECLARE
    low    bigint := 0;
    high   bigint;
    middle bigint;
BEGIN
    SELECT coalesce(max(notification_id), 0) INTO high FROM event;
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
