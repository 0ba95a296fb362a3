#!/usr/bin/env bash
# Times a ready-to-run program from the start of its process to its end, which comes right after its first prediction.
# benchmarks/StartUp/measure.sh [runs]
set -euo pipefail
cd "$(dirname "$0")"
runs=${1:-21}
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) rid=linux-x64 ;;
  Linux-aarch64) rid=linux-arm64 ;;
  Darwin-x86_64) rid=osx-x64 ;;
  Darwin-arm64) rid=osx-arm64 ;;
  *) echo "measure.sh does not know the runtime identifier of $(uname -s)-$(uname -m)." >&2; exit 1 ;;
esac

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
publish() { dotnet publish -c Release -v q --nologo -r "$rid" --self-contained false -p:PublishReadyToRun="$1" -o "$folder/$1" > "$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }; }
now() { date +%s%N; }
time_of() {
  local i start
  for ((i = 0; i < runs; i++)); do
    start=$(now)
    "$folder/$1/ProbNet.StartUp" > /dev/null
    echo $((($(now) - start) / 10000))
  done | sort -n | awk '{ t[NR] = $1 / 100 } END { printf "median %.0f ms, least %.0f ms of %d runs\n", t[int((NR + 1) / 2)], t[1], NR }'
}

publish true
publish false
echo "ready-to-run:     $(time_of true)"
echo "compiled at start: $(time_of false)"
