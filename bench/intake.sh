#!/usr/bin/env bash
# Alerts a second that are accepted and committed, beside adnanh/webhook, which answers the same requests after it has run /bin/true: one
# alert a request, 32 connections that are kept, one after the other in turns, in one run on this machine.
#   bench/intake.sh [ROUNDS] [SECONDS]     default 5 rounds of 6 seconds each, after 20 seconds to warm up
# Needs Debian's packages wrk, webhook, postgresql, python3, sqlite3 and curl.
. "$(dirname "$0")/serving.sh"
rounds=${1:-5}
seconds=${2:-6}
warm=${WARM:-20}
need wrk wrk webhook webhook python3 python3 sqlite3 sqlite3 curl curl
begin_postgres whydunit
book nothing "$log_query" "$log_query" "$log_query"
configure embedded
configure postgresql whydunit

cat >"$work/hooks.json" <<'JSON'
[{"id": "true", "execute-command": "/bin/true", "include-command-output-in-response": true}]
JSON
peer=$(free_port)
webhook -hooks "$work/hooks.json" -ip 127.0.0.1 -port "$peer" >"$work/webhook.log" 2>&1 &
pids[webhook]=$!
serve embedded
embedded=$url
serve postgresql
postgresql=$url
declare -A urls=([webhook]=http://127.0.0.1:$peer/hooks/true [embedded]=$embedded/webhooks/open [postgresql]=$postgresql/webhooks/open)
declare -A accepted=([embedded]=0 [postgresql]=0 [webhook]=0)
until curl -s -o /dev/null "${urls[webhook]}"; do sleep 0.05; done

# send NAME RUN SECONDS: prints the rate and the 99th percentile in milliseconds, and keeps account of the answers.
send() {
  wrk -t2 -c32 -d"$3s" --timeout 10s --latency -s bench/alerts.lua "${urls[$1]}" -- "$2" >"$work/wrk"
  ! grep -E 'Non-2xx|Socket errors' "$work/wrk" >&2 || { echo "$1: not every request was answered with 2xx" >&2; exit 1; }
  accepted[$1]=$((accepted[$1] + $(sed -n 's/^ *\([0-9]*\) requests in.*/\1/p' "$work/wrk")))
  python3 - "$work/wrk" >"$work/$1.$2" <<'PY'
import re, sys
text = open(sys.argv[1]).read()
number, unit = re.search(r"99%\s+([0-9.]+)(us|ms|s)", text).groups()
print(re.search(r"Requests/sec:\s+([0-9.]+)", text).group(1), float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit])
PY
}
median() { cat "$work/$1".r* | cut -d' ' -f"$2" | sort -g | sed -n "$(((rounds + 1) / 2))p"; }

load before
for name in webhook embedded postgresql; do send $name warm "$warm"; done
for round in $(seq "$rounds"); do
  for name in webhook embedded postgresql; do send $name "r$round" "$seconds"; done
done
load after
beside=$(median webhook 1)
printf '%-34s %8.0f a second, p99 %6.1f ms\n' 'adnanh/webhook, /bin/true' "$beside" "$(median webhook 2)"
for name in embedded postgresql; do
  rate=$(median $name 1)
  printf '%-34s %8.0f a second, p99 %6.1f ms: %.1f times as many (goal: 5)\n' "committed, $name" "$rate" "$(median $name 2)" \
    "$(awk "BEGIN {print $rate / $beside}")"
done

# A request that was cut off at the end of a round may have been stored and not counted: never the other way round.
check() {
  echo "$1: ${accepted[$1]} answered with 202, $2 stored"
  [ "$2" -ge "${accepted[$1]}" ] && [ "$2" -le $((accepted[$1] + 32 * (rounds + 1))) ] || { echo "$1: alerts were lost" >&2; exit 1; }
}
sleep 2
check embedded "$(sqlite3 "$work/embedded.state/journal.db" 'select count(*) from alert')"
check postgresql "$(psql -qAt whydunit -c 'select count(*) from alert')"
