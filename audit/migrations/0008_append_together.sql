-- The one way into the record, as in 0005, for many commands as fast as for one: what does not
-- concern one another is looked at and written together, so that each further command costs its
-- rows and no statements of its own.

DROP FUNCTION refusals_of(jsonb);

-- Whether commands touch the same thing in a way that makes their order matter: a stream that one
-- writes and another writes or checks, one document, or one idempotency key.
CREATE FUNCTION concern_one_another(commands jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM jsonb_array_elements(commands) WITH ORDINALITY AS command (said, turn),
        LATERAL (
            SELECT true, ARRAY['stream', stream]
            FROM jsonb_to_recordset(said -> 'writes') AS head (stream text)
            UNION ALL
            SELECT false, ARRAY['stream', stream]
            FROM jsonb_to_recordset(said -> 'checks') AS head (stream text)
            UNION ALL
            SELECT true, ARRAY['document', epoch, digest]
            FROM jsonb_to_recordset(said -> 'identities') AS claim (epoch text, digest text)
            UNION ALL
            SELECT true, ARRAY['key', said #>> '{claim,account}', said #>> '{claim,key}']
            WHERE said ? 'claim'
        ) AS touched (changes, thing)
        GROUP BY thing HAVING bool_or(changes) AND count(DISTINCT turn) > 1
    );
END
$$;

-- Why commands can't be appended now: no row for one that can. Called under the lock of the append
-- for the commands of some turns, which do not concern one another.
CREATE FUNCTION refusals_of(commands jsonb, turns int4range)
RETURNS TABLE (turn integer, outcome text, subject text, expected bigint, actual bigint)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    IF jsonb_path_exists(commands, '$[*].claim') THEN
        RETURN QUERY
        SELECT turn::integer, 'claimed', standing.key, NULL::bigint, NULL::bigint
        FROM jsonb_array_elements(commands) WITH ORDINALITY AS command (said, turn)
        JOIN idempotency AS standing
          ON standing.account = said #>> '{claim,account}' AND standing.key = said #>> '{claim,key}'
        WHERE turns @> turn::integer;
    END IF;

    -- Streams stand as they were read. The hash tells an event from another one that was given
    -- the same version after a crash took the first away.
    RETURN QUERY
    SELECT turn::integer, 'stream', head.stream, head.version, coalesce(last.version, 0)
    FROM jsonb_array_elements(commands) WITH ORDINALITY AS command (said, turn)
    CROSS JOIN LATERAL jsonb_to_recordset(said -> 'writes' || coalesce(said -> 'checks', '[]'))
         AS head (stream text, version bigint, hash text)
    LEFT JOIN LATERAL (
        SELECT originator_version AS version, state FROM event
        WHERE originator_id = head.stream ORDER BY originator_version DESC LIMIT 1
    ) AS last ON true
    WHERE turns @> turn::integer
      AND (head.version <> coalesce(last.version, 0)
           OR head.hash <> encode(sha256('\x00'::bytea || last.state), 'hex'));

    IF jsonb_path_exists(commands, '$[*].keys') THEN
        RETURN QUERY
        SELECT turn::integer, 'key', name, NULL::bigint, NULL::bigint
        FROM jsonb_array_elements(commands) WITH ORDINALITY AS command (said, turn)
        CROSS JOIN LATERAL jsonb_array_elements_text(said -> 'keys') AS name
        LEFT JOIN sealing_key ON key_id = name
        WHERE turns @> turn::integer AND (wrapped IS NULL OR ordered_by IS NOT NULL);
    END IF;

    IF jsonb_path_exists(commands, '$[*].identities') THEN
        RETURN QUERY
        SELECT DISTINCT turn::integer, 'identity', standing.person, NULL::bigint, NULL::bigint
        FROM jsonb_array_elements(commands) WITH ORDINALITY AS command (said, turn)
        CROSS JOIN LATERAL jsonb_to_recordset(said -> 'identities')
             AS claim (epoch integer, digest text, person text, holder text)
        JOIN identity AS standing
          ON standing.epoch = claim.epoch AND standing.digest = decode(claim.digest, 'hex')
        WHERE turns @> turn::integer
          AND standing.person <> claim.person AND standing.person IS DISTINCT FROM claim.holder;

        RETURN QUERY
        SELECT turn::integer, 'epoch', living.epoch::text, NULL::bigint, NULL::bigint
        FROM jsonb_array_elements(commands) WITH ORDINALITY AS command (said, turn)
        CROSS JOIN identity_epoch AS living
        WHERE turns @> turn::integer AND said ? 'identities' AND living.retired_at IS NULL
          AND NOT EXISTS (
              SELECT FROM jsonb_to_recordset(said -> 'identities') AS claim (epoch integer)
              WHERE claim.epoch = living.epoch
          );
    END IF;
END
$$;

-- From which time on a command goes that resumes the record's time, and the latest that it may
-- have. It comes alone, by the database's own clock, and only where nothing else would be taken.
CREATE FUNCTION resumption(
    commands jsonb, leaf bytea, last_position bigint, last_placed timestamptz,
    OUT since timestamptz, OUT latest timestamptz
)
LANGUAGE plpgsql AS $$
DECLARE
    first_wrong bigint := wrong_from(leaf);
BEGIN
    latest := latest_time(NULL);
    since := last_placed;
    IF first_wrong IS NOT NULL THEN
        SELECT placed_at INTO since FROM event WHERE notification_id = first_wrong - 1;
    END IF;
    IF jsonb_array_length(commands) > 1 OR commands #> '{0,writes,1}' IS NOT NULL
       OR commands #> '{0,writes,0,topics}' <> '["record:time-resumed:1"]'
       OR first_wrong NOT BETWEEN 1 AND last_position
       OR (first_wrong IS NULL) IS DISTINCT FROM (last_placed <= latest)
       OR (first_wrong IS NULL AND latest_time(last_placed) > clock_timestamp())
       OR (commands #>> '{0,at}')::timestamptz < latest - interval '2 minutes'
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

-- Arguments, promises and outcomes are those of 0005, and two more:
--
--   orders      true where an event orders keys to be destroyed, by its field "keys"; from this
--               append on nothing is sealed under them, and "destroy_keys" may destroy them. A key
--               that was never made is a tombstone at once, so that nobody makes it afterwards
--   'epoch'     the identities leave out an epoch that must be    subject = the epoch
--               digested under: the key file was read before it
--
-- Commands that concern one another are
-- appended one after the other, in order; all others at once. Either way each holds as a whole or
-- writes nothing, and none is disturbed by another that is refused.
CREATE OR REPLACE FUNCTION append(commands jsonb, leaves bytea[])
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
    how_many      integer := jsonb_array_length(commands);
    at_once       integer;
    turns         int4range;
    refused       integer[];
    last_position bigint;
    last_placed   timestamptz;
    latest        timestamptz;
    last_wanted   timestamptz := (
        SELECT max((at #>> '{}')::timestamptz) FROM jsonb_path_query(commands, '$[*].at') AS at
    );
    resumes       boolean := jsonb_path_exists(
        commands, '$[*].writes[*].topics[*] ? (@ == "record:time-resumed:1")'
    );
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'an append reads what was committed before its turn: use read committed'
            USING ERRCODE = 'invalid_transaction_state';
    END IF;
    IF how_many = 0 OR jsonb_path_exists(commands, '$[*] ? (!exists (@.writes[*].topics[*]))')
       OR cardinality(leaves)
          <> (SELECT count(*) FROM jsonb_path_query(commands, '$[*].writes[*].topics[*]'))
    THEN
        RAISE EXCEPTION 'there are as many leaves as topics, and at least one of each command'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- In the body: a SET clause of the function would be undone before the commit.
    PERFORM set_config('synchronous_commit', 'off', true);
    PERFORM pg_advisory_xact_lock('event'::regclass::oid::bigint);

    at_once := how_many;
    IF how_many > 1
       AND (jsonb_path_exists(commands, '$[*].orders') OR concern_one_another(commands))
    THEN
        at_once := 1;
    END IF;
    FOR first_turn IN 1 .. how_many BY at_once LOOP
        turns := int4range(first_turn, first_turn + at_once);
        SELECT notification_id, placed_at INTO last_position, last_placed
        FROM event ORDER BY notification_id DESC LIMIT 1;
        latest := latest_time(last_placed);
        IF resumes THEN
            SELECT * INTO last_placed, latest
            FROM resumption(commands, leaves[1], last_position, last_placed);
        END IF;

        IF jsonb_path_exists(commands, '$[*].identities') THEN
            INSERT INTO identity_epoch (epoch)
            SELECT DISTINCT epoch
            FROM jsonb_array_elements(commands) AS said,
                 jsonb_to_recordset(said -> 'identities') AS claim (epoch integer)
            WHERE NOT EXISTS (SELECT FROM identity_epoch);
        END IF;

        refused := '{}';
        placed := NULL;
        FOR turn, outcome, subject, expected, actual IN
            SELECT * FROM refusals_of(commands, turns)
            UNION ALL
            SELECT turn::integer, 'ahead', NULL, NULL, extract(epoch FROM carried - latest)::bigint
            FROM jsonb_array_elements(commands) WITH ORDINALITY AS command (said, turn),
                 greatest((said ->> 'at')::timestamptz, last_placed) AS carried
            WHERE greatest(last_wanted, last_placed) > latest  -- looked at first, and cheap
              AND turns @> turn::integer AND carried > latest
        LOOP
            refused := refused || turn;
            RETURN NEXT;
        END LOOP;

        IF jsonb_path_exists(commands, '$[*].identities') THEN
            INSERT INTO identity (epoch, digest, person)
            SELECT epoch, decode(digest, 'hex'), person
            FROM jsonb_array_elements(commands) WITH ORDINALITY AS command (said, turn),
                 jsonb_to_recordset(said -> 'identities')
                 AS claim (epoch integer, digest text, person text)
            JOIN identity_epoch AS living USING (epoch)
            WHERE turns @> turn::integer AND turn <> ALL (refused) AND living.retired_at IS NULL
            ON CONFLICT (epoch, digest) DO UPDATE SET person = excluded.person;
        END IF;

        RETURN QUERY
        WITH said_of AS (
            SELECT turn::integer, said -> 'claim' AS claim, (said ->> 'at')::timestamptz AS at,
                   stream, version + topic.place AS version, topic.name AS topic,
                   written.place AS written_place, topic.place AS topic_place
            FROM jsonb_array_elements(commands) WITH ORDINALITY AS command (said, turn),
                 ROWS FROM (
                     jsonb_to_recordset(said -> 'writes')
                     AS (stream text, version bigint, topics jsonb)
                 ) WITH ORDINALITY AS written (stream, version, topics, place),
                 jsonb_array_elements_text(topics) WITH ORDINALITY AS topic (name, place)
            OFFSET 0  -- or the planner sorts the whole command along with each of its events
        ), line AS (
            SELECT turn, claim, at, stream, version, topic,
                   row_number() OVER (ORDER BY turn, written_place, topic_place) AS leaf
            FROM said_of
        ), placed_event AS MATERIALIZED (
            SELECT turn, claim, stream, version, topic, leaf,
                   coalesce(last_position, 0) + row_number() OVER in_order AS position,
                   greatest(max(at) OVER in_order, last_placed) AS at
            FROM line
            WHERE turns @> turn AND turn <> ALL (refused)
            WINDOW in_order AS (ORDER BY leaf)
        ), written AS (
            INSERT INTO event
                (originator_id, originator_version, topic, state, notification_id, placed_at)
            SELECT stream, version, topic, leaves[leaf], position, at FROM placed_event
        ), placed_command AS MATERIALIZED (
            SELECT turn, claim, min(position) AS first, max(position) AS last, max(at) AS at
            FROM placed_event GROUP BY turn, claim
        ), claimed AS (
            INSERT INTO idempotency
            SELECT account, key, decode(body_digest, 'hex'), status, first, last, replay, at
            FROM placed_command, jsonb_to_record(claim) AS claim
                 (account text, key text, body_digest text, status smallint, replay text)
            WHERE claim IS NOT NULL
        )
        SELECT turn, 'appended', NULL::text, first, last, at FROM placed_command;

        IF jsonb_path_exists(commands, '$[*].orders') THEN
            INSERT INTO sealing_key (key_id, epoch, ordered_by, destroyed_at)
            SELECT ordered.key_id, max(newest.epoch), min(ordered.ordered_at), min(ordered.at)
            FROM orders_behind(coalesce(last_position, 0)) AS ordered,
                 (SELECT max(epoch) AS epoch FROM wrapping_epoch) AS newest
            WHERE newest.epoch IS NOT NULL
            GROUP BY ordered.key_id
            ON CONFLICT (key_id) DO UPDATE SET ordered_by = excluded.ordered_by
            WHERE sealing_key.ordered_by IS NULL;
        END IF;
    END LOOP;
END
$$;

REVOKE EXECUTE ON FUNCTION refusals_of, concern_one_another, resumption, orders_behind
FROM PUBLIC;
