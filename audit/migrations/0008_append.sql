-- The one way into the record. Many commands come as fast as one: all that do not concern one
-- another are looked at and written together, so that each further command costs its rows and no
-- statements of its own. Everything is said in typed arrays, which the server reads as it gets them.

-- Why commands can't be appended now, each reason for itself; called under the lock of the append.
-- They are single queries, so that they become part of the one that asks.

CREATE FUNCTION claimed_before(accounts text[], claimed_keys text[])
RETURNS TABLE (turn integer, key text) LANGUAGE sql STABLE AS $$
    SELECT turn, standing.key
    FROM generate_subscripts(accounts, 1) AS turn
    JOIN idempotency AS standing
      ON standing.account = accounts[turn] AND standing.key = claimed_keys[turn]
$$;

-- Streams stand as they were read. The hash tells an event from another one that was given the same
-- version after a crash took the first away.
CREATE FUNCTION moved_on(head_turns integer[], streams text[], versions bigint[], hashes bytea[])
RETURNS TABLE (turn integer, stream text, expected bigint, actual bigint)
LANGUAGE sql STABLE AS $$
    SELECT head_turns[head], streams[head], versions[head], coalesce(last.version, 0)
    FROM generate_subscripts(streams, 1) AS head
    LEFT JOIN LATERAL (
        SELECT originator_version AS version, state FROM event
        WHERE originator_id = streams[head] ORDER BY originator_version DESC LIMIT 1
    ) AS last ON true
    WHERE versions[head] IS DISTINCT FROM coalesce(last.version, 0)
       OR hashes[head] <> sha256('\x00'::bytea || last.state)
$$;

CREATE FUNCTION sealed_by_no_key(key_turns integer[], key_ids text[])
RETURNS TABLE (turn integer, key_id text) LANGUAGE sql STABLE AS $$
    SELECT key_turns[sealing], key_ids[sealing]
    FROM generate_subscripts(key_ids, 1) AS sealing
    LEFT JOIN sealing_key AS standing ON standing.key_id = key_ids[sealing]
    WHERE standing.wrapped IS NULL OR standing.ordered_by IS NOT NULL
$$;

CREATE FUNCTION bound_to_another(
    document_turns integer[], epochs integer[], digests bytea[], persons text[], holders text[]
)
RETURNS TABLE (turn integer, person text) LANGUAGE sql STABLE AS $$
    SELECT DISTINCT document.turn, standing.person
    FROM unnest(document_turns, epochs, digests, persons, holders)
         AS document (turn, epoch, digest, person, holder)
    JOIN identity AS standing
      ON standing.epoch = document.epoch AND standing.digest = document.digest
    WHERE standing.person <> document.person AND standing.person IS DISTINCT FROM document.holder
$$;

CREATE FUNCTION epochs_left_out(document_turns integer[], epochs integer[])
RETURNS TABLE (turn integer, epoch text) LANGUAGE sql STABLE AS $$
    SELECT DISTINCT document.turn, living.epoch::text
    FROM unnest(document_turns) AS document (turn), identity_epoch AS living
    WHERE living.retired_at IS NULL AND NOT EXISTS (
        SELECT FROM unnest(document_turns, epochs) AS said (turn, epoch)
        WHERE said.turn = document.turn AND said.epoch = living.epoch
    )
$$;

