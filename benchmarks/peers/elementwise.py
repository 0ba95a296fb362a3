#!/usr/bin/python3
"""PyTorch's elementwise functions on 65,536 float32, one thread: G elements/s, the median of many runs into an existing result.

The counterpart of ElementwiseThroughput.cs, over the same ranges:
    ATEN_CPU_CAPABILITY=avx512 /usr/bin/python3 benchmarks/peers/elementwise.py
"""
import os

os.environ.setdefault("ATEN_CPU_CAPABILITY", "avx512")

import statistics  # noqa: E402
import time  # noqa: E402

import torch  # noqa: E402

LENGTH = 65536
REPEATS = 400


def measure(run):
    for _ in range(50):
        run()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter_ns()
        run()
        times.append(time.perf_counter_ns() - start)
    return LENGTH / statistics.median(times)


def uniform(low, high):
    return torch.rand(LENGTH) * (high - low) + low


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    y = torch.empty(LENGTH)
    small, positive, shape = uniform(-5, 5), uniform(1e-3, 20), uniform(0.1, 30)
    functions = [
        ("Exp", lambda: torch.exp(small, out=y)),
        ("Log", lambda: torch.log(positive, out=y)),
        ("Log1p", lambda: torch.log1p(positive, out=y)),
        ("Tanh", lambda: torch.tanh(small, out=y)),
        ("Sigmoid", lambda: torch.sigmoid(small, out=y)),
        ("Softplus", lambda: torch._C._nn.softplus(small, out=y)),
        ("Erf", lambda: torch.erf(small, out=y)),
        ("Erfc", lambda: torch.erfc(small, out=y)),
        ("Sin", lambda: torch.sin(small, out=y)),
        ("Cos", lambda: torch.cos(small, out=y)),
        ("Pow", lambda: torch.pow(positive, small, out=y)),
        ("LogGamma", lambda: torch.lgamma(shape, out=y)),
        ("Digamma", lambda: torch.digamma(shape, out=y)),
    ]
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} thread, {LENGTH} float32")
    print(f"{'function':<10} {'G/s':>7}")
    for name, run in functions:
        print(f"{name:<10} {measure(run):7.3f}")


if __name__ == "__main__":
    main()
