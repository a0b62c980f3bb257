#!/bin/sh
# Makes Temporal's two databases, or brings them to the schema of this version. Safe to run again.
set -eu
sql() {
  database=$1
  shift
  temporal-sql-tool --plugin postgres12 --endpoint "$POSTGRES_SEEDS" --port "$DB_PORT" --user "$POSTGRES_USER" \
    --database "$database" "$@"
}
for database in temporal temporal_visibility; do
  folder=${database#temporal_}
  sql "$database" create || true
  sql "$database" setup-schema --version 0.0
  sql "$database" update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$folder/versioned"
done
