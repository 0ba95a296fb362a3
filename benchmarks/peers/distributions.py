#!/usr/bin/python3
"""PyTorch's log densities of a million elements with gradients in all parameters, and a million draws: median ms.

The counterpart of DistributionThroughput.cs: the same families, shapes and ranges, no validation of arguments.
    ATEN_CPU_CAPABILITY=avx512 /usr/bin/python3 benchmarks/peers/distributions.py --threads 2
"""
import argparse
import os

os.environ.setdefault("ATEN_CPU_CAPABILITY", "avx512")

import statistics  # noqa: E402
import time  # noqa: E402

import torch  # noqa: E402
import torch.distributions as D  # noqa: E402

COUNT = 1 << 20


def uniform(low, high, *shape):
    return torch.rand(*(shape or (COUNT,))) * (high - low) + low


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


def median(run, seconds):
    for _ in range(3):
        run()
    times, begin = [], time.perf_counter()
    while time.perf_counter() - begin < seconds or len(times) < 5:
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e3


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=2)
    args = parser.parse_args()
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
