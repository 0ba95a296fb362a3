#!/usr/bin/env python3
"""ProbNet against PyTorch: the same training steps, both sides in turn on the same two cores.

First the losses of the first 50 steps must agree (fewer of a workload whose steps are chaotic), so that it is the same work. Then PyTorch is tried with every setting that may be its best: one and
two threads, passive and active waiting, plain and foreach Adam, as it is and traced by torch.jit. Then each round runs ProbNet and PyTorch's best
setting in new processes, one after the other; the table shows the medians over the rounds of the median step.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROJECT = os.path.join(ROOT, "benchmarks", "ProbNet.Benchmarks")
PROGRAM = os.path.join(PROJECT, "bin", "Release", "net10.0", "ProbNet.Benchmarks.dll")
TARGETS = {"mdn-32": 10, "mdn-256": 4, "mdn-4096": 2.5, "realnvp-256": 5, "spline-256": 5, "vae-128": 2, "score-256": 1.5, "mlp-64": 1.5}
SETTINGS = [(1, "passive"), (2, "passive"), (2, "active")]
TOLERANCE = 1e-4

# The first steps of this one are chaotic: a difference of rounding grows two- to threefold a step. In double precision the losses of both sides agree to 1e-15 for six steps, to 1e-7
# for 25, and no longer after 40. So fewer steps are compared, and those in double too.
FIRST = {"spline-256": 10}
FIRST_IN_DOUBLE = {"spline-256": 25}
DOUBLE_TOLERANCE = 1e-6


def fail(message):
    sys.exit(f"error: {message}")


def find_python():
    """A Python that has PyTorch: this one, or the system's, for which Debian's packages install it."""
    for python in (sys.executable, "/usr/bin/python3"):
        if os.path.exists(python) and subprocess.run([python, "-c", "import torch"], capture_output=True, check=False).returncode == 0:
            return python
    fail("no Python here has PyTorch; benchmarks/peers/install.sh installs it.")


def run(command, environment):
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        fail(f"{' '.join(command)} ended with exit code {done.returncode}: {(done.stderr or done.stdout).strip()[-600:]}")
    return done.stdout


class Side:
    """How both programs are started."""

    def __init__(self, options, folder):
        self.folder, self.seconds = folder, options.seconds
        self.python = find_python()
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as text:
            wide = "avx512f" in text.read() and not options.avx2
        self.ours = {"DOTNET_EnableAVX512": "0"} if options.avx2 else {}
        self.theirs = {"ATEN_CPU_CAPABILITY": "avx512" if wide else "avx2", "OPENBLAS_CORETYPE": "SkylakeX" if wide else "Haswell"}
        self.eager = ["--eager"] if options.eager else []

    def probnet(self, *arguments):
        return run(["dotnet", PROGRAM, "workloads", *arguments, *self.eager], self.ours)

    def pytorch(self, command, *arguments, threads=1, wait="passive"):
        environment = {**self.theirs, "OMP_WAIT_POLICY": wait, "OMP_NUM_THREADS": str(threads)}
        script = os.path.join(HERE, "workloads.py")
        return json.loads(run([self.python, script, command, "--data", self.folder, "--threads", str(threads), *arguments], environment))

    def time_ours(self, workload):
        path = os.path.join(self.folder, "ours.json")
        self.probnet("--only", workload, "--json", path)
        with open(path, encoding="utf-8") as file:
            return json.load(file)[0]

    def time_theirs(self, workload, seconds, threads, wait, variant=None):
        chosen = ["--variant", variant] if variant else []
        found = self.pytorch("time", "--only", workload, "--seconds", str(seconds), *chosen, threads=threads, wait=wait)
        return [{**result, "wait": wait} for result in found]


def check_losses(side, ids):
    """The largest relative difference of the first losses of each workload; ends the program if one is too large."""
    doubles = [workload for workload in ids if workload in FIRST]
    if doubles:
        differences_of(side, doubles, "in double", FIRST_IN_DOUBLE, DOUBLE_TOLERANCE, "--double")
    return differences_of(side, ids, "in single", FIRST, TOLERANCE)


def differences_of(side, ids, precision, first, tolerance, *options):
    """The largest relative difference of the losses of each workload, or of the first of them."""
    path = os.path.join(side.folder, "losses.json")
    side.probnet("--export", side.folder, "--losses", path, "--only", ",".join(ids), *options)
    with open(path, encoding="utf-8") as file:
        ours = json.load(file)
    theirs = side.pytorch("losses", "--only", ",".join(ids))
    worst = {}
    for workload in ids:
        pairs = list(zip(ours[workload], theirs[workload], strict=True))[:first.get(workload)]
        worst[workload] = max(abs(a - b) / abs(b) for a, b in pairs)
        print(f"{workload:12} first {len(pairs)} losses {precision} agree to {worst[workload]:.1e} relative; the last is {pairs[-1][1]:.6g}", flush=True)
        if not worst[workload] <= tolerance:
            fail(f"{workload}: that is more than {tolerance:g}; the two sides do not do the same work.")
    return worst


def best_setting(side, workload):
    """The setting in which PyTorch is fastest, by the median of its steps."""
    found = [result for threads, wait in SETTINGS for result in side.time_theirs(workload, side.seconds / 3, threads, wait)]
    return min(found, key=lambda result: result["median_us"])


def compare(side, workload, rounds):
    """Both sides in turn."""
    best = best_setting(side, workload)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(side.time_ours(workload))
        theirs.append(side.time_theirs(workload, side.seconds, best["threads"], best["wait"], best["variant"])[0])
    setting = f"{best['variant']}, 1 thread" if best["threads"] == 1 else f"{best['variant']}, 2 threads, {best['wait']}"
    our_us, their_us = (statistics.median(result["median_us"] for result in side) for side in (ours, theirs))
    return {
        "id": workload,
        "probnet_us": our_us,
        "pytorch_us": their_us,
        "pytorch_setting": setting,
        "ratio": their_us / our_us,
        "target": TARGETS[workload],
        "allocated_bytes_per_step": max(result["allocated_bytes_per_step"] for result in ours),
        "gflops": statistics.median(result["gflops"] for result in ours),
        "peak_fraction": statistics.median(result["peak_fraction"] for result in ours),
        "warm_first_step_ms": statistics.median(result["warm_first_step_ms"] for result in ours),
        "probnet_peak_bytes": max(result["peak_memory_bytes"] for result in ours),
        "pytorch_peak_bytes": max(result["peak_memory_bytes"] for result in theirs),
        "probnet_min_us": min(result["min_us"] for result in ours),
        "pytorch_min_us": min(result["min_us"] for result in theirs),
        "rounds_probnet_us": [result["median_us"] for result in ours],
        "rounds_pytorch_us": [result["median_us"] for result in theirs],
    }


def print_table(rows):
    print("\n| id | ProbNet µs | PyTorch µs | ratio | floor | ProbNet MB | PyTorch MB | PyTorch's best setting |")
    print("|---|---:|---:|---:|---:|---:|---:|---|")
    for row in rows:
        print(
            f"| {row['id']} | {row['probnet_us']:,.1f} | {row['pytorch_us']:,.1f} | {row['ratio']:.2f} | {row['target']:g} "
            f"| {row['probnet_peak_bytes'] / 2**20:.0f} | {row['pytorch_peak_bytes'] / 2**20:.0f} | {row['pytorch_setting']} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", help="some of the workloads: id,id")
    parser.add_argument("--rounds", type=int, default=5, help="how often both sides run; default 5")
    parser.add_argument("--seconds", type=float, default=3, help="how long PyTorch is timed in a round; default 3, as ProbNet")
    parser.add_argument("--avx2", action="store_true", help="both sides without AVX-512")
    parser.add_argument("--eager", action="store_true", help="ProbNet without compiled graphs")
    parser.add_argument("--losses", action="store_true", help="only check that the losses agree")
    parser.add_argument("--json", help="also write the table to a file")
    options = parser.parse_args()
    ids = options.only.split(",") if options.only else list(TARGETS)
    unknown = [workload for workload in ids if workload not in TARGETS]
    if unknown or options.rounds < 1 or not options.seconds > 0:
        fail(f"there is no workload '{unknown[0]}'; there are {', '.join(TARGETS)}." if unknown else "--rounds and --seconds must be above 0.")
    if shutil.which("dotnet") is None:
        fail("there is no dotnet on the path.")

    # Both sides inherit the two cores.
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    run(["dotnet", "build", "-c", "Release", "-v", "q", "--nologo", PROJECT], {})
    with tempfile.TemporaryDirectory() as folder:
        side = Side(options, folder)
        worst = check_losses(side, ids)
        if options.losses:
            return
        rows = []
        for workload in ids:
            rows.append({**compare(side, workload, options.rounds), "largest_loss_difference": worst[workload]})
            print(f"{workload:12} {rows[-1]['probnet_us']:12,.1f} µs {rows[-1]['pytorch_us']:12,.1f} µs  {rows[-1]['ratio']:6.2f}x", flush=True)
    print_table(rows)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(rows, file, indent=2)


if __name__ == "__main__":
    main()
