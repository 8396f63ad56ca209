#!/bin/sh
# The roles and databases of the service and of Temporal; run once, on an empty PostgreSQL, by its superuser.
# Each password is read from the file that a variable names, and the server is told not to log what it is asked.
set -eu

password() {
    tr -d '\r\n' <"$1"
}

psql --no-psqlrc --set=ON_ERROR_STOP=1 --quiet --username "$POSTGRES_USER" --dbname postgres <<SQL
SET log_statement = 'none';
SET log_min_error_statement = 'panic';

CREATE ROLE uide_owner LOGIN PASSWORD '$(password "$UIDE_OWNER_PASSWORD_FILE")';
CREATE ROLE uide_app LOGIN PASSWORD '$(password "$UIDE_APP_PASSWORD_FILE")';
CREATE ROLE temporal LOGIN PASSWORD '$(password "$TEMPORAL_PASSWORD_FILE")';

CREATE DATABASE uide OWNER uide_owner TEMPLATE template0 ENCODING 'UTF8';
CREATE DATABASE temporal OWNER temporal TEMPLATE template0 ENCODING 'UTF8';
CREATE DATABASE temporal_visibility OWNER temporal TEMPLATE template0 ENCODING 'UTF8';

-- An owner keeps its own rights; nobody else gets into a database that is not his.
REVOKE ALL ON DATABASE uide, temporal, temporal_visibility FROM PUBLIC;
GRANT CONNECT ON DATABASE uide TO uide_app;
SQL
