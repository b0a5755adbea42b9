#!/usr/bin/env bash
# Installs what is missing and nothing else: `install.sh build` for `make build` and `make run`, `install.sh test` for `make test` too,
# `install.sh bench` for `make bench`.
# Debian packages with apt (sudo if needed); everything else into the cache folder.
. "$(dirname "$0")/common.sh"

trunk=0.21.14
binaryen=132.0.0
esbuild=0.25.12
cargo_deny=0.20.2

debian() { # PACKAGE…
  command -v dpkg-query >/dev/null || { say "Not Debian: these packages are yours to install: $*"; return; }
  local missing=() package
  for package; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  say "Installing Debian packages: ${missing[*]} (a minute or two)"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

rust() {
  command -v rustup >/dev/null || die "rustup is missing: see rustup.rs, then run this again."
  local installed component
  installed=$(rustup target list --installed; rustup component list --installed)
  grep -q '^wasm32-unknown-unknown$' <<<"$installed" || { say "Adding the wasm32 target"; rustup target add wasm32-unknown-unknown; }
  for component in rustfmt clippy; do
    grep -q "^$component" <<<"$installed" || { say "Adding $component"; rustup component add "$component"; }
  done
}

node() {
  local major
  major=$(command node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/')
  [ "${major:-0}" -ge 20 ] || die "Node.js 20 or newer is missing."
}

# Tools are used a few times a day and built once: unoptimised they cost less than half the time to build.
crate() { # NAME VERSION MINUTES FLAGS…
  local name=$1 version=$2 minutes=$3
  shift 3
  grep -q "^\"$name $version " "$tools/.crates.toml" 2>/dev/null && return
  say "Building $name $version (once, about $minutes min)"
  CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_PROFILE_RELEASE_STRIP=symbols CARGO_TARGET_DIR="$tools/build" \
    cargo install --quiet "$name" --version "$version" --root "$tools" "$@"
  rm -rf "$tools/build"
}

# Both together: npm takes away what it was not told of.
optimisers() {
  [ "$("$tools/bin/wasm-opt" --version 2>/dev/null | awk '{ print $3 }')" = "${binaryen%%.*}" ] &&
    [ "$("$tools/bin/esbuild" --version 2>/dev/null)" = "$esbuild" ] && return
  say "Installing wasm-opt $binaryen and esbuild $esbuild"
  npm install --silent --no-save --prefix "$tools" "binaryen@$binaryen" "esbuild@$esbuild"
  ln -sf ../node_modules/.bin/wasm-opt ../node_modules/.bin/esbuild "$tools/bin/"
}

# Node packages exactly as locked; again only when the lock file has changed.
npm_packages() { # FOLDER
  cmp -s "$1/package-lock.json" "$1/node_modules/.installed" && return
  say "Installing Node packages of $1/ (under a minute)"
  # The browser is Debian's.
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent --no-audit --no-fund --prefix "$1"
  cp "$1/package-lock.json" "$1/node_modules/.installed"
}

for_build() {
  debian build-essential pkg-config
  rust
  node
  crate trunk "$trunk" 4 --locked
  # Its own lock file asks for versions that a registry may lack.
  crate wasm-bindgen-cli "$(locked_version wasm-bindgen)" 2
  optimisers
  cargo fetch --quiet --locked
}

for_test() {
  for_build
  debian chromium chromium-driver fonts-noto-cjk postgresql
  crate cargo-deny "$cargo_deny" 1 --locked
  [ ! -f end2end/package-lock.json ] || npm_packages end2end
}

for_bench() {
  for_build
  debian chromium fonts-noto-cjk groonga postgresql time wrk
  npm_packages bench
}

mkdir -p "$tools/bin"
case "${1:-}" in
  build) for_build ;;
  test) for_test ;;
  bench) for_bench ;;
  *) die "usage: install.sh build|test|bench" ;;
esac
