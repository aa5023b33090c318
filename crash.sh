#!/usr/bin/env bash
# Kills a server under load, as often as asked (500), and counts what was lost, doubled or wrong: ./crash.sh 500
set -euo pipefail
cd "$(dirname "$0")"
STATECHAT_KILLS=${1:-500} cargo test --quiet --test it crash:: -- --nocapture
