-- What can be rebuilt belongs to the running application: it makes, fills and drops these tables.
-- A rebuild grows in a schema of its own and then takes the place of what people look at.

GRANT USAGE, CREATE ON SCHEMA :"views" TO :"application";

DO $$
DECLARE
    rebuild text := (parse_ident(':"views"'))[1] || '_rebuild';
BEGIN
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', rebuild);
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO :"application"', rebuild);
END
$$;
