#!/usr/bin/env python3
"""The mixture density network of examples/02-photometric-redshift in PyTorch, and both in turn on the same catalogue.

    photoz.py --data qso.csv --train-rows train.txt --test-rows test.txt [--seeds 5]            this side alone, as JSON
    photoz.py ... --against examples/02-photometric-redshift/bin/Release/net10.0/PhotometricRedshift.dll

The same network (5-64-64-24, ReLU), data, epochs, batches, rate, validation part and choice of the best epoch in Float32. With --against, each seed trains
ProbNet's and this one after the other in new processes with the same number of threads; what starts up in the first steps counts on both sides.
"""
import argparse
import csv
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time

COLUMNS = ["u_mag", "g_mag", "r_mag", "i_mag", "zband_mag"]
COMPONENTS, UNITS, EPOCHS, BATCH, RATE, FLOOR = 8, 64, 40, 256, 2e-3, 1e-3


def read(options):
    """Standardized and clipped features, and redshifts, of both parts."""
    import numpy
    with open(options.data, newline="", encoding="utf-8") as file:
        rows = [[float(row[c]) for c in COLUMNS] + [float(row["redshift"])] for row in csv.DictReader(file)]
    table = numpy.array([row for row in rows if min(row[:5]) > 0])
    u, g, r, i, z = table[:, :5].T
    features = numpy.stack([r, u - g, g - r, r - i, i - z], 1)
    train, test = (numpy.loadtxt(path, dtype=int) for path in (options.train_rows, options.test_rows))
    mean, deviation = features[train].mean(0), features[train].std(0)
    scaled = numpy.clip((features - mean) / deviation, -5, 5)
    return scaled[train], table[train, 5], scaled[test], table[test, 5]


def train(data, seed):
    """Trains one network; its test NLL and the seconds of training."""
    import numpy
    import torch
    from torch import nn
    from torch.nn import functional
    x, y, test_x, test_y = data
    location, scale = y.mean(), y.std()
    torch.manual_seed(seed)

    def tensor(values):
        return torch.tensor(values, dtype=torch.float32)

    start = time.perf_counter()
    order = numpy.random.RandomState(1000 + seed).permutation(len(x))
    held = round(0.1 * len(x))
    valid, rest = order[:held], order[held:]
    train_x, train_y = tensor(x[rest]), tensor((y[rest] - location) / scale)
    valid_x, valid_y = tensor(x[valid]), tensor((y[valid] - location) / scale)
    net = nn.Sequential(nn.Linear(5, UNITS), nn.ReLU(), nn.Linear(UNITS, UNITS), nn.ReLU(), nn.Linear(UNITS, 3 * COMPONENTS))
    optimizer = torch.optim.Adam(net.parameters(), lr=RATE)

    def loss_of(inputs, targets):
        logits, loc, raw = net(inputs).split(COMPONENTS, -1)
        deviation = functional.softplus(raw) + FLOOR
        z = (targets.unsqueeze(-1) - loc) / deviation
        log = torch.log_softmax(logits, -1) - torch.log(deviation) - 0.5 * z.square()
        return 0.5 * math.log(2 * math.pi) - torch.logsumexp(log, -1).mean()

    best, weights = math.inf, None
    for _ in range(EPOCHS):
        shuffled = torch.randperm(len(train_x))
        for at in range(0, len(train_x), BATCH):
            rows = shuffled[at:at + BATCH]
            optimizer.zero_grad(set_to_none=True)
            loss_of(train_x[rows], train_y[rows]).backward()
            optimizer.step()
        with torch.no_grad():
            loss = loss_of(valid_x, valid_y).item()
        if loss < best:
            best, weights = loss, {name: value.clone() for name, value in net.state_dict().items()}
    net.load_state_dict(weights)
    seconds = time.perf_counter() - start
    with torch.no_grad():
        nll = loss_of(tensor(test_x), tensor((test_y - location) / scale)).item() + math.log(scale)
    return {"nll": nll, "seconds": seconds}


def compare(options):
    """Both sides in turn, seed by seed."""
    files = ["--data", options.data, "--train-rows", options.train_rows, "--test-rows", options.test_rows]
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.first_seed, options.first_seed + options.seeds):
            path = os.path.join(folder, "ours.json")
            command = ["dotnet", options.against, *files, "--only", "mdn", "--seed", str(seed), "--json", path, "--html", os.path.join(folder, "page.html")]
            environment = {**os.environ, "DOTNET_PROCESSOR_COUNT": str(options.threads)}
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
            with open(path, encoding="utf-8") as file:
                model = json.load(file)["models"][0]
            ours.append({"nll": model["nll"], "seconds": model["seconds"]})
            again = [sys.executable, __file__, *files, "--seeds", "1", "--first-seed", str(seed), "--threads", str(options.threads)]
            done = subprocess.run(again, check=True, capture_output=True, text=True)
            theirs += json.loads(done.stdout)
            print(f"seed {seed}: ProbNet {ours[-1]['seconds']:.2f} s, NLL {ours[-1]['nll']:.4f}; "
                  f"PyTorch {theirs[-1]['seconds']:.2f} s, NLL {theirs[-1]['nll']:.4f}", flush=True)
    for name, results in [("ProbNet", ours), ("PyTorch", theirs)]:
        nll = [result["nll"] for result in results]
        error = statistics.pstdev(nll) / math.sqrt(len(nll))
        print(f"{name}: NLL {statistics.mean(nll):.4f} ± {error:.4f}, median {statistics.median(result['seconds'] for result in results):.2f} s a training")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--data", "--train-rows", "--test-rows"):
        parser.add_argument(name, required=True)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--against", help="ProbNet's program, built")
    options = parser.parse_args()
    if options.against:
        compare(options)
        return
    import torch
    torch.set_num_threads(options.threads)
    data = read(options)
    print(json.dumps([train(data, seed) for seed in range(options.first_seed, options.first_seed + options.seeds)]))


if __name__ == "__main__":
    main()
