#!/usr/bin/env bash
# Installs PoCL, an OpenCL device on the processor, and the OpenCL loader from Debian's packages, so that the tests of devices run.
set -euo pipefail
fail() { echo "PoCL was not installed: $1" >&2; exit 1; }

command -v apt-get > /dev/null || fail "there is no apt-get here; this script knows Debian and what descends from it only."
run=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo > /dev/null || fail "apt-get needs root, and there is no sudo."
  run=(sudo -n)
fi

if dpkg -s pocl-opencl-icd ocl-icd-libopencl1 > /dev/null 2>&1; then
  echo "PoCL is installed."
  exit 0
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
{ "${run[@]}" apt-get update && "${run[@]}" apt-get install -y --no-install-recommends pocl-opencl-icd ocl-icd-libopencl1; } > "$log" 2>&1 \
  || fail "apt-get said: $(grep -E '^(E|Err)' "$log" | tail -1)"
echo "PoCL is installed."
