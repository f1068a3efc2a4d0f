#!/usr/bin/env bash
# How much the engine adds to a step, beside a shell loop and ansible-playbook, all in one run on this machine.
#   bench/engine.sh [RUNS]     RUNS: how often each is measured (default 5); medians are printed
# Needs ansible-core for the comparison (Debian: apt-get install ansible-core); without it that row is left out, and said so.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-5}
steps=50
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export WHYDUNIT_STATE=$work/state

{
  echo "runbook: fifty_steps"
  echo "title: Fifty steps that do nothing"
  echo "symptom: none"
  echo "hypotheses:"
  echo "  anything: {claim: Anything at all}"
  echo "steps:"
  for i in $(seq $steps); do echo "  s$i: {host_command: {run: [/bin/true]}}"; done
} >"$work/fifty.yaml"
{
  echo "runbook: one_step"
  echo "title: One step that does nothing"
  echo "symptom: none"
  echo "hypotheses:"
  echo "  anything: {claim: Anything at all}"
  echo "steps:"
  echo "  s1: {host_command: {run: [/bin/true]}}"
} >"$work/one.yaml"
{
  echo "- hosts: localhost"
  echo "  connection: local"
  echo "  gather_facts: false"
  echo "  tasks:"
  for i in $(seq $steps); do echo "  - command: /bin/true"; done
} >"$work/fifty.ansible.yml"

median() { sort -g | awk '{a[NR]=$1} END {print (NR % 2) ? a[(NR+1)/2] : (a[NR/2]+a[NR/2+1])/2}'; }
now() { date +%s.%N; }

./whydunit version >/dev/null            # builds and trains, when that is still to be done
./whydunit run "$work/fifty.yaml" --no-input -o json >/dev/null 2>&1

for _ in $(seq "$runs"); do
  begun=$(now); for _ in $(seq $steps); do /bin/true; done; ended=$(now)
  awk "BEGIN {print ($ended - $begun) / $steps * 1000}" >>"$work/shell"
  ./whydunit run "$work/fifty.yaml" --parallel 1 --no-input -o json 2>/dev/null |
    python3 -c "
import json, sys
from datetime import datetime
s = json.load(sys.stdin)
t = lambda x: datetime.fromisoformat(x.replace('Z', '+00:00')[:26].rstrip('Z').split('+')[0])
print((t(s['endedAt']) - t(s['startedAt'])).total_seconds() / $steps * 1000)" >>"$work/engine"
  if command -v ansible-playbook >/dev/null; then
    begun=$(now); ANSIBLE_NOCOLOR=1 ansible-playbook -i localhost, "$work/fifty.ansible.yml" >/dev/null 2>&1; ended=$(now)
    awk "BEGIN {print ($ended - $begun) / $steps * 1000}" >>"$work/ansible"
  fi
  begun=$(now); ./whydunit version >/dev/null; ended=$(now)
  awk "BEGIN {print $ended - $begun}" >>"$work/version"
  begun=$(now); ./whydunit run "$work/one.yaml" --no-input >/dev/null 2>&1; ended=$(now)
  awk "BEGIN {print $ended - $begun}" >>"$work/one"
done

shell=$(median <"$work/shell"); engine=$(median <"$work/engine")
printf 'shell loop        %8.2f ms a step\n' "$shell"
printf 'whydunit          %8.2f ms a step   %.2f× the shell loop (goal: at most 2)\n' "$engine" "$(awk "BEGIN {print $engine / $shell}")"
if [ -s "$work/ansible" ]; then
  ansible=$(median <"$work/ansible")
  printf 'ansible-playbook  %8.2f ms a task   %.1f× whydunit (goal: at least 40)\n' "$ansible" "$(awk "BEGIN {print $ansible / $engine}")"
else
  echo "ansible-playbook  not installed: not compared"
fi
printf 'version           %8.2f s            (goal: at most 0.35)\n' "$(median <"$work/version")"
printf 'run, one step     %8.2f s            (goal: at most 0.8)\n' "$(median <"$work/one")"
if [ -x /usr/bin/time ]; then
  /usr/bin/time -f %M -o "$work/rss" ./whydunit run "$work/fifty.yaml" --no-input >/dev/null 2>&1
  printf 'peak memory       %8.0f MB           (goal: at most 150)\n' "$(awk '{print $1 / 1024}' "$work/rss")"
fi

mkdir "$work/thousand"
for i in $(seq 1000); do sed "s/^runbook: .*/runbook: web_slowdown_$i/" runbooks/web_slowdown.yaml >"$work/thousand/r$i.yaml"; done
begun=$(now); ./whydunit runbook lint "$work/thousand" >/dev/null; ended=$(now)
printf 'lint 1,000 files  %8.2f s            (goal: at most 5)\n' "$(awk "BEGIN {print $ended - $begun}")"
