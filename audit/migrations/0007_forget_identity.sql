-- Which documents belonged to somebody who was erased goes with the key that sealed the documents,
-- and not before: an order on record stands behind every destroyed key.
CREATE FUNCTION forget_identity(erased text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = :"schema", pg_temp AS $$
    WITH gone AS (
        DELETE FROM identity
        WHERE person = erased
          AND EXISTS (
              SELECT FROM sealing_key WHERE key_id = erased || '/official/1' AND wrapped IS NULL
          )
        RETURNING 1
    )
    SELECT count(*) FROM gone
$$;

REVOKE EXECUTE ON FUNCTION forget_identity FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_identity TO :"application";
