#!/usr/bin/python3
"""The autoencoder of `ProbNet.Benchmarks vae` in PyTorch, and both in turn.

    benchmarks/peers/vae.py compare --data digits.csv --test-rows FILE [--rounds 5]     both, a seed a round, in new processes
    benchmarks/peers/vae.py train --data digits.csv --test-rows FILE --seed 0           PyTorch alone, as JSON

The same networks, data, batches, epochs, optimizer and type; PyTorch with its own initial weights. --data takes MNIST's IDX file too.
"""
import argparse
import gzip
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time

PROGRAM = "benchmarks/ProbNet.Benchmarks/bin/Release/net10.0/ProbNet.Benchmarks.dll"


def read(path, test_rows):
    """Binary images: those to train by, those to test by."""
    import numpy

    if path.endswith(".csv"):
        x = numpy.loadtxt(path, delimiter=",", skiprows=1)[:, :64] >= 8
    else:
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
            raw = file.read()
        count = int.from_bytes(raw[4:8], "big")
        x = numpy.frombuffer(raw, numpy.uint8, offset=16).reshape(count, -1) >= 128
    rows = numpy.arange(len(x))
    test = numpy.loadtxt(test_rows, dtype=int) if test_rows else rows[len(x) - len(x) // 5:]
    return x[numpy.setdiff1d(rows, test)], x[test]


def train(args):
    import torch
    from torch import nn
    from torch.nn import functional

    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    x, test = (torch.tensor(part, dtype=torch.float32) for part in read(args.data, args.test_rows))
    pixels = x.shape[1]
    width, latent, batch, epochs = (128, 8, 64, 150) if pixels == 64 else (256, 16, 100, 40)
    encoder = nn.Sequential(nn.Linear(pixels, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 2 * latent))
    decoder = nn.Sequential(nn.Linear(latent, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, pixels))
    parameters = [*encoder.parameters(), *decoder.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=1e-3, foreach=args.foreach)

    def terms(y, samples=None):
        loc, log_var = encoder(y).chunk(2, -1)
        noise = torch.randn(loc.shape if samples is None else (samples, *loc.shape))
        z = loc + torch.exp(0.5 * log_var) * noise
        logits = decoder(z)
        log_p = -functional.binary_cross_entropy_with_logits(logits, y.expand_as(logits), reduction="none").sum(-1)
        kl = 0.5 * (log_var.exp() + loc.square() - 1 - log_var).sum(-1)
        log_q = (-0.5 * noise.square() - 0.5 * log_var).sum(-1)
        return log_p, kl, log_p - 0.5 * z.square().sum(-1) - log_q

    start = time.perf_counter()
    for _ in range(epochs):
        order = torch.randperm(len(x))
        for i in range(0, len(x), batch):
            log_p, kl, _ = terms(x[order[i:i + batch]])
            optimizer.zero_grad(set_to_none=True)
            (kl - log_p).mean().backward()
            optimizer.step()
    seconds = time.perf_counter() - start
    with torch.no_grad():
        log_p, kl, _ = terms(test, 64)
        weights = torch.cat([terms(test, 50)[2] for _ in range(10)])
        print(json.dumps({
            "seconds": seconds, "test_elbo": (log_p - kl).mean().item(), "test_kl": kl.mean().item(),
            "test_iwae": (torch.logsumexp(weights, 0) - math.log(len(weights))).mean().item()}))


def peer(args, seed, threads, foreach):
    command = [sys.executable, __file__, "train", "--data", args.data, "--seed", str(seed), "--threads", str(threads)]
    command += ["--test-rows", args.test_rows] if args.test_rows else []
    environment = dict(os.environ, ATEN_CPU_CAPABILITY="avx512", OPENBLAS_CORETYPE="SkylakeX")
    output = subprocess.run(command + (["--foreach"] if foreach else []), check=True, capture_output=True, text=True, env=environment).stdout
    return json.loads(output)


def own(args, seed):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "out.json")
        command = ["dotnet", PROGRAM, "vae", "--data", args.data, "--seed", str(seed), "--json", path]
        subprocess.run(command + (["--test-rows", args.test_rows] if args.test_rows else []), check=True, capture_output=True)
        with open(path) as file:
            return json.load(file)


def over(runs, key):
    """The mean of the runs, with its standard error where there are several."""
    values = [run[key] for run in runs]
    error = f" ± {statistics.stdev(values) / len(values) ** 0.5:.3f}" if len(values) > 1 else ""
    return f"{statistics.mean(values):.3f}{error}"


def compare(args):
    variants = {f"PyTorch, {threads} thread{'s' * (threads > 1)}{', foreach' * foreach}": (threads, foreach)
                for threads in args.threads for foreach in (False, True)}
    results = {name: [] for name in ["ProbNet", *variants]}
    best = next(iter(variants))
    for seed in range(args.first_seed, args.first_seed + args.rounds):
        results["ProbNet"].append(own(args, seed))
        for name, (threads, foreach) in variants.items():
            if seed == args.first_seed or name == best:
                results[name].append(peer(args, seed, threads, foreach))
        if seed == args.first_seed:
            best = min(variants, key=lambda name: results[name][0]["seconds"])
    print(f"{'':<28} {'runs':>4} {'seconds':>9} {'ELBO':>17} {'KL':>15} {'500 draws':>17}")
    for name, runs in results.items():
        seconds = statistics.median(run["seconds"] for run in runs)
        print(f"{name:<28} {len(runs):>4} {seconds:>9.2f} {over(runs, 'test_elbo'):>17} {over(runs, 'test_kl'):>15} {over(runs, 'test_iwae'):>17}")
    ratio = statistics.median(p["seconds"] / o["seconds"] for o, p in zip(results["ProbNet"], results[best]))
    print(f"{best} / ProbNet: {ratio:.2f} (median over the rounds)")
    if args.json:
        with open(args.json, "w") as file:
            json.dump(results, file, indent=1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("compare", "train"):
        command = commands.add_parser(name)
        command.add_argument("--data", required=True)
        command.add_argument("--test-rows")
        if name == "train":
            command.add_argument("--seed", type=int, default=0)
            command.add_argument("--threads", type=int, default=2)
            command.add_argument("--foreach", action="store_true")
        else:
            command.add_argument("--threads", type=int, nargs="+", default=[1, 2], help="PyTorch's; the fastest in the first round is taken for the others")
            command.add_argument("--rounds", type=int, default=5)
            command.add_argument("--first-seed", type=int, default=0)
            command.add_argument("--json")
    args = parser.parse_args()
    train(args) if args.command == "train" else compare(args)


if __name__ == "__main__":
    main()
