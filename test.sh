#!/usr/bin/env bash
# Every check of the project, and the count of tests that ran. On a fresh Debian machine it installs what is
# missing: Chromium, Graphviz, Node.js and Python from Debian's packages, npm's and PyPI's packages by lock file.
set -euo pipefail
cd "$(dirname "$0")"

target=${CARGO_TARGET_DIR:-$PWD/target}
export STATECHAT_BIN=$target/debug/statechat STATECHAT_EXPORTS=$target/tmp/exports
export STATECHAT_EVENTS=$target/tmp/events STATECHAT_PYTHON=$target/venv/bin/python
# Tests wait for a server, a clock, a disk: no more of them than cores would leave a third of those idle.
export RUST_TEST_THREADS=${RUST_TEST_THREADS:-$((2 * $(nproc)))}
# Where nothing is built yet, what would help to build it again takes a seventh of the compiler's time.
[ -d "$target/debug" ] || export CARGO_INCREMENTAL=${CARGO_INCREMENTAL:-0}

# What tests note that could not try what they are for. Cargo does not show what passing tests say.
skipped=$target/tmp/skipped
log=$(mktemp)
trap 'rm -f "$log"' EXIT

step() { printf '\n== %s\n' "$*" >&2; }

install_missing() {
    local missing=()
    command -v chromium >/dev/null || missing+=(chromium chromium-driver)
    command -v dot >/dev/null || missing+=(graphviz)
    command -v node >/dev/null || missing+=(nodejs npm)
    python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3 python3-venv)
    [ ${#missing[@]} -eq 0 ] && return
    local sudo=()
    [ "$(id -u)" -eq 0 ] || sudo=(sudo)
    "${sudo[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq "${missing[@]}"
}

install_needed() {
    install_missing
    npm ci --prefix tests/web --no-audit --no-fund --loglevel=error
    [ -x "$STATECHAT_PYTHON" ] || python3 -m venv "$target/venv"
    "$STATECHAT_PYTHON" -m pip install --quiet --require-hashes --only-binary :all: -r tests/web/requirements.txt
}

# Only the tests need it: meanwhile the compiler has enough to do.
install_needed &
needed=$!

step "format"
cargo fmt --check

step "clippy"
cargo clippy --quiet --all-targets -- -D warnings

step "docs"
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps

step "what is needed"
wait "$needed"

step "tests"
rm -f "$skipped"
cargo test --no-fail-fast 2>&1 | tee -a "$log"
[ ! -f "$skipped" ] || sort -u "$skipped" | sed 's/^/not tried: /' | tee -a "$log" >&2

step "the browser's tests"
cargo build --quiet
(cd tests/web && npm test) 2>&1 | tee -a "$log"

if command -v cargo-deny >/dev/null; then
    step "licences, sources and duplicates"
    cargo deny --offline check bans licenses sources
else
    echo "cargo-deny is not installed: licences and sources were not checked" >&2
fi

step "done"
awk '/^test result:/ { passed += $4; failed += $6; skipped += $8 }
     /^not tried: /    { passed--; skipped++ }
     /^(#|ℹ) pass /    { passed += $3 }
     /^(#|ℹ) fail /    { failed += $3 }
     /^(#|ℹ) skipped / { skipped += $3 }
     END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped; exit failed > 0 || skipped > 0 }' "$log"
