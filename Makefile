# Every target installs what it needs on Debian (apt, with sudo when not root) and says what it does.
SHELL := /bin/bash
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PACKAGES := libncurses-dev libdeflate-dev zlib1g-dev libcurl4-openssl-dev libsqlite3-dev libssl-dev libyaml-dev rsync openssh-client openssh-server
TEST_PACKAGES := $(PACKAGES) python3 ncurses-term sqlite3 unzip clickhouse-server strace e2fsprogs
# Power cuts need images of file systems that share blocks between files.
TORTURE_PACKAGES := python3 strace e2fsprogs xfsprogs btrfs-progs
# Beyond those: a cluster needs ZooKeeper, the newest ClickHouse comes from PyPI into a place of its own.
# promtool, which judges the alert rules, is in the package prometheus.
ENGINE_PACKAGES := zookeeper python3 python3-venv prometheus $(if $(shell command -v java),,default-jre-headless)
CHDB := .build-tools/chdb
CHDB_VERSION := 26.9.0
SWIFT_FLAGS ?=
# What is shipped must start at once, for it is started anew for every transfer and every look: nothing is loaded or
# relocated that need not be. Hence Debian's archives where there are any (libcurl is opened when it is needed), a
# fixed address, and no symbols for others to bind to (libcurl's own libcrypto must not meet ours).
ARCHIVES := .build-release/archives
ARCHIVED := sqlite3 yaml deflate z crypto ncursesw tinfo stdc++
LINKING := -Xswiftc -use-ld=lld -Xlinker --build-id=sha1 -Xswiftc -L -Xswiftc $(CURDIR)/$(ARCHIVES) -Xlinker --no-export-dynamic \
	-Xswiftc -Xclang-linker -Xswiftc -no-pie -Xswiftc -Xclang-linker -Xswiftc -static-libgcc
RELEASE := --configuration release --static-swift-stdlib --disable-local-rpath --scratch-path .build-release $(LINKING)

.PHONY: fuzz run build archives install uninstall deb dist packaging-deps size test test-all torture lint format bench bench-check bench-deps bench-ingest screenshots clean deps test-deps torture-deps engine-deps

## Build what is shipped and open the demo: a throwaway lake with real data and its own SSH server.
run: build
	.build-release/release/sluice demo

## The program, optimised, with Swift's libraries linked in.
build: deps archives
	swift build $(RELEASE) --product sluice $(SWIFT_FLAGS)

## What `make build` made, with man pages, completions, themes, units, rules, examples and the guide, below
## DESTDIR/PREFIX; needs neither apt nor root. `make uninstall` with the same words takes the same files away.
PROGRAM := .build-release/release/sluice
PREFIX ?= /usr/local
UNITDIR ?= $(PREFIX)/lib/systemd/system
ZSHDIR ?= $(PREFIX)/share/zsh/site-functions
STRIP ?= strip
export PREFIX UNITDIR ZSHDIR STRIP
install:
	@test -x $(PROGRAM) || { echo "There is no $(PROGRAM) yet: make build"; exit 1; }
	config/packaging/install.sh $(PROGRAM) "$(DESTDIR)"

uninstall:
	@test -x $(PROGRAM) || { echo "There is no $(PROGRAM) to tell what was installed: make build"; exit 1; }
	config/packaging/uninstall.sh $(PROGRAM) "$(DESTDIR)"

## A Debian package and one with its debug symbols, held against lintian; the tarball, its SHA256SUMS and its SBOM.
PACKAGING_PACKAGES := dpkg-dev lintian binutils xz-utils python3
DIST ?= .build-dist
export MAINTAINER
deb dist: packaging-deps build
	SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)} config/packaging/$@.sh $(PROGRAM) $(DIST)

