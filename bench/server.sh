#!/usr/bin/env bash
# How many investigations a server does in a second on PostgreSQL, beside pgbench on the same PostgreSQL, all in one run on this machine.
#   bench/server.sh [INVESTIGATIONS]     how many are done for the rate (default 2000)
# Needs Debian's packages postgresql, python3 and curl.
. "$(dirname "$0")/serving.sh"
count=${1:-2000}
stored=${STORED:-100000}
waiting=${WAITING:-500}
need python3 python3 curl curl
begin_postgres bench whydunit
sql() { psql -qAt whydunit -c "$1"; }

book nothing "$log_query" "$log_query" "$log_query" "$log_query" "$log_query"
true="host_command: {run: [/bin/true]}"
book commands "$true" "$true" "$true" "$true" "$true"
web=$(free_port)
book waiting "http_check: {url: 'http://127.0.0.1:$web/'}, timeout: 60s"
configure server whydunit

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

load before
pgbench -q -i -s 5 bench >/dev/null 2>&1
pg=$(pgbench -c 8 -j 2 -T 8 bench 2>/dev/null | sed -n 's/^tps = \([0-9.]*\).*/\1/p')
printf 'pgbench, 8 clients              %8.0f transactions a second\n' "$pg"

serve server
end server
serve server
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
python3 "$work/slow.py" "$web" &
pids[slow]=$!
# What the heap holds, in megabytes, garbage included; and the most that it may.
heap() {
  curl -s -H 'Authorization: Bearer bench' "$url/actuator/prometheus" |
    awk -v name="jvm_memory_$1_bytes" 'index($0, name "{area=\"heap\"") == 1 && $NF > 0 {sum += $NF} END {printf "%.0f\n", sum / 1048576}'
}
limit=$(curl -s -H 'Authorization: Bearer bench' "$url/actuator/prometheus" |
  awk 'index($0, "jvm_memory_max_bytes{area=\"heap\"") == 1 && $NF > most {most = $NF} END {printf "%.0f\n", most / 1048576}')
begun=$(date +%s.%N)
queue waiting "$waiting"
most=0
peak=0
until [ "$(sql "select count(*) from investigation where runbook = 'waiting' and state <> 'ended'")" = 0 ]; do
  now=$(sql "select count(*) from investigation where runbook = 'waiting' and state = 'running'")
  [ "$now" -le "$most" ] || most=$now
  used=$(heap used)
  [ "$used" -le "$peak" ] || peak=$used
  sleep 0.2
done
printf '%s that wait 10 s             %8.1f s for all of them, %s at the same time; heap at most %s MB of %s MB\n' "$waiting" \
  "$(awk "BEGIN {print $(date +%s.%N) - $begun}")" "$most" "$peak" "$limit"
end server

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
sql "insert into incident (id, number, status, title, severity, origin, services, hosts, group_keys, firing, alerts, opened_at, last_alert_at, resolved_at)
  select 'inc-' || n, n, 'closed', 'Slow (shop)', 'critical', 'shop', '[\"shop\"]', '[\"web1\"]', '[\"{}:{service=shop}\"]', '{}', 1,
    t, t, t from (select n, to_char(timestamp '2026-01-01' + n * interval '1 minute', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') t from generate_series(1, $stored) n) x"
sql "insert into incident_event (incident, seq, at, type, body) select 'inc-' || n, e, '2026-01-01T00:00:00Z', case e when 2 then 'assigned' else 'alert' end, 'team-shop'
  from generate_series(1, $stored) n, generate_series(1, 3) e"
sql "insert into alert (id, receiver, event, fingerprint, status, labels, annotations, starts_at, url, group_key, received_at, incident)
  select lpad(n::text, 17, '0') || 'old', 'open', 'e' || n, md5(n::text), 'firing', '{\"alertname\":\"Slow\",\"service\":\"shop\",\"instance\":\"web1:9100\",\"severity\":\"critical\"}',
    '{\"summary\":\"the shop is slow\"}', '2026-01-01T00:00:00Z', '', '{}:{service=shop}', '2026-01-01T00:00:00Z', 'inc-' || n from generate_series(1, $stored) n"
sql "analyze"
serve server
printf 'serve, %s stored            %8s s until ready\n' "$stored" "$took"
# The very first request of a server's life is the slowest: it is in the figures.
for list in investigations incidents alerts; do
  for _ in $(seq 200); do
    curl -s -o /dev/null -w '%{time_total}\n' -H 'Authorization: Bearer bench' "$url/api/$list?limit=100"
  done >"$work/taken"
  printf '/api/%-26s p50 %s, p95 %s, p99 %s, the first %s ms (aim: p95 at most 100)\n' "$list?limit=100" \
    $(for at in 100 190 198; do sort -g "$work/taken" | sed -n "${at}p"; done | cat - <(head -1 "$work/taken") | awk '{printf "%.0f ", $1 * 1000}')
done
queue nothing 501
begun=$(date +%s.%N)
wait_for nothing 501
printf 'five log queries, %s stored  %8.0f investigations a second\n' "$stored" "$(awk "BEGIN {print 501 / ($(date +%s.%N) - $begun)}")"
end server
load after
