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
  : >"$work/said"
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

echo "load before: $(cut -d' ' -f1-3 /proc/loadavg), $(nproc) processors"
pgbench -q -i -s 5 bench >/dev/null 2>&1
pg=$(pgbench -c 8 -j 2 -T 8 bench 2>/dev/null | sed -n 's/^tps = \([0-9.]*\).*/\1/p')
printf 'pgbench, 8 clients              %8.0f transactions a second\n' "$pg"

serve
stop
serve
printf 'serve, empty database           %8s s until ready\n' "$took"

# The rate: all are in the queue at once. The first run warms the JVM up.
for runbook in nothing commands; do
  queue $runbook 500
  wait_for $runbook 500
  begun=$(date +%s.%N)
  queue $runbook "$count"
  wait_for $runbook "$count"
  rate=$(awk "BEGIN {print $count / ($(date +%s.%N) - $begun)}")
  what='five log queries'
  [ $runbook = nothing ] || what='five times /bin/true'
  printf '%-31s %8.0f investigations a second (pgbench: %.0f; aim: 100 on 4 processors)\n' "$what" "$rate" "$pg"
done

# The engine's time at a rate that the server can do.
cat >"$work/send.py" <<'PY'
import http.client, json, sys, threading, time
host, port, runbook, rate, seconds = sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4]), float(sys.argv[5])
begin, taken, lock, number = time.time() + 0.1, 0, threading.Lock(), [0]
def send():
    connection = http.client.HTTPConnection(host, port)
    while True:
        with lock:
            n = number[0]
            number[0] += 1
        at = begin + n / rate
        if at > begin + seconds:
            return
        time.sleep(max(0, at - time.time()))
        connection.request("POST", "/api/investigations", json.dumps({"runbook": runbook}),
                           {"Authorization": "Bearer bench", "Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 202, answer.status
threads = [threading.Thread(target=send) for _ in range(16)]
[t.start() for t in threads]
[t.join() for t in threads]
PY
for rate in 10 50 100; do
  sql "delete from event where investigation not like '%-%-%'; delete from investigation where runbook = 'nothing' and id not like 'nothing-%'" 2>/dev/null || true
  python3 "$work/send.py" 127.0.0.1 "${url##*:}" nothing "$rate" 8
  until [ "$(sql "select count(*) from investigation where state <> 'ended'")" = 0 ]; do sleep 0.1; done
  printf 'engine time at %3s a second      p50 %s (aim: p95 at most 100 ms)\n' "$rate" "$(times 2)"
  sql "delete from event where investigation like '2%'; delete from investigation where id like '2%'"
done

# So many that wait ten seconds each, in the heap that the launcher gives (400 MB).
cat >"$work/slow.py" <<'PY'
import http.server, socketserver, sys, time
class Slow(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(10)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")
    def log_message(self, *_): pass
class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 1024
Server(("127.0.0.1", int(sys.argv[1])), Slow).serve_forever()
PY
python3 "$work/slow.py" "$((port + 1))" &
web=$!
begun=$(date +%s.%N)
queue waiting "$waiting"
most=0
until [ "$(sql "select count(*) from investigation where runbook = 'waiting' and state <> 'ended'")" = 0 ]; do
  now=$(sql "select count(*) from investigation where runbook = 'waiting' and state = 'running'")
  [ "$now" -le "$most" ] || most=$now
  sleep 0.2
done
printf '%s that wait 10 s             %8.1f s for all of them, %s at the same time, -Xmx400m\n' "$waiting" \
  "$(awk "BEGIN {print $(date +%s.%N) - $begun}")" "$most"
stop

# With many stored.
sql "insert into investigation (id, runbook, environment, started_at, ended_at, status, path, probability, state)
  select 'old-' || n, 'nothing', 'default', to_char(timestamp '2026-01-01' + n * interval '1 minute', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),
    to_char(timestamp '2026-01-01' + n * interval '1 minute', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), 'concluded', 'anything', 0.99, 'ended'
  from generate_series(1, $stored) n"
sql "insert into event (investigation, seq, type, at, body, hash)
  select 'old-' || n, e, 'belief_moved', '2026-01-01T00:00:00Z', '{\"type\":\"belief_moved\",\"at\":\"2026-01-01T00:00:00Z\",\"belief\":{}}', md5(n || '-' || e)
  from generate_series(1, $stored) n, generate_series(1, 10) e"
sql "insert into step_duration (runbook, step, at, seconds)
  select 'nothing', 's' || s, to_char(timestamp '2026-01-01' + n * interval '1 minute', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), 0.01
  from generate_series(1, $stored) n, generate_series(1, 5) s"
sql "analyze"
serve
printf 'serve, %s stored            %8s s until ready\n' "$stored" "$took"
page=$(for _ in $(seq 20); do curl -s -o /dev/null -w '%{time_total}\n' -H 'Authorization: Bearer bench' "$url/api/investigations?limit=100"; done |
  sort -g | sed -n '10p;19p' | tr '\n' ' ')
printf 'a list page of 100              p50, p95 %s s (aim: at most 0.1)\n' "$page"
queue nothing 501
begun=$(date +%s.%N)
wait_for nothing 501
printf 'five log queries, %s stored  %8.0f investigations a second\n' "$stored" "$(awk "BEGIN {print 501 / ($(date +%s.%N) - $begun)}")"
stop
echo "load after: $(cut -d' ' -f1-3 /proc/loadavg)"
