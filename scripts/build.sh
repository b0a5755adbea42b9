#!/usr/bin/env bash
# Builds what is released: the bundle for phones in dist/, compressed ahead of time, and the server `mypage`.
. "$(dirname "$0")/common.sh"

say "Building the bundle into dist/ (first time about 6 minutes, then seconds)"
scripts/bundle.sh
say "Building the server (first time about 8 minutes, then seconds)"
cargo build --quiet --release --locked -p server
