-- When things were appended, and how far the clock may carry the record.

-- Whether the record is a demonstration. Its origin is for ever, so each session looks once.
CREATE FUNCTION is_demonstration() RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT EXISTS (SELECT FROM :"schema".origin WHERE origin LIKE '%/demo')
$$;

-- The latest time to which the record may be carried, where its last event is of last_placed: a
-- minute ahead of the database's own clock, and no more than 400 days further at once, for both
-- clocks may be one. NULL, and no bound, in a demonstration, whose clock can be set.
CREATE FUNCTION latest_time(last_placed timestamptz) RETURNS timestamptz
LANGUAGE sql AS $$
    SELECT CASE WHEN NOT :"schema".is_demonstration() THEN
        least(clock_timestamp() + interval '1 minute', last_placed + interval '400 days')
    END
$$;

REVOKE EXECUTE ON FUNCTION is_demonstration, latest_time FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_demonstration, latest_time TO :"application";

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
