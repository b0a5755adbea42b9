# Sourced by the other scripts: where tools live, and how a step says what it does and how long it took.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# What is slow to make and the same for every checkout: tools, and CI's build folder.
cache="${XDG_CACHE_HOME:-$HOME/.cache}/mypage"
tools="$cache/tools"
export PATH="$tools/bin:$PATH"
export CARGO_TERM_PROGRESS_WHEN="${CARGO_TERM_PROGRESS_WHEN:-auto}"

say() { printf '\033[1m→ %s\033[0m\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# The folder cargo builds into.
target_folder() { printf '%s\n' "${CARGO_TARGET_DIR:-target}"; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# The version of a package in Cargo.lock.
locked_version() { awk -v name="\"$1\"" '$1 == "name" { found = $3 == name } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock; }