-- Which commands must come after which others, where they touch the same thing and one of them
-- changes it: a stream that one writes and another writes or checks, one document, or one
-- idempotency key. Of the earlier ones the latest is told.
CREATE FUNCTION come_after(
    head_turns integer[], streams text[], counts integer[],
    document_turns integer[], epochs integer[], digests bytea[],
    accounts text[], claimed_keys text[]
)
RETURNS TABLE (turn integer, earlier integer) LANGUAGE sql STABLE AS $$
    WITH touched AS MATERIALIZED (
        SELECT turn, written > 0 AS changed, 'stream' AS kind, stream AS name, '' AS rest
        FROM unnest(head_turns, streams, counts) AS head (turn, stream, written)
        UNION ALL
        SELECT turn, true, 'document', epoch::text, digest::text
        FROM unnest(document_turns, epochs, digests) AS document (turn, epoch, digest)
        UNION ALL
        SELECT turn::integer, true, 'key', account, key
        FROM unnest(accounts, claimed_keys) WITH ORDINALITY AS claim (account, key, turn)
        WHERE account IS NOT NULL
    ), contested AS (  -- few or none, and found without sorting
        SELECT kind, name, rest FROM touched GROUP BY kind, name, rest
        HAVING bool_or(changed) AND min(turn) < max(turn)
    ), met AS (
        SELECT turn, CASE
            WHEN changed THEN max(turn) OVER earlier
            ELSE max(turn) FILTER (WHERE changed) OVER earlier
        END AS earlier
        FROM touched JOIN contested USING (kind, name, rest)
        WINDOW earlier AS (
            PARTITION BY kind, name, rest ORDER BY turn
            GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )
    )
    SELECT turn, max(earlier) FROM met WHERE earlier IS NOT NULL GROUP BY turn
$$;

-- From which time on a command goes that resumes the record's time, and the latest that it may
-- have. It comes alone, by the database's own clock, and only where nothing else would be taken.
CREATE FUNCTION resumption(
    times timestamptz[], leaves bytea[], last_position bigint, last_placed timestamptz,
    OUT since timestamptz, OUT latest timestamptz
)
LANGUAGE plpgsql AS $$
DECLARE
    first_wrong bigint := wrong_from(leaves[1]);
BEGIN
    latest := latest_time(NULL);
    since := last_placed;
    IF first_wrong IS NOT NULL THEN
        SELECT placed_at INTO since FROM event WHERE notification_id = first_wrong - 1;
    END IF;
    IF cardinality(times) > 1 OR cardinality(leaves) > 1
       OR first_wrong NOT BETWEEN 1 AND last_position
       OR (first_wrong IS NULL) IS DISTINCT FROM (last_placed <= latest)
       OR (first_wrong IS NULL AND latest_time(last_placed) > clock_timestamp())
       OR times[1] < latest - interval '2 minutes'
    THEN
        RAISE EXCEPTION 'the time of this record is not resumed in this way'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
END
$$;

