#!/bin/sh
# Brings the tables of Temporal up to the version of this temporal-sql-tool; a repeated run changes nothing.
# SQL_HOST, SQL_PORT, SQL_USER and SQL_PLUGIN are variables of the tool itself.
set -eu
SQL_PASSWORD=$(tr -d '\r\n' <"$SQL_PASSWORD_FILE")
export SQL_PASSWORD

up_to_date() {
    temporal-sql-tool --database "$1" setup-schema --version 0.0
    temporal-sql-tool --database "$1" update-schema --schema-name "$2"
}

up_to_date temporal postgresql/v12/temporal
up_to_date temporal_visibility postgresql/v12/visibility