packaging-deps:
	@missing=""; for p in $(PACKAGING_PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then echo "Installing:$$missing"; \
	$(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; fi

## The program as it is shipped, in bytes: one symbol of Foundation alone brings 34 MB of ICU's tables.
SIZE_LIMIT := 30000000
size: build
	@$(STRIP) -o $(PROGRAM).stripped $(PROGRAM); bytes=$$(stat -c %s $(PROGRAM).stripped); rm $(PROGRAM).stripped; \
	echo "Stripped, the program has $$bytes bytes of $(SIZE_LIMIT)."; test $$bytes -le $(SIZE_LIMIT)

## All tests but those of the slow engines.
test: test-deps lint
	swift build --build-tests $(SWIFT_FLAGS)
	.ci/swift-test --skip-build --skip IntegrationTests --skip EndToEndTests $(SWIFT_FLAGS)
	@# Real servers, links and clocks: one after the other, so that a busy machine does not look like a fault.
	.ci/swift-test --skip-build --filter 'IntegrationTests|EndToEndTests' --no-parallel $(SWIFT_FLAGS)

## All tests: those of `test`, a ClickHouse cluster with its ZooKeeper, and the newest ClickHouse.
test-all: export SLUICE_TEST_CLUSTER := 1
test-all: export SLUICE_TEST_CHDB := 1
test-all: engine-deps torture-deps test size
	@# A sample of `make torture`, drawn anew each time; its seed is printed.
	TORTURE_SEEDS=$${TORTURE_SEEDS:-200} python3 Tests/Torture/torture.py --cuts 20 --points 50

## Power cuts at random moments, every file call failing in turn, and 10,000 simulated lives of a lake.
## TORTURE="--seed 7" repeats a run; TORTURE_SEEDS is the number of lives.
TORTURE ?=
torture: deps torture-deps
	swift build --build-tests $(SWIFT_FLAGS)
	python3 Tests/Torture/torture.py $(TORTURE)

## An ingest into a real ClickHouse and SQLite, beside its floor without a server and `unzip -p | clickhouse-client`.
INGEST_BENCH_PACKAGES := clickhouse-server clickhouse-client libdeflate-dev gcc libc6-dev sqlite3 unzip python3
bench-ingest: build
	@missing=""; for p in $(INGEST_BENCH_PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then echo "Installing:$$missing"; \
	$(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; fi
	swift build $(RELEASE) --product parse-bench $(SWIFT_FLAGS)
	python3 Tests/Benchmarks/ingest.py $(BENCH_WAY)

## Bytes that a reader cannot stand, looked for FUZZ_SECONDS long for each; a number is printed with which `fuzz` reads
## that input again. FUZZ="zip yaml" looks at those only.
FUZZ ?= progress csv zip yaml theme journal control
FUZZ_SECONDS ?= 300
FUZZ_SEED ?= $(shell date +%s)
fuzz: deps
	swift build --product fuzz $(SWIFT_FLAGS)
	@failed=; for reader in $(FUZZ); do \
	.build/debug/fuzz Tests/Fixtures $$reader $(FUZZ_SECONDS) $(FUZZ_SEED) || failed="$$failed $$reader"; done; \
	if [ -n "$$failed" ]; then echo "Findings:$$failed"; exit 1; fi

lint:
	swift format lint --strict -r Sources Tests Package.swift

format:
	swift format -i -r Sources Tests Package.swift

## The archives in a place of their own, which the linker searches first; what has none is linked as a shared library.
archives:
	@mkdir -p $(ARCHIVES); clang=$$(dirname $$(readlink -f $$(command -v swiftc)))/clang; \
	for l in $(ARCHIVED); do f=$$($$clang -print-file-name=lib$$l.a); \
	if [ -e $$f ]; then ln -sf $$f $(ARCHIVES)/; else echo "lib$$l.a is not here: linked as a shared library"; fi; done

deps:
	@missing=""; for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then echo "Installing:$$missing"; \
	$(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; fi

test-deps:
	@missing=""; for p in $(TEST_PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then echo "Installing:$$missing"; \
	$(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; fi

torture-deps:
	@missing=""; for p in $(TORTURE_PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then echo "Installing:$$missing"; \
	$(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; fi

engine-deps:
	@missing=""; for p in $(ENGINE_PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then echo "Installing:$$missing"; \
	$(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; fi
	@if ! $(CHDB)/bin/python -c 'import chdb' 2>/dev/null; then echo "Installing chdb-core $(CHDB_VERSION) into $(CHDB)"; \
	python3 -m venv --clear $(CHDB) && $(CHDB)/bin/pip install -q --only-binary :all: chdb-core==$(CHDB_VERSION); fi

## The pictures of screenshots/, taken from the real program.
PICTURE_PACKAGES := fonts-dejavu-core ncurses-term python3-venv
screenshots: build
	@missing=""; for p in $(PICTURE_PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then echo "Installing:$$missing"; \
	$(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; fi
	test -x .build-pictures/bin/python || python3 -m venv .build-pictures
	.build-pictures/bin/python -c 'import pyte, PIL' 2>/dev/null || .build-pictures/bin/pip install -q pyte Pillow
	.build-pictures/bin/python screenshots/shoot.py

## Ours beside rsync, du, ncdu, htop and btop, then the ingest: tables of ratios, appended to Tests/Benchmarks/ratios.jsonl.
BENCH_PACKAGES := ncdu htop btop python3 ncurses-term gcc libc6-dev rclone
bench: build bench-deps
	python3 Tests/Benchmarks/bench.py --record
	$(MAKE) bench-ingest BENCH_WAY=--record

## The same, medians of five, held against what is recorded: fails when a ratio is more than 15 % worse, twice.
bench-check: build bench-deps
	@failed=; python3 Tests/Benchmarks/bench.py --check || failed=1; \
	$(MAKE) bench-ingest BENCH_WAY=--check || failed=1; test -z "$$failed"

bench-deps:
	@missing=""; for p in $(BENCH_PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then echo "Installing:$$missing"; \
	$(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; fi

clean:
	rm -rf .build .build-release .build-dist .build-tools
