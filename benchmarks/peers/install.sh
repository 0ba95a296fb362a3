#!/usr/bin/env bash
# Installs the peer of the benchmarks from Debian's packages: PyTorch for the system's Python, and the OpenBLAS that shares its threads.
set -euo pipefail
fail() { echo "PyTorch was not installed: $1" >&2; exit 1; }

command -v apt-get > /dev/null || fail "there is no apt-get here; this script knows Debian and what descends from it only."
run=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo > /dev/null || fail "apt-get needs root, and there is no sudo."
  run=(sudo)
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
{ "${run[@]}" apt-get update && "${run[@]}" apt-get install -y --no-install-recommends python3-torch libopenblas0-openmp; } > "$log" 2>&1 \
  || fail "apt-get said: $(grep -E '^(E|Err)' "$log" | tail -1)"
/usr/bin/python3 -c 'import torch; print("PyTorch", torch.__version__, "is installed for /usr/bin/python3.")'
