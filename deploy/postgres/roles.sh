#!/bin/sh
# Runs once, when the database server's volume is empty: the roles that docs/running.md describes, and Temporal's.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" \
  --set owner_password="$HASSO_OWNER_PASSWORD" \
  --set app_password="$HASSO_APP_PASSWORD" \
  --set temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
CREATE ROLE hasso_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE hasso_app LOGIN PASSWORD :'app_password';
CREATE ROLE temporal LOGIN CREATEDB PASSWORD :'temporal_password';
CREATE DATABASE hasso OWNER hasso_owner;
REVOKE ALL ON DATABASE hasso FROM PUBLIC;
GRANT CONNECT ON DATABASE hasso TO hasso_app;
SQL
