#!/usr/bin/env bash
# How many investigations a server does in a second on PostgreSQL, beside pgbench on the same PostgreSQL, all in one run on this machine.
#   bench/server.sh [INVESTIGATIONS]     how many are done for the rate (default 2000)
# Needs PostgreSQL's server and contrib programs (Debian: apt-get install postgresql) and python3. Starts a cluster of its own, with
# PostgreSQL's own settings: every commit waits for the disk.
set -euo pipefail
cd "$(dirname "$0")/.."
count=${1:-2000}
stored=${STORED:-100000}
waiting=${WAITING:-500}
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
work=$(mktemp -d)
chmod 755 "$work"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
server=
web=
as_postgres=()
[ "$(id -u)" != 0 ] || as_postgres=(setpriv --reuid=postgres --regid=postgres --clear-groups)

finish() {
  [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
  [ -z "$web" ] || kill "$web" 2>/dev/null || true
  "${as_postgres[@]}" "$bin/pg_ctl" -D "$work/pg" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap finish EXIT

mkdir "$work/pg" "$work/books"
[ "$(id -u)" != 0 ] || chown postgres: "$work/pg"
(cd / && "${as_postgres[@]}" "$bin/initdb" -D "$work/pg" -A trust -U whydunit >/dev/null)
(cd / && "${as_postgres[@]}" "$bin/pg_ctl" -D "$work/pg" -w -l "$work/pg/log" \
  -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" start >/dev/null)
export PGHOST=127.0.0.1 PGPORT=$port PGUSER=whydunit
createdb bench
createdb whydunit
sql() { psql -qAt whydunit -c "$1"; }

steps() { for i in 1 2 3 4 5; do echo "  s$i: {$1, always: true, findings: {seen: {when: 'true', supports: {anything: weak}}}}"; done; }
book() {
  printf 'runbook: %s\ntitle: Nothing\nsymptom: none\nhypotheses:\n  anything: {claim: Anything, remedy: Look.}\nsteps:\n' "$1"
  steps "$2"
}
book nothing "log_query: {source: empty, query: '*', over: 1m}" >"$work/books/nothing.yaml"
book commands "host_command: {run: [/bin/true]}" >"$work/books/commands.yaml"
{
  printf 'runbook: waiting\ntitle: Ten seconds\nsymptom: none\nhypotheses:\n  anything: {claim: Anything, remedy: Look.}\nsteps:\n'
  printf "  s1: {http_check: {url: 'http://127.0.0.1:%s/'}, timeout: 60s, findings: {seen: {when: 'true', supports: {anything: strong}}}}\n" "$((port + 1))"
} >"$work/books/waiting.yaml"
: >"$work/empty.log"
cat >"$work/whydunit.yaml" <<YAML
receivers: {open: {kind: generic, auth: none}}
sources: {empty: {kind: files, paths: ['$work/empty.log'], format: auto, max_at_once: 9999}}
database: {url: 'jdbc:postgresql://127.0.0.1:$port/whydunit', user: whydunit}
runbooks: ['$work/books']
YAML

# Starts the server, and sets took to the seconds until it was ready.
serve() {
  local begun
  begun=$(date +%s.%N)
  WHYDUNIT_ADMIN_TOKEN=bench ./whydunit serve --config "$work/whydunit.yaml" --state "$work/state" --port 0 2>"$work/said" &
  server=$!
  until grep -q "ready on" "$work/said"; do
    kill -0 "$server" 2>/dev/null || { cat "$work/said" >&2; exit 1; }
    sleep 0.02
  done
  took=$(awk "BEGIN {printf \"%.2f\", $(date +%s.%N) - $begun}")
  url=$(sed -n 's/.*ready on //p' "$work/said")
}
stop() { kill "$server"; wait "$server" 2>/dev/null || true; server=; }

# Puts so many of a runbook into the queue in one statement, so that nobody's requests take the processors.
queue() {
  sql "with new as (insert into investigation (id, runbook, environment, started_at, state, request)
    select '$1-$2-' || n, '$1', 'default', to_char(now() at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), 'queued',
      '{\"runbook\":\"$1\",\"trigger\":\"api\",\"alert\":{},\"inputs\":{}}' from generate_series(1, $2) n returning id)
    insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version, consecutive_failures)
    select 'investigate', id, now(), false, 1, 0 from new"
}
wait_for() { until [ "$(sql "select count(*) from investigation where runbook = '$1' and id like '$1-$2-%' and state <> 'ended'")" = 0 ]; do sleep 0.1; done; }

# Engine time, from the start of each to its end, of those whose ids begin so.
times() {
  sql "select round(percentile_cont(0.5) within group (order by ms)), round(percentile_cont(0.95) within group (order by ms))
    from (select extract(epoch from (max(at::timestamptz) - min(at::timestamptz))) * 1000 ms from event
      where investigation like '$1%' group by investigation) t" | sed 's/|/ ms, p95 /; s/$/ ms/'
}


serve
queue ${RB:-nothing} 1500; wait_for ${RB:-nothing} 1500
pid=$(pgrep -f "state $work/state" | head -1)
cpu() { awk '{print ($14+$15)/100}' /proc/$1/stat; }
pgcpu() { for p in $(pgrep -f "whydunit whydunit 127|$work/pg"); do awk '{print $14+$15}' /proc/$p/stat 2>/dev/null; done | awk '{s+=$1} END {print s/100}'; }
c0=$(cpu $pid); p0=$(pgcpu); begun=$(date +%s.%N)
[ -z "${JFR:-}" ] || /usr/lib/jvm/temurin-25-jdk-amd64/bin/jcmd $pid JFR.start settings=profile filename=/tmp/prof/rec.jfr >/dev/null
queue ${RB:-nothing} $count; wait_for ${RB:-nothing} $count
took=$(awk "BEGIN {print $(date +%s.%N) - $begun}")
[ -z "${JFR:-}" ] || /usr/lib/jvm/temurin-25-jdk-amd64/bin/jcmd $pid JFR.stop name=1 filename=/tmp/prof/rec.jfr >/dev/null
echo "$count in $took s; server cpu $(awk "BEGIN {print ($(cpu $pid) - $c0)/$count*1000}") ms each; pg cpu $(awk "BEGIN {print ($(pgcpu)-$p0)/$count*1000}") ms each; load $(cat /proc/loadavg)"
times "${RB:-nothing}-$count"
sql "select type, count(*) from event where investigation='${RB:-nothing}-$count-7' group by 1"
sql "select sum(xact_commit) from pg_stat_database"
stop
