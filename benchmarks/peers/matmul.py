"""Square matrix products by PyTorch's OpenBLAS, to set beside `ProbNet.Benchmarks matmul`.

Run it with OPENBLAS_CORETYPE=SkylakeX on a processor with AVX-512: Debian's build does not know newer ones and falls back.
"""
import time

import torch

SECONDS = 1


def rate(size, dtype):
    """Median and best GFLOP/s."""
    a, b, c = (torch.randn(size, size, dtype=dtype) for _ in range(3))
    times, start = [], time.perf_counter()
    while len(times) < 5 or time.perf_counter() - start < SECONDS:
        before = time.perf_counter()
        torch.mm(a, b, out=c)
        times.append(time.perf_counter() - before)
    times.sort()
    return 2e-9 * size**3 / times[len(times) // 2], 2e-9 * size**3 / times[0]


print("size   type      threads  median GFLOP/s  best GFLOP/s")
for name, dtype in (("float32", torch.float32), ("float64", torch.float64)):
    for size in (256, 384, 512, 768, 1024, 1536, 2048):
        for threads in (1, 2):
            torch.set_num_threads(threads)
            median, best = rate(size, dtype)
            print(f"{size:<6} {name:9} {threads:7} {median:15.1f} {best:13.1f}", flush=True)
