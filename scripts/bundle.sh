#!/usr/bin/env bash
# Builds dist/, the bundle for phones: by Trunk, then with scripts and styles as short as they can be said, then compressed ahead of time.
. "$(dirname "$0")/common.sh"

trunk --log warn build --release
node scripts/shorten.mjs dist/frontend-*_bg.wasm dist/frontend-*[0-9a-f].js
# What a phone must read is half as long then (measured: 59 kB of glue, 27 kB). As new as the program itself asks for.
# What the phone keeps is one script, and what can wait another.
esbuild frontend/kept/phone.js --bundle --format=esm --external:/applications.js --allow-overwrite --outfile=dist/phone.js --log-level=warning
esbuild frontend/kept/offers.js --bundle --format=esm --allow-overwrite --outfile=dist/offers.js --log-level=warning
esbuild frontend/notices/push.js --bundle --format=esm --outfile=dist/push.js --log-level=warning
# The rules of the registration, a second bundle: pages that need it load it.
scripts/rules.sh
esbuild dist/*.js dist/*.css --minify --target=chrome91,firefox90,safari15 --allow-overwrite --outdir=dist --log-level=warning
node scripts/compress.mjs dist
