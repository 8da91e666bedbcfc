-- The one way into the record, as in 0008, for a command of many events as well: each event went to
-- be sorted with its whole command, so that the time under the lock grew with the square of both.
-- Arguments, promises and outcomes are those of 0005 and 0008.
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
