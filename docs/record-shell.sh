#!/usr/bin/env bash
# Records a session in the shell as text, from the real program in a real terminal (tmux): what stands in the README.
#   usage: docs/record-shell.sh            prints it; takes about a minute
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
work=$(mktemp -d)
tmux=(tmux -S "$work/socket" -f /dev/null)
trap '"${tmux[@]}" kill-server 2>/dev/null || true; rm -rf "$work"' EXIT

"$home/whydunit" version >/dev/null
"${tmux[@]}" -u new-session -d -x 100 -y 60 -e WHYDUNIT_STATE="$work/state" -e LANG=C.UTF-8 -e NO_COLOR=1 -c "$work" "$home/whydunit; exec cat"

screen() { "${tmux[@]}" capture-pane -p; }
# Waits until the screen has a line that matches.
shown() {
  for _ in $(seq 600); do
    screen | grep -qE -- "$1" && return 0
    sleep 0.2
  done
  echo "'$1' was not shown; the screen was:" >&2
  screen >&2
  exit 1
}
keys() { "${tmux[@]}" send-keys "$@"; }
# The screen without the empty lines at its end.
print() { screen | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'; }

shown '▸'
keys 'demo --fault lock' Tab
shown 'lock_wait'
keys Enter
shown 'sessions +[0-9.]+ s'
keys 'note "the nightly import may still run"' Enter
shown 'noted in'
shown 'more: evidence'
print
echo …
keys C-l 'why lock_wait' Enter
shown 'GO ON WITH|END|probab'
sleep 1
print
echo …
keys q C-u C-l 'confirm lock_wait --because "the import held the lock"' Enter
shown 'confirmed'
print
keys C-l 'quit' Enter
