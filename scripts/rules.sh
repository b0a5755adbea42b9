#!/usr/bin/env bash
# Builds the rules of the forms for browsers into dist/: rules.wasm, and the scripts that call it, registration.js and application-form.js.
. "$(dirname "$0")/common.sh"

target=wasm32-unknown-unknown
cargo build --quiet --locked -p registration-rules --target $target --profile rules-release
out="$(target_folder)/$target/rules"
wasm-bindgen --target web --no-typescript --out-dir "$out" "$(target_folder)/$target/rules-release/registration_rules.wasm"
node scripts/shorten.mjs "$out/registration_rules_bg.wasm" "$out/registration_rules.js"
wasm-opt -O4 --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals \
  --enable-reference-types --enable-multivalue --strip-debug --strip-producers "$out/registration_rules_bg.wasm" -o dist/rules.wasm
esbuild frontend/registration/registration.js --bundle --format=esm --alias:rules="$out/registration_rules.js" \
  --outfile=dist/registration.js --allow-overwrite --log-level=warning
# The form of an application brings the same rules; what waits to be sent is a script by itself, which the service worker keeps.
esbuild frontend/applications/form.js --bundle --format=esm --alias:rules="$out/registration_rules.js" --external:/applications.js \
  --outfile=dist/application-form.js --allow-overwrite --log-level=warning
cp frontend/applications/waiting.js dist/applications.js
