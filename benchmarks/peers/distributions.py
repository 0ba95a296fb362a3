#!/usr/bin/python3
"""PyTorch's log densities of a million elements with gradients in all parameters, and a million draws: median ms.

The counterpart of DistributionThroughput.cs: the same families, shapes and ranges, no validation of arguments.
    /usr/bin/python3 benchmarks/peers/distributions.py --threads 2
With --rounds, ProbNet (built before) and PyTorch take turns in new processes, and the medians over the rounds are printed as a table:
    dotnet build -c Release benchmarks/ProbNet.Benchmarks
    /usr/bin/python3 benchmarks/peers/distributions.py --rounds 3
"""
import argparse
import os

os.environ.setdefault("ATEN_CPU_CAPABILITY", "avx512")

import statistics  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402

try:
    import torch
    import torch.distributions as D
except ModuleNotFoundError:
    sys.exit(f"error: {sys.executable} has no PyTorch; benchmarks/peers/install.sh installs it for /usr/bin/python3, which this script is started with when it is run directly.")
from torch.nn import functional as F  # noqa: E402

COUNT = 1 << 20
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.join(ROOT, "benchmarks", "ProbNet.Benchmarks", "bin", "Release", "net10.0", "ProbNet.Benchmarks.dll")


def uniform(low, high, *shape):
    return torch.rand(*(shape or (COUNT,))) * (high - low) + low


class Spline:
    """A standard Normal through a rational-quadratic spline on [-3, 3] with identity tails (Durkan et al. 2019), as its authors write it."""

    def __init__(self, widths, heights, slopes):
        def knots(raw):
            parts = 1e-3 + (1 - 1e-3 * raw.shape[-1]) * F.softmax(raw, -1)
            edges = F.pad(6 * torch.cumsum(parts, -1), (1, 0)) - 3
            return edges, edges[..., 1:] - edges[..., :-1]

        (self.x, self.width), (self.y, self.height) = knots(widths), knots(heights)
        self.slopes = F.pad(1e-3 + F.softplus(slopes), (1, 1), value=1.0)

    def bin(self, value, edges):
        index = (value.unsqueeze(-1) >= edges[..., 1:-1]).sum(-1, keepdim=True)
        tables = self.x, self.width, self.y, self.height, self.slopes, self.slopes[..., 1:]
        return [table.gather(-1, index).squeeze(-1) for table in tables]

    def log_prob(self, value):
        inside = (value > -3) & (value < 3)
        x0, w, y0, h, left, right = self.bin(value, self.y)
        offset, s = torch.where(inside, value - y0, torch.zeros(())), h / w
        extra = offset * (left + right - 2 * s)
        a, b, c = h * (s - left) + extra, h * left - extra, -s * offset
        theta = 2 * c / (-b - torch.sqrt(b * b - 4 * a * c))
        both = theta * (1 - theta)
        slope = s * s * (right * theta**2 + 2 * s * both + left * (1 - theta) ** 2)
        log_det = torch.log(slope) - 2 * torch.log(s + (left + right - 2 * s) * both)
        z = torch.where(inside, theta * w + x0, value)
        return -0.5 * z * z - 0.9189385332046727 - torch.where(inside, log_det, torch.zeros(()))

    def sample(self):
        z = torch.randn(self.x.shape[:-1])
        x0, w, y0, h, left, right = self.bin(z, self.x)
        theta, s = ((z - x0) / w).clamp(0, 1), h / w
        both = theta * (1 - theta)
        value = y0 + h * (s * theta**2 + left * both) / (s + (left + right - 2 * s) * both)
        return torch.where((z > -3) & (z < 3), value, z)


def families():
    five = (COUNT // 5, 5)
    yield "Normal", lambda p: D.Normal(p[0], p[1], validate_args=False), [uniform(-1, 1), uniform(0.5, 2)]
    yield "StudentT", lambda p: D.StudentT(p[0], p[1], p[2], validate_args=False), [uniform(2, 20), uniform(-1, 1), uniform(0.5, 2)]
    yield "Gamma", lambda p: D.Gamma(p[0], p[1], validate_args=False), [uniform(0.5, 10), uniform(0.5, 2)]
    yield "Beta", lambda p: D.Beta(p[0], p[1], validate_args=False), [uniform(0.5, 10), uniform(0.5, 10)]
    yield "VonMises", lambda p: D.VonMises(p[0], p[1], validate_args=False), [uniform(-1, 1), uniform(0.5, 10)]
    yield "Dirichlet5", lambda p: D.Dirichlet(p[0], validate_args=False), [uniform(0.5, 10, *five)]
    yield "Mixture5", lambda p: D.MixtureSameFamily(
        D.Categorical(logits=p[0], validate_args=False), D.Normal(p[1], p[2], validate_args=False), validate_args=False
    ), [uniform(-1, 1, *five), uniform(-1, 1, *five), uniform(0.5, 2, *five)]
    eight = (COUNT // 8, 8)
    yield "Spline8", lambda p: Spline(*p), [uniform(-1, 1, *eight), uniform(-1, 1, *eight), uniform(-1, 1, COUNT // 8, 7)]


def median(run, seconds):
    for _ in range(3):
        run()
    times, begin = [], time.perf_counter()
    while time.perf_counter() - begin < seconds or len(times) < 5:
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e3


def measured(command):
    """What a program prints for each family: milliseconds of densities with gradients, and of draws."""
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    return {name: (float(density), float(draws)) for name, density, draws in map(str.split, lines)}


def compare(args):
    options = ["--threads", str(args.threads), "--seconds", str(args.seconds)]
    rounds = []
    for number in range(args.rounds):
        print(f"round {number + 1} of {args.rounds}", file=sys.stderr, flush=True)
        ours = measured(["dotnet", PROGRAM, "distributions", *options])
        rounds.append((ours, measured([sys.executable, os.path.abspath(__file__), *options])))

    print("| family | density: ProbNet | PyTorch | ratio | draws: ProbNet | PyTorch | ratio |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    ratios = []
    for name in rounds[0][0]:
        cells = []
        for what in range(2):
            ours, theirs = (statistics.median(sides[side][name][what] for sides in rounds) for side in range(2))
            cells += [ours, theirs, theirs / ours]
        ratios.append((cells[2], cells[5]))
        print(f"| {name} | " + " | ".join(f"{x:.1f}×" if i % 3 == 2 else f"{x:.1f}" for i, x in enumerate(cells)) + " |")
    density, draws = (statistics.median(ratio[what] for ratio in ratios) for what in range(2))
    print(f"| median | | | {density:.1f}× | | | {draws:.1f}× |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=0, help="so many rounds of both sides in turn; 0: PyTorch alone")
    args = parser.parse_args()
    if args.rounds > 0:
        compare(args)
        return

    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    print(f"PyTorch {torch.__version__}, {args.threads} threads, {COUNT} elements, float32, median ms")
    print(f"{'family':<12} {'log density and gradient':>26} {'draws':>10}")
    for name, create, parameters in families():
        with torch.no_grad():
            value = create(parameters).sample()
        leaves = [p.clone().requires_grad_() for p in parameters]

        def density():
            torch.autograd.grad(create(leaves).log_prob(value).sum(), leaves)

        def draw():
            with torch.no_grad():
                create(parameters).sample()

        print(f"{name:<12} {median(density, args.seconds):26.2f} {median(draw, args.seconds):10.2f}", flush=True)


if __name__ == "__main__":
    main()
