#!/usr/bin/env bash
# Benchmarks with their limits and peers (ARCHITECTURE.md "Numbers"): `bench.sh [--record] [N [STEP…]]`.
# N postings, 1,100,000 unless told; steps import, search, pages, load, visit, registration, all unless named. The data stays in the cache, by N and day.
# --record writes the table to docs/bench/DAY.md. SEED draws the same queries again; PEERS=groonga,postgres,sqlite chooses;
# PEER_SECONDS is how long the queries of each may take together.
. "$(dirname "$0")/common.sh"

record=
[ "${1:-}" != --record ] || { record=1; shift; }
postings=${1:-1100000}
[ $# = 0 ] || shift
steps=${*:-import search pages load visit registration}

# The days in the postings are Japan's.
day=$(TZ=Asia/Tokyo date +%F)
folder="$cache/bench/$postings-$day"
mypage="$(target_folder)/release/mypage"
export MYPAGE_DATA="$folder/data" MYPAGE_DATABASE_URL="sqlite://$folder/data/mypage.db" RUST_LOG=warn
mkdir -p "$folder/table" "$folder/scratch"

# A line of the table: what, ours, limit, verdict.
line() { printf '%s\t%s\t%s\t%s\n' "$@"; }
verdict() { awk -v ours="$1" -v limit="$2" 'BEGIN { print (ours <= limit) ? "within" : "MISSED" }'; }
at_least() { awk -v ours="$1" -v limit="$2" 'BEGIN { print (ours >= limit) ? "within" : "MISSED" }'; }

builds() {
  say "Building the release (first time about 10 minutes, then seconds)"
  cargo build --quiet --release --locked -p server
  cargo bench --quiet --locked -p server --bench search --no-run
}

delivery() {
  [ -e "$folder/feed.written" ] && return
  say "Writing a delivery of $postings postings (once a day, some minutes)"
  rm -rf "$folder/feed"
  "$mypage" demo --postings "$postings" --write "$folder/feed" --no-import >/dev/null
  touch "$folder/feed.written"
}

# Seconds and peak KiB of a command, in two variables.
measured() { # COMMAND…
  /usr/bin/time -f '%e %M' -o "$folder/time" "$@"
  read -r seconds peak < <(tail -n 1 "$folder/time")
}

import() { # WHAT LIMIT-SECONDS
  RUST_LOG=warn,app::postings::feed::import=debug measured "$mypage" import "$folder/feed" --complete --rejections "$folder/rejections" 2>"$folder/import.log"
  line "$1" "$seconds s" "≤ $2 s" "$(verdict "$seconds" "$2")"
  line "$1, most memory" "$((peak / 1024)) MiB" "≤ 1536 MiB" "$(verdict "$peak" $((1536 * 1024)))"
}

# How long the chunks of the import logged last held the writer.
holds() {
  sed 's/\x1b\[[0-9;]*m//g' "$folder/import.log" | grep -o 'held_us=[0-9]*' | cut -d= -f2 | sort -n >"$folder/holds"
  local chunks
  chunks=$(wc -l <"$folder/holds")
  [ "$chunks" -gt 0 ] || return 0
  at() { sed -n "$((($chunks - 1) * $1 / 1000 + 1))p" "$folder/holds" | awk '{ printf "%.1f", $1 / 1000 }'; }
  line "Import, writer held by a chunk, 99th of 100" "$(at 990) ms" "≤ 50 ms" "$(verdict "$(at 990)" 50)"
  line "Import, writer held by a chunk, longest" "$(at 1000) ms" "median $(at 500) ms of $chunks" ""
}

step_import() {
  delivery
  # Taking away the gigabytes of another run is not what is measured: the disk is done with it first (five chunks took up to 172 ms within the first
  # ten seconds otherwise, none without).
  rm -rf "$folder/data"
  sync
  sleep 15
  say "Importing $postings postings into an empty database, then the same again"
  { import "Import, until searchable" 240; holds; import "Import, nothing changed" 90; } | grep -v '^[0-9,]*件' | tee "$folder/table/1-import"
  du -sh "$folder"/data/* | sed 's/^/  /'
}

imported() {
  [ -e "$folder/data/index/manifest.json" ] && return
  delivery
  say "Importing $postings postings"
  "$mypage" import "$folder/feed" --complete 2>"$folder/import.log"
}

step_search() {
  imported
  say "Searching, beside ${PEERS-groonga, postgres, sqlite} (half an hour; building their indexes takes most of it)"
  cargo bench --quiet --locked -p server --bench search -- --data "$folder/data" --scratch "$folder/scratch" \
    --table "$folder/table/2-search" --urls "$folder/urls" ${SEED:+--seed "$SEED"} --peers "${PEERS-groonga,postgres,sqlite}" ${QUERIES:+--queries "$QUERIES"} \
    ${PEER_SECONDS:+--peer-seconds "$PEER_SECONDS"} \
    | tee "$folder/search.log"
}

serve() {
  imported
  [ -e "$folder/urls" ] || PEERS='' step_search
  exec 3< <(exec "$mypage" serve --listen 127.0.0.1:0 2>"$folder/serve.log")
  server=$!
  trap 'kill "$server" 2>/dev/null || true' EXIT
  read -r address <&3 || die "mypage serve does not start: $(cat "$folder/serve.log")"
}

stop() {
  kill "$server"
  wait "$server" 2>/dev/null || true
  exec 3<&-
  trap - EXIT
}

pages() { # WHAT HEADER
  BENCH_URLS="$folder/urls" wrk -t1 -c16 -d10s -H "$2" -s bench/urls.lua "$address" >"$folder/wrk.log"
  local result
  result=$(grep '^RESULT' "$folder/wrk.log") || die "wrk has no result: $(cat "$folder/wrk.log")"
  IFS=$'\t' read -r _ rate median p99 errors <<<"$result"
  [ "$errors" = 0 ] || die "$errors requests failed"
  line "$1" "$rate a second" "≥ 1500 a second" "$(at_least "$rate" 1500)"
  line "$1, 99th of 100" "$p99 ms" "median $median ms" ""
}

step_pages() {
  serve
  say "Asking for result pages, 16 at a time, for 10 seconds each way"
  { pages "Result pages, br" "Accept-Encoding: br"; pages "Result pages, uncompressed" "Accept-Encoding: identity"; } | tee "$folder/table/3-pages"
  stop
}

step_load() {
  imported
  [ -e "$folder/urls" ] || PEERS='' step_search
  exec 3< <(exec "$mypage" serve --demo --listen 127.0.0.1:0 2>"$folder/serve.log")
  server=$!
  trap 'kill "$server" 2>/dev/null || true' EXIT
  while read -r address <&3; do [[ $address != http* ]] || break; done
  say "Asking 300 times a second for half a minute: searches, sheets, writes"
  node bench/load.mjs "$address" "$folder/urls" | tee "$folder/table/6-load"
  stop
}

step_visit() {
  serve
  say "Visiting a results page as a phone, five times (a minute or two)"
  node bench/first-visit.mjs "$address/postings?pref=13&q=%E7%9C%8B%E8%AD%B7" 5 | tee "$folder/table/4-visit"
  stop
}

step_registration() {
  exec 3< <(exec env MYPAGE_DATA="$folder/registration" MYPAGE_DATABASE_URL="sqlite://$folder/registration/mypage.db" \
    "$mypage" serve --demo --listen 127.0.0.1:0 2>"$folder/serve.log")
  server=$!
  trap 'kill "$server" 2>/dev/null || true' EXIT
  while read -r address <&3; do [[ $address != http* ]] || break; done
  say "Checking a registration in the browser, and its pages with Lighthouse (two minutes)"
  node bench/registration.mjs "$address" | tee "$folder/table/5-registration"
  stop
}

print_table() {
  printf 'What\tOurs\tLimit or peer\tRatio\n'
  cat "$folder"/table/*
}

as_markdown() {
  printf '# Benchmarks of %s\n\n%s postings; %s cores; %s\n\n' "$day" "$postings" "$(nproc)" "$(grep -m1 '^model name' /proc/cpuinfo | cut -d: -f2- | sed 's/^ *//')"
  print_table | sed 's/\t/ | /g; s/^/| /; s/$/ |/' | sed '1a | --- | --- | --- | --- |'
  [ ! -e "$folder/search.log" ] || { printf '\n```\n'; cat "$folder/search.log"; printf '```\n'; }
}

builds
for step in $steps; do "step_$step"; done
say "The table"
print_table | column -t -s "$(printf '\t')"
if [ -n "$record" ]; then
  mkdir -p docs/bench
  as_markdown >"docs/bench/$day.md"
  say "Written to docs/bench/$day.md"
fi
