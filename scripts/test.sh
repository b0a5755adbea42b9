#!/usr/bin/env bash
# Every check and test. A failed step does not stop the later ones; the last line counts the tests of all runners, a failed check as one.
. "$(dirname "$0")/common.sh"

target=$(target_folder)
logs="$target/test-logs"
mkdir -p "$logs"
failed_steps=()
passed=0
failed=0
flaky=0

step() { # WHAT COMMAND…
  local what=$1 start=$SECONDS log
  log="$logs/$(tr -cs '[:alnum:]' - <<<"$what" | sed 's/-$//').log"
  shift
  say "$what"
  if "$@" 2>&1 | tee "$log"; then
    printf '  %s: %d s\n' "$what" $((SECONDS - start))
  else
    printf '  %s: FAILED after %d s\n' "$what" $((SECONDS - start))
    failed_steps+=("$what")
  fi
  count "$log"
}

# Adds up the closing lines of cargo test, wasm-bindgen-test and Playwright.
count() { # LOG
  local plain sums p f again
  plain=$(sed 's/\x1b\[[0-9;]*[A-Za-z]//g' "$1")
  sums=$(awk '
    /^test result:/ { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) p += $(i - 1); if ($i ~ /^failed/) f += $(i - 1) } }
    /^ +[0-9]+ passed( |$)/ { p += $1 }
    /^ +[0-9]+ failed$/ { f += $1 }
    /^ +[0-9]+ flaky$/ { again += $1 }
    END { print p + 0, f + 0, again + 0 }' <<<"$plain")
  read -r p f again <<<"$sums"
  passed=$((passed + p + again))
  failed=$((failed + f))
  flaky=$((flaky + again))
}

# The marks of where a rule comes from, [L] [O] [3] [own], look like links to rustdoc.
documentation() { RUSTDOCFLAGS="-D warnings -A rustdoc::broken-intra-doc-links" cargo doc --quiet --locked --workspace --exclude frontend --exclude registration-rules --no-deps --document-private-items; }

step "Formatting" cargo fmt --all --check
step "Lints" cargo clippy --quiet --locked --workspace --exclude frontend --exclude registration-rules --all-targets -- -D warnings
step "Lints of the browser's side" cargo clippy --quiet --locked -p frontend -p registration-rules --target wasm32-unknown-unknown -- -D warnings
step "Documentation" documentation
step "Licences and bans" cargo deny --log-level error check licenses bans sources
step "Rust tests" cargo test --quiet --locked --workspace --exclude frontend --exclude registration-rules

# As it is released; the server beside it is the quick one.
step "Bundle (about 2 minutes)" scripts/bundle.sh
step "Server for the browser tests" cargo build --quiet --locked -p server
step "Browser tests" npm test --silent --prefix end2end

for what in "${failed_steps[@]}"; do printf 'FAILED: %s\n' "$what"; done
[ ${#failed_steps[@]} -gt 0 ] && [ "$failed" = 0 ] && failed=${#failed_steps[@]}
[ "$flaky" = 0 ] || printf '%d passed at the second try only\n' "$flaky"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ ${#failed_steps[@]} = 0 ]
