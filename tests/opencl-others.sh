#!/usr/bin/env bash
# The tests of devices on two more implementations of OpenCL: Rusticl on llvmpipe, which has no Float64, and Oclgrind, which finds accesses out of bounds and races. Oclgrind
# interprets, and knows one thread: it runs a part, of small sizes, one test after the other. Rusticl runs the contract: of the kernel tests some have loops of more than
# 65,535 steps, after which llvmpipe leaves a loop. Oclgrind 21.10 makes no kernel of a text of MapKernel_EveryInstruction (CL_INVALID_KERNEL_NAME).
set -uo pipefail
cd "$(dirname "$0")/.."
fail() { echo "$1" >&2; exit 1; }

packages=(mesa-opencl-icd libclc-15 oclgrind ocl-icd-libopencl1)
if ! dpkg -s "${packages[@]}" > /dev/null 2>&1; then
  command -v apt-get > /dev/null || fail "Rusticl and Oclgrind were not installed: there is no apt-get here."
  run=()
  [ "$(id -u)" -eq 0 ] || run=(sudo -n)
  { "${run[@]}" apt-get update && "${run[@]}" apt-get install -y --no-install-recommends "${packages[@]}"; } > /dev/null 2>&1 \
    || fail "Rusticl and Oclgrind were not installed: apt-get could not install ${packages[*]}."
fi

dotnet build -c Release -v q --nologo tests/ProbNet.Tests || exit 1
vendors=$(mktemp -d)
trap 'rm -rf "$vendors"' EXIT
cp /etc/OpenCL/vendors/rusticl.icd "$vendors" || fail "The packages brought no rusticl.icd."
export PROBNET_REQUIRE_OPENCL=1 DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1
status=0

echo "Rusticl on llvmpipe:"
OCL_ICD_VENDORS="$vendors" RUSTICL_ENABLE=llvmpipe \
  dotnet test -c Release --no-build tests/ProbNet.Tests --filter "${1:-FullyQualifiedName~OpenClContractTests}" || status=1

echo "Oclgrind:"
log="$vendors/oclgrind.log"
PROBNET_OPENCL_LIBRARY=$(dpkg -L oclgrind | grep -m1 'liboclgrind-rt\.so$') OCLGRIND_LOG="$log" OCLGRIND_CHECK_API=1 OCLGRIND_DATA_RACES=1 \
  dotnet test -c Release --no-build tests/ProbNet.Tests --filter "${2:-FullyQualifiedName~OpenClContractTests.Buffers|FullyQualifiedName~OpenClContractTests.Copy|FullyQualifiedName~OpenClContractTests.MapKernel_AnySpace|FullyQualifiedName~OpenClContractTests.MapKernel_EveryConversion|FullyQualifiedName~OpenClContractTests.ScanKernel|FullyQualifiedName~OpenClContractTests.GatherAnd|FullyQualifiedName~OpenClContractTests.Graph_Views}" \
  -- xUnit.ParallelizeTestCollections=false || status=1
if [ -s "$log" ]; then
  echo "Oclgrind reports:"
  sort "$log" | uniq -c | sort -rn | head -20
  status=1
fi

exit "$status"