-- The keys that events behind a position order to be destroyed, by their field "keys".
CREATE FUNCTION orders_behind(after bigint)
RETURNS TABLE (key_id text, ordered_at bigint, at timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT named.key_id, notification_id, placed_at
    FROM event, convert_from(state, 'UTF8') AS leaf,
         jsonb_array_elements_text(
             CASE WHEN jsonb_typeof(leaf::jsonb #> '{fields,keys}') = 'array'
                  THEN leaf::jsonb #> '{fields,keys}' ELSE '[]' END
         ) AS named (key_id)
    WHERE notification_id > after
$$;

-- A call carries one or several commands, whose turns are 1, 2, 3 …. Each holds as a whole or
-- writes nothing, and one that is refused does not disturb the others. Commands that must come
-- after one another are appended so, in order; whatever lies between, at once. Of the arguments
--
--   times … replays          have one item for each command: the server's time, see latest_time;
--                            whether an event orders keys to be destroyed, by its field "keys":
--                            from this append on nothing is sealed under them, and "destroy_keys"
--                            may destroy them, and a key that was never made is a tombstone at once,
--                            so that nobody makes it afterwards; and the idempotency key that is
--                            claimed, with no account where there is none
--   head_turns … counts      have one for each stream of a command, in order: how far it was read
--                            (version 0 and no hash where it is new), and how many events continue
--                            it, none where it was read and is only checked
--   topics, leaves           have one for each event, in the order of those that are counted
--   key_turns, key_ids       have one for each key under which a command seals
--   document_turns … holders have one for each digest of a document that a command binds
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
--   'epoch'    the identities leave out an epoch that must    subject = the epoch
--              be digested under: the key file was read before it
CREATE FUNCTION append(
    times timestamptz[], orders boolean[],
    accounts text[], claimed_keys text[], body_digests bytea[], statuses smallint[], replays text[],
    head_turns integer[], streams text[], versions bigint[], hashes bytea[], counts integer[],
    topics text[], leaves bytea[],
    key_turns integer[], key_ids text[],
    document_turns integer[], epochs integer[], digests bytea[], persons text[], holders text[]
)
RETURNS TABLE (
    turn integer, outcome text, subject text, expected bigint, actual bigint, placed timestamptz
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = :"schema", pg_temp
-- Plans are made once, not for every call, and every look goes through an index: a plan made while
-- the table was nearly empty would read all of it with every append. The planner takes a list for
-- a hundred rows, lists in lists for a million; that is no reason to compile.
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off
SET jit = off AS $$
#variable_conflict use_column
DECLARE
    how_many      integer := cardinality(times);
    first_turn    integer := 1;
    next_turn     integer;
    later_turns   integer[];
    earlier_turns integer[];
    refused       integer[];
    last_position bigint;
    last_placed   timestamptz;
    latest        timestamptz;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'an append reads what was committed before its turn: use read committed'
            USING ERRCODE = 'invalid_transaction_state';
    END IF;
    IF (how_many, cardinality(topics), cardinality(leaves)) IS DISTINCT FROM (
        SELECT (nullif(count(DISTINCT head_turns[head]), 0)::integer,
                sum(counts[head])::integer, sum(counts[head])::integer)
        FROM generate_subscripts(counts, 1) AS head
        WHERE counts[head] > 0 AND head_turns[head] BETWEEN 1 AND how_many
    ) THEN
        RAISE EXCEPTION 'there are as many leaves as topics, and at least one of each command'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- In the body: a SET clause of the function would be undone before the commit.
    PERFORM set_config('synchronous_commit', 'off', true),
            pg_advisory_xact_lock('event'::regclass::oid::bigint);

    -- Most have nothing in common, which is seen by one look at their names.
    IF how_many > 1 AND (
        cardinality(epochs) > 0
        OR (SELECT count(DISTINCT name) < count(*) FROM unnest(streams || claimed_keys) AS name)
    ) THEN
        SELECT array_agg(turn), array_agg(earlier) INTO later_turns, earlier_turns
        FROM come_after(head_turns, streams, counts, document_turns, epochs, digests,
                        accounts, claimed_keys);
    END IF;
    WHILE first_turn <= how_many LOOP
        next_turn := how_many + 1;
        IF true = ANY (orders) THEN
            next_turn := first_turn + 1;
        ELSIF later_turns IS NOT NULL THEN
            SELECT coalesce(min(turn), next_turn) INTO next_turn
            FROM unnest(later_turns, earlier_turns) AS met (turn, earlier)
            WHERE earlier >= first_turn;
        END IF;
        SELECT notification_id, placed_at INTO last_position, last_placed
        FROM event ORDER BY notification_id DESC LIMIT 1;
        latest := latest_time(last_placed);
        IF 'record:time-resumed:1' = ANY (topics) THEN
            SELECT * INTO last_placed, latest
            FROM resumption(times, leaves, last_position, last_placed);
        END IF;

        refused := '{}';
        placed := NULL;
        FOR turn, outcome, subject, expected, actual IN
            SELECT * FROM (
                SELECT turn, 'stream', stream, expected, actual
                FROM moved_on(head_turns, streams, versions, hashes)
                UNION ALL
                SELECT turn, 'claimed', key, NULL, NULL FROM claimed_before(accounts, claimed_keys)
                UNION ALL
                SELECT turn, 'key', key_id, NULL, NULL FROM sealed_by_no_key(key_turns, key_ids)
                UNION ALL
                SELECT turn, 'ahead', NULL, NULL,
                       extract(epoch FROM greatest(times[turn], last_placed) - latest)::bigint
                FROM generate_subscripts(times, 1) AS turn
                WHERE greatest(times[turn], last_placed) > latest
            ) AS reason (turn, outcome, subject, expected, actual)
            WHERE turn >= first_turn AND turn < next_turn
        LOOP
            refused := refused || turn;
            RETURN NEXT;
        END LOOP;

        IF cardinality(epochs) > 0 THEN
            INSERT INTO identity_epoch (epoch)
            SELECT DISTINCT epoch FROM unnest(epochs) AS epoch
            WHERE NOT EXISTS (SELECT FROM identity_epoch);
            FOR turn, outcome, subject, expected, actual IN
                SELECT * FROM (
                    SELECT turn, 'identity', person
                    FROM bound_to_another(document_turns, epochs, digests, persons, holders)
                    UNION ALL
                    SELECT turn, 'epoch', epoch FROM epochs_left_out(document_turns, epochs)
                ) AS reason (turn, outcome, subject)
                WHERE turn >= first_turn AND turn < next_turn
            LOOP
                refused := refused || turn;
                RETURN NEXT;
            END LOOP;
            INSERT INTO identity (epoch, digest, person)
            SELECT epoch, digest, person
            FROM unnest(document_turns, epochs, digests, persons)
                 AS document (turn, epoch, digest, person)
            JOIN identity_epoch AS living USING (epoch)
            WHERE turn >= first_turn AND turn < next_turn AND turn <> ALL (refused)
              AND living.retired_at IS NULL
            ON CONFLICT (epoch, digest) DO UPDATE SET person = excluded.person;
        END IF;

        RETURN QUERY
        WITH placed_event AS MATERIALIZED (
            SELECT turn, head, number, leaf, coalesce(last_position, 0) + nth AS position,
                   greatest(at, last_placed) AS at
            FROM (
                SELECT turn, head, number, taken, row_number() OVER in_order AS leaf,
                       count(*) FILTER (WHERE taken) OVER in_order AS nth,
                       max(times[turn]) FILTER (WHERE taken) OVER in_order AS at
                FROM (
                    SELECT turn, head, generate_series(1, counts[head]) AS number,
                           turn >= first_turn AND turn < next_turn AND turn <> ALL (refused)
                           AS taken
                    FROM generate_subscripts(streams, 1) AS head,
                         LATERAL (SELECT head_turns[head] AS turn) AS command
                ) AS event
                WINDOW in_order AS (ORDER BY head, number ROWS UNBOUNDED PRECEDING)
            ) AS line
            WHERE taken
        ), written AS (
            INSERT INTO event
                (originator_id, originator_version, topic, state, notification_id, placed_at)
            SELECT streams[head], versions[head] + number, topics[leaf], leaves[leaf], position, at
            FROM placed_event
        ), placed_command AS MATERIALIZED (
            SELECT turn, min(position) AS first, max(position) AS last, max(at) AS at
            FROM placed_event GROUP BY turn
        ), claimed AS (
            INSERT INTO idempotency
            SELECT accounts[turn], claimed_keys[turn], body_digests[turn], statuses[turn],
                   first, last, replays[turn], at
            FROM placed_command
            WHERE accounts[turn] IS NOT NULL
        )
        SELECT turn, 'appended', NULL::text, first, last, at FROM placed_command;

        IF true = ANY (orders) THEN
            INSERT INTO sealing_key (key_id, epoch, ordered_by, destroyed_at)
            SELECT ordered.key_id, max(newest.epoch), min(ordered.ordered_at), min(ordered.at)
            FROM orders_behind(coalesce(last_position, 0)) AS ordered,
                 (SELECT max(epoch) AS epoch FROM wrapping_epoch) AS newest
            WHERE newest.epoch IS NOT NULL
            GROUP BY ordered.key_id
            ON CONFLICT (key_id) DO UPDATE SET ordered_by = excluded.ordered_by
            WHERE sealing_key.ordered_by IS NULL;
        END IF;
        first_turn := next_turn;
    END LOOP;
END
$$;

REVOKE EXECUTE ON FUNCTION append, claimed_before, moved_on, sealed_by_no_key, bound_to_another,
    epochs_left_out, come_after, resumption, orders_behind FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append TO :"application";
