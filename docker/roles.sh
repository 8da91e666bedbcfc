#!/bin/sh
# Run once by the PostgreSQL image, as superuser: the owner, who migrates, and the application,
# which owns nothing. Passwords reach psql as variables and are quoted there.
set -eu

psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 --quiet \
    --set owner_password="$OWNER_PASSWORD" --set application_password="$APPLICATION_PASSWORD" <<'SQL'
CREATE ROLE mingjian_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE mingjian_app LOGIN PASSWORD :'application_password';
CREATE DATABASE mingjian OWNER mingjian_owner TEMPLATE template0;
REVOKE ALL ON DATABASE mingjian FROM PUBLIC;
GRANT CONNECT ON DATABASE mingjian TO mingjian_app;
SQL
