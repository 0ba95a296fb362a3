#!/usr/bin/env bash
# The contract on two more implementations of OpenCL: Rusticl on llvmpipe, which has no Float64, and Oclgrind, which finds accesses out of bounds and races. Each runs a part, in some
# minutes. llvmpipe takes minutes to compile the fused kernels of graphs and the long ones of elementwise functions, so that it runs kernels one by one, eager operations on
# awkward shapes, and draws. Of loops, nested ones together, it runs 65,535 steps an item (LP_MAX_TGSI_LOOP_ITERATIONS in its source): longer sums are wrong there. Oclgrind
# interprets, and knows one thread: small sizes, one test after the other; the products in both forms, with local memory and without. Its 32 KiB of local memory are too few by
# its count for the tiles of Float64, which are 16,640 bytes. Two filters as arguments take the place of these parts.
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

# A filter of some tests of the contract.
some() { local all=""; for test in "$@"; do all="$all|FullyQualifiedName~OpenClContractTests.$test"; done; echo "${all#|}"; }

echo "Rusticl on llvmpipe:"
part=$(some Buffers Write Copy Calls Allocate Budget MapKernel ReduceKernel MatrixProduct ScanKernel Gather Sort Random Shapes Draws Operations_InFloat64 Operations_OnTwo)
OCL_ICD_VENDORS="$vendors" RUSTICL_ENABLE=llvmpipe dotnet test -c Release --no-build tests/ProbNet.Tests --filter "${1:-$part}" || status=1

echo "Oclgrind:"
log="$vendors/oclgrind.log"
part=$(some Buffers Copy MapKernel ReduceKernel_With ScanKernel Gather Sort Random Graph_Views)
part="$part|FullyQualifiedName~OpenClProductTests.Product_Of|FullyQualifiedName~OpenClProductTests.Product_WithFinish"
OCLGRIND_LOCAL_MEM_SIZE=65536 PROBNET_OPENCL_LIBRARY=$(dpkg -L oclgrind | grep -m1 'liboclgrind-rt\.so$') OCLGRIND_LOG="$log" OCLGRIND_CHECK_API=1 OCLGRIND_DATA_RACES=1 \
  dotnet test -c Release --no-build tests/ProbNet.Tests --filter "${2:-$part}" \
  -- xUnit.ParallelizeTestCollections=false || status=1
if [ -s "$log" ]; then
  echo "Oclgrind reports:"
  sort "$log" | uniq -c | sort -rn | head -20
  status=1
fi

exit "$status"
