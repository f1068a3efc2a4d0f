# For the benchmarks of the server, which source this: a folder for the run, a PostgreSQL of its own with PostgreSQL's own settings (every commit
# waits for the disk), servers that are started and ended, and all of it gone at the end.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
chmod 755 "$work"
declare -A pids=()
bin=
port=
as_postgres=()
[ "$(id -u)" != 0 ] || as_postgres=(setpriv --reuid=postgres --regid=postgres --clear-groups)

# need PROGRAM PACKAGE…: ends with what to install when one is missing.
need() {
  local missing=()
  while [ $# -gt 0 ]; do
    command -v "$1" >/dev/null || missing+=("$2")
    shift 2
  done
  ls -d /usr/lib/postgresql/*/bin >/dev/null 2>&1 || missing+=(postgresql)
  [ ${#missing[@]} = 0 ] || { echo "needs Debian's packages: apt-get install ${missing[*]}" >&2; exit 1; }
  bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
}

end() {
  [ -z "${pids[$1]:-}" ] || { kill "${pids[$1]}" && wait "${pids[$1]}"; } 2>/dev/null || true
  unset "pids[$1]"
}

finish() {
  local name
  for name in "${!pids[@]}"; do end "$name"; done
  [ -z "$port" ] || (cd / && "${as_postgres[@]}" "$bin/pg_ctl" -D "$work/pg" -m immediate stop >/dev/null 2>&1) || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# Begins PostgreSQL, with the databases that are named; further settings in PG_OPTIONS.
begin_postgres() {
  port=$(free_port)
  mkdir "$work/pg"
  [ "$(id -u)" != 0 ] || chown postgres: "$work/pg"
  (cd / && "${as_postgres[@]}" "$bin/initdb" -D "$work/pg" -A trust -U whydunit >/dev/null)
  (cd / && "${as_postgres[@]}" "$bin/pg_ctl" -D "$work/pg" -w -l "$work/pg/log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' ${PG_OPTIONS:-}" start >/dev/null)
  export PGHOST=127.0.0.1 PGPORT=$port PGUSER=whydunit
  local database
  for database in "$@"; do createdb "$database"; done
}

# book NAME STEP…: a runbook of these steps, each of which must be looked at.
book() {
  local name=$1 i=0
  shift
  printf 'runbook: %s\ntitle: %s\nsymptom: none\nhypotheses:\n  anything: {claim: Anything, remedy: Look.}\nsteps:\n' "$name" "$name" >"$work/books/$name.yaml"
  for step in "$@"; do
    i=$((i + 1))
    echo "  s$i: {$step, always: true, findings: {seen: {when: 'true', supports: {anything: weak}}}}" >>"$work/books/$name.yaml"
  done
}
log_query="log_query: {source: empty, query: '*', over: 1m}"
mkdir "$work/books"
: >"$work/empty.log"

# configure NAME [DATABASE]: the configuration of a server, with an embedded database when none is named.
configure() {
  {
    echo "receivers: {open: {kind: alertmanager, auth: none, per_minute: 100000000}}"
    echo "sources: {empty: {kind: files, paths: ['$work/empty.log'], format: auto, max_at_once: 9999}}"
    echo "incidents: {default_runbook: nothing}"
    echo "runbooks: ['$work/books']"
    [ -z "${2:-}" ] || echo "database: {url: 'jdbc:postgresql://127.0.0.1:$port/$2', user: whydunit}"
  } >"$work/$1.yaml"
}

# serve NAME: starts the server of that configuration; sets url, and took to the seconds until it was ready.
serve() {
  local begun
  begun=$(date +%s.%N)
  : >"$work/$1.said"
  WHYDUNIT_ADMIN_TOKEN=bench ./whydunit serve --config "$work/$1.yaml" --state "$work/$1.state" --port 0 2>"$work/$1.said" &
  pids[$1]=$!
  until grep -q "ready on" "$work/$1.said"; do
    kill -0 "${pids[$1]}" 2>/dev/null || { cat "$work/$1.said" >&2; exit 1; }
    sleep 0.02
  done
  took=$(awk "BEGIN {printf \"%.2f\", $(date +%s.%N) - $begun}")
  url=$(sed -n 's/.*ready on //p' "$work/$1.said")
}

load() { echo "load $1: $(cut -d' ' -f1-3 /proc/loadavg), $(nproc) processors"; }
