#!/usr/bin/env bash
# How fast a capture is analysed, beside tshark, tcpdump and capinfos on the same file in the same run, and how much memory a
# flood of connections takes. Start-up (the time that one packet takes) is left out of the ratios and printed apart.
#   bench/packets.sh [MEGABYTES] [FLOWS]      default 220 and 10,000,000
set -euo pipefail
cd "$(dirname "$0")/.."
megabytes=${1:-220}
flows=${2:-10000000}
rounds=5

for program in tshark tcpdump capinfos; do
  command -v "$program" >/dev/null || { echo "bench: needs $program (Debian: apt-get install tshark tcpdump)" >&2; exit 1; }
done
for home in "${WHYDUNIT_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
  [ -x "$home/bin/javac" ] && grep -q 'JAVA_VERSION="2[5-9]' "$home/release" 2>/dev/null && java=$home/bin/java && break
done
[ -n "${java:-}" ] || { echo "bench: needs a JDK 25; set JAVA_HOME" >&2; exit 1; }
[ -d target/classes/dev/whydunit/packet ] || mvn -q -B -Dfast compile

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${java%/java}/javac" -cp target/classes -d "$work/classes" bench/packets/Measure.java
"${java%/java}/jar" --create --file "$work/packet.jar" -C target/classes dev/whydunit/packet -C "$work/classes" .
echo "bench: writing a capture of $megabytes MB"
"$java" bench/packets/MixedCapture.java "$work/big.pcap" "$megabytes"
"$java" bench/packets/MixedCapture.java "$work/one.pcap" flood 1

# The launcher's own flags and an AOT cache, as it has one.
flags=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -Xshare:auto -XX:-UsePerfData)
"$java" "${flags[@]}" -XX:AOTCacheOutput="$work/aot" -cp "$work/packet.jar" Measure "$work/one.pcap" >/dev/null 2>&1 || true
[ -e "$work/aot" ] && flags+=(-XX:AOTCache="$work/aot" -Xlog:aot=off -Xlog:cds=off)

analyse() { "$java" "${flags[@]}" -cp "$work/packet.jar" Measure "$1"; }
shark() { tshark -n -q -z conv,tcp -r "$1"; }
dump() { tcpdump -nn -r "$1"; }
infos() { capinfos -csu "$1"; }

# Milliseconds that a command takes: the median of the rounds.
millis() {
  local times=() i begin end
  for ((i = 0; i < rounds; i++)); do
    begin=$(date +%s%N)
    "$@" >/dev/null 2>&1
    end=$(date +%s%N)
    times+=($(((end - begin) / 1000000)))
  done
  printf '%s\n' "${times[@]}" | sort -n | sed -n "$((rounds / 2 + 1))p"
}

cat "$work/big.pcap" >/dev/null # the page cache is warm
analyse "$work/big.pcap"
declare -A net
printf '%-34s %10s %10s\n' "" "start-up" "analysis"
for each in analyse infos dump shark; do
  start=$(millis "$each" "$work/one.pcap")
  whole=$(millis "$each" "$work/big.pcap")
  net[$each]=$((whole > start ? whole - start : 1))
  case $each in
    analyse) name="whydunit" ;;
    shark) name="tshark -n -q -z conv,tcp" ;;
    dump) name="tcpdump -nn -r" ;;
    infos) name="capinfos -csu" ;;
  esac
  printf '%-34s %7d ms %7d ms\n' "$name" "$start" "${net[$each]}"
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
  analyse "$work/flood.pcap"
  echo "$((($(date +%s%N) - begin) / 1000000)) ms"
fi
