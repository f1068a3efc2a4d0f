#!/usr/bin/env bash
# From an alert to the verdict of a runbook of three steps, on a server with nothing else to do, with either database.
#   bench/verdict.sh [ALERTS]       how many, one after the other (default 60)
# Needs Debian's packages postgresql and python3.
. "$(dirname "$0")/serving.sh"
count=${1:-60}
need python3 python3
begin_postgres whydunit
book nothing "$log_query" "host_command: {run: [/bin/true]}" "$log_query"
configure embedded
configure postgresql whydunit

load before
for database in embedded postgresql; do
  serve $database
  printf 'alert to verdict, %-12s %s (aim: p50 at most 150 ms)\n' "$database" "$(python3 bench/verdict.py "$url" "$count")"
  end $database
done
load after
