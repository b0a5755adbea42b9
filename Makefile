# The commands of this project; each installs only what is missing and says what it does. README.md starts with the first two.
.PHONY: run test build bench audit advisories

# Builds the release, fills demo data on the first start and serves http://localhost:3000.
run: build
	scripts/run.sh

# Every check and test: what CI runs.
test:
	scripts/install.sh test
	scripts/test.sh

# dist/ and target/release/mypage.
build:
	scripts/install.sh build
	scripts/build.sh

# Benchmarks with their limits and peers: about an hour; `make bench N=20000` for a try.
bench: build
	scripts/install.sh bench
	scripts/bench.sh $(N)

# Asks the advisory database, where it is in reach.
advisories:
	scripts/install.sh test
	scripts/advisories.sh
