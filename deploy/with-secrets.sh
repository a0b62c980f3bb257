#!/bin/sh
# Runs a command with NAME=<contents> for each NAME_FILE in the environment: for images that read no secrets from files. The values
# are in that process alone, not in the settings of its container.
set -eu
for name in $(env | sed -n 's/^\([A-Z][A-Z0-9_]*\)_FILE=\/run\/secrets\/.*/\1/p'); do
  eval "path=\$${name}_FILE"
  value=$(cat "$path")
  export "$name=$value"
  unset "${name}_FILE"
done
exec "$@"
