#!/usr/bin/env bash
# How fast a capture is analysed, beside tshark, tcpdump and capinfos on the same file in the same run, and how much memory a
# flood of connections takes. Start-up (the time that one packet takes) is left out of the ratios and printed apart.
#   bench/packets.sh [MEGABYTES] [FLOWS]      default 220 and 10,000,000
set -euo pipefail
cd "$(dirname "$0")/.."
megabytes=${1:-220}
flows=${2:-10000000}
rounds=7

for program in tshark tcpdump capinfos; do
  command -v "$program" >/dev/null || { echo "bench: needs $program (Debian: apt-get install tshark tcpdump)" >&2; exit 1; }
done
for home in "${WHYDUNIT_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
  [ -x "$home/bin/javac" ] && grep -q 'JAVA_VERSION="2[5-9]' "$home/release" 2>/dev/null && java=$home/bin/java && break
done
[ -n "${java:-}" ] || { echo "bench: needs a JDK 25; set JAVA_HOME" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "bench: writing a capture of $megabytes MB"
"$java" bench/packets/MixedCapture.java "$work/big.pcap" "$megabytes"
"$java" bench/packets/MixedCapture.java "$work/one.pcap" flood 1

analyse() { ./whydunit capture analyse "$1"; }
shark() { tshark -n -q -z conv,tcp -r "$1"; }
dump() { tcpdump -nn -r "$1"; }
infos() { capinfos -csu "$1"; }

# Milliseconds that a command takes.
millis() {
  local begin end
  begin=$(date +%s%N)
  "$@" >/dev/null 2>&1
  end=$(date +%s%N)
  printf '%s\n' $(((end - begin) / 1000000))
}

cat "$work/big.pcap" >/dev/null # the page cache is warm
analyse "$work/big.pcap" | head -n 1
# The four take turns, so that what else the machine does meets all of them; of each the best of the rounds counts.
declare -A start whole net
for ((i = 0; i < rounds; i++)); do
  for each in analyse infos dump shark; do
    one=$(millis "$each" "$work/one.pcap")
    big=$(millis "$each" "$work/big.pcap")
    [ "${start[$each]:-$one}" -lt "$one" ] || start[$each]=$one
    [ "${whole[$each]:-$big}" -lt "$big" ] || whole[$each]=$big
  done
done
printf '%-34s %10s %10s\n' "" "start-up" "analysis"
for each in analyse infos dump shark; do
  net[$each]=$((whole[$each] > start[$each] ? whole[$each] - start[$each] : 1))
  case $each in
    analyse) name="whydunit capture analyse" ;;
    shark) name="tshark -n -q -z conv,tcp -r" ;;
    dump) name="tcpdump -nn -r" ;;
    infos) name="capinfos -csu" ;;
  esac
  printf '%-34s %7d ms %7d ms\n' "$name" "${start[$each]}" "${net[$each]}"
done
awk -v own="${net[analyse]}" -v shark="${net[shark]}" -v dump="${net[dump]}" -v infos="${net[infos]}" 'BEGIN {
  printf "whydunit / tshark   %.3f  (wanted: at most 0.050)\n", own / shark
  printf "whydunit / tcpdump  %.3f  (wanted: at most 0.333)\n", own / dump
  printf "whydunit / capinfos %.3f  (wanted: at most 4.000)\n", own / infos
}'

if [ "$flows" -gt 0 ]; then
  echo "bench: a flood of $flows connections in 256 MB of heap"
  "$java" bench/packets/MixedCapture.java "$work/flood.pcap" flood "$flows"
  begin=$(date +%s%N)
  analyse "$work/flood.pcap" | sed 8q
  echo "$((($(date +%s%N) - begin) / 1000000)) ms"
fi
