#!/usr/bin/python3
"""ProbNet's kernels against PyTorch's and its OpenBLAS, in turn in one run.

    kernels.py matmul [--shapes 512x512x512,32x64x64] [--types float32,float64] [--threads 1,2]
    kernels.py elementwise [--only Exp,Log]

The clock of a machine may change within seconds. So each round measures the peak of fused multiply-adds, ProbNet, the peak again, PyTorch, and the peak once more, some hundredths of a second each,
and the table has the medians over the rounds: of the rates, of their shares of the peak beside them, and of the ratio of the two in a round.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time

with open("/proc/cpuinfo", encoding="ascii", errors="replace") as text:
    WIDE = "avx512f" in text.read() and os.environ.get("DOTNET_EnableAVX512") != "0"
# Debian's builds do not know newer processors and fall back; the variables are read when PyTorch is loaded.
os.environ.setdefault("ATEN_CPU_CAPABILITY", "avx512" if WIDE else "avx2")
os.environ.setdefault("OPENBLAS_CORETYPE", "SkylakeX" if WIDE else "Haswell")

try:
    import torch
except ModuleNotFoundError:
    sys.exit(f"error: {sys.executable} has no PyTorch; benchmarks/peers/install.sh installs it for /usr/bin/python3, which this script is started with when it is run directly.")

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = os.path.join(os.path.dirname(HERE), "ProbNet.Benchmarks")
PROGRAM = os.path.join(PROJECT, "bin", "Release", "net10.0", "ProbNet.Benchmarks.dll")
LENGTH = 65536
WARM_UP = 0.4
SQUARES = "256x256x256,512x512x512,1024x1024x1024,2048x2048x2048"


class ProbNet:
    """The command that measures kernels as they are asked for."""

    def __init__(self):
        subprocess.run(["dotnet", "build", "-c", "Release", "-v", "q", "--nologo", PROJECT], check=True, stdout=subprocess.DEVNULL)
        self.process = subprocess.Popen(["dotnet", PROGRAM, "ask"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def ask(self, *words):
        self.process.stdin.write(" ".join(str(word) for word in words) + "\n")
        answer = self.process.stdout.readline().split()
        if not answer:
            sys.exit("error: ProbNet gave no answer; what it wrote stands above.")
        return [float(word) for word in answer]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def median_time(run, seconds, slice_seconds=0.004):
    """The median time of a run, of slices of some milliseconds."""
    start = time.perf_counter()
    run()
    count = max(1, int(slice_seconds / max(time.perf_counter() - start, 1e-7)))
    times, start = [], time.perf_counter()
    while len(times) < 5 or time.perf_counter() - start < seconds:
        before = time.perf_counter()
        for _ in range(count):
            run()
        times.append((time.perf_counter() - before) / count)
    return statistics.median(times)


def matmul(options, ours):
    print("| m×n×k | type | threads | peak of a core | ProbNet | of peak | OpenBLAS | of peak | ProbNet / OpenBLAS |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|")
    rows = []
    for name in options.types.split(","):
        for shape in options.shapes.split(","):
            m, n, k = (int(word) for word in shape.split("x"))
            dtype = getattr(torch, name)
            a, b, c = torch.randn(m, k, dtype=dtype), torch.randn(k, n, dtype=dtype), torch.empty(m, n, dtype=dtype)
            for threads in (int(word) for word in options.threads.split(",")):
                torch.set_num_threads(threads)
                # Methods that are called often are compiled anew in the first tenths of a second.
                ours.ask("matmul", m, n, k, name, threads, WARM_UP)
                median_time(lambda: torch.mm(a, b, out=c), options.seconds)
                rounds = []
                for _ in range(options.rounds):
                    rate, peak, share = ours.ask("matmul", m, n, k, name, threads, options.seconds)
                    (before,) = ours.ask("peak", name)
                    theirs = 2e-9 * m * n * k / median_time(lambda: torch.mm(a, b, out=c), options.seconds)
                    (after,) = ours.ask("peak", name)
                    their_share = theirs / (threads * (before + after) / 2)
                    rounds.append((peak, rate, share, theirs, their_share, share / their_share))
                row = [statistics.median(values) for values in zip(*rounds)]
                rows.append({"m": m, "n": n, "k": k, "type": name, "threads": threads, **dict(zip(
                    ("peak_gflops", "probnet_gflops", "probnet_peak_fraction", "openblas_gflops", "openblas_peak_fraction", "ratio"), row))})
                print(f"| {m}×{n}×{k} | {name} | {threads} | {row[0]:.0f} | {row[1]:.1f} | {row[2]:.0%} | {row[3]:.1f} | {row[4]:.0%} | {row[5]:.2f} |", flush=True)
    return rows


def elementwise(options, ours):
    def uniform(low, high):
        return torch.rand(LENGTH) * (high - low) + low

    torch.set_num_threads(1)
    torch.manual_seed(1)
    y = torch.empty(LENGTH)
    small, positive, shape = uniform(-5, 5), uniform(1e-3, 20), uniform(0.1, 30)
    functions = {
        "Exp": lambda: torch.exp(small, out=y),
        "Log": lambda: torch.log(positive, out=y),
        "Log1p": lambda: torch.log1p(positive, out=y),
        "Tanh": lambda: torch.tanh(small, out=y),
        "Sigmoid": lambda: torch.sigmoid(small, out=y),
        "Softplus": lambda: torch._C._nn.softplus(small, out=y),
        "Erf": lambda: torch.erf(small, out=y),
        "Erfc": lambda: torch.erfc(small, out=y),
        "Sin": lambda: torch.sin(small, out=y),
        "Cos": lambda: torch.cos(small, out=y),
        "Pow": lambda: torch.pow(positive, small, out=y),
        "LogGamma": lambda: torch.lgamma(shape, out=y),
        "Digamma": lambda: torch.digamma(shape, out=y),
    }
    unknown = [name for name in (options.only or "").split(",") if name and name not in functions]
    if unknown:
        sys.exit(f"error: --only {unknown[0]}: there are {', '.join(functions)}.")
    print("| function | peak of a core | ProbNet, 10⁹/s | PyTorch, 10⁹/s | ProbNet / PyTorch |")
    print("|---|---:|---:|---:|---:|")
    rows = []
    for name in options.only.split(",") if options.only else functions:
        ours.ask("elementwise", name, WARM_UP)
        median_time(functions[name], options.seconds)
        rounds = []
        for _ in range(options.rounds):
            (before,) = ours.ask("peak", "float32")
            (rate,) = ours.ask("elementwise", name, options.seconds)
            (between,) = ours.ask("peak", "float32")
            theirs = 1e-9 * LENGTH / median_time(functions[name], options.seconds)
            (after,) = ours.ask("peak", "float32")
            rounds.append((between, rate, theirs, rate / theirs * (between + after) / (before + between)))
        row = [statistics.median(values) for values in zip(*rounds)]
        rows.append({"function": name, **dict(zip(("peak_gflops", "probnet", "pytorch", "ratio"), row))})
        print(f"| `{name}` | {row[0]:.0f} | {row[1]:.2f} | {row[2]:.2f} | {row[3]:.2f} |", flush=True)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, default in (("matmul", 0.1), ("elementwise", 0.05)):
        command = commands.add_parser(name)
        command.add_argument("--rounds", type=int, default=9)
        command.add_argument("--seconds", type=float, default=default, help=f"for each side in a round; default {default}")
        command.add_argument("--json", help="also write the rows to a file")
        if name == "matmul":
            command.add_argument("--shapes", default=SQUARES, help="m×n×k: the product is [m, k]·[k, n]")
            command.add_argument("--types", default="float32,float64")
            command.add_argument("--threads", default="1,2")
        else:
            command.add_argument("--only")
    options = parser.parse_args()
    ours = ProbNet()
    rows = (matmul if options.command == "matmul" else elementwise)(options, ours)
    ours.close()
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(rows, file, indent=2)


if __name__ == "__main__":
    main()
