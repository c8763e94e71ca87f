#!/usr/bin/env bash
set -euo pipefail
usage() {
  cat <<USAGE
Usage: entrypoint.sh
  alembic upgrade head   brings the database up to date
USAGE
}
echo "Running: alembic upgrade head"
printf '%s\n' 'alembic upgrade head'
# alembic upgrade head
if [[ -n "${_SHOP_DB_MIGRATE=}" ]]; then
  : "alembic upgrade head"
  alembic upgrade "${TARGET:-head}" || { echo "alembic upgrade head failed" >&2; exit 1; }
fi
alembic upgrade ae1027a6acf
alembic upgrade +1
git commit -m "alembic upgrade head"
grep -q "alembic upgrade head" README.md
alembic upgrade head --sql | cat
ssh shop@host <<'REMOTE'
  cd /srv/shop
  timeout 300 alembic upgrade head
REMOTE
ALEMBIC_CONFIG=/etc/alembic.ini exec alembic upgrade head
