#!/bin/sh
# Makes the folder `secrets` that docker-compose.yml reads, a file for each secret: with what `.env` says, where it says something;
# else those that are ours at random, those that others give empty (not set). A file that is there stays. The folder is its owner's; its
# files are read by the users of the containers.
set -eu
folder=${1:-secrets}
umask 022
mkdir -p "$folder"
chmod 700 "$folder"
taken=
# The last value of the name in `.env`, without the quotes that may stand around it.
said() {
  [ -e .env ] || return 0
  sed -n "s/^$1=//p" .env | tail -n 1 | sed "s/\r\$//; s/^'\(.*\)'\$/\1/; s/^\"\(.*\)\"\$/\1/"
}
put() {
  [ -e "$folder/$1" ] && return
  value=$(said "$1")
  [ -z "$value" ] || taken="$taken $1"
  printf '%s' "${value:-$2}" > "$folder/$1"
  chmod 444 "$folder/$1"
}
random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }
for name in POSTGRES_PASSWORD HASSO_OWNER_PASSWORD HASSO_APP_PASSWORD TEMPORAL_DB_PASSWORD SESSION_SECRET PERSONAL_DATA_KEY; do
  put "$name" "$(random)"
done
put TEMPORAL_CODEC_KEYS "a:$(random)"
for name in TEMPORAL_API_KEY SMTP_PASSWORD BOUNCE_IMAP_URL BOUNCE_WEBHOOK_SECRET S3_SECRET_ACCESS_KEY \
  SIGNING_P12_PASSPHRASE OIDC_CLIENT_SECRET NTA_APPLICATION_ID YENTE_API_KEY TWILIO_AUTH_TOKEN; do
  put "$name" ''
done
[ -z "$taken" ] || echo "Taken from .env, which no container is given (delete it there):$taken"
echo "$folder: keep a copy of PERSONAL_DATA_KEY where no backup of the database lies."
