"""The workloads of ProbNet's benchmark in PyTorch: same shapes, same initial weights, same data, same losses.

    workloads.py losses --data FOLDER [--only ID,ID]      the losses of the first 50 steps, as JSON
    workloads.py time --data FOLDER --only ID --threads N the time of a step for each variant, as JSON

FOLDER holds what `ProbNet.Benchmarks workloads --export FOLDER` wrote.
"""
import argparse
import gc
import json
import math
import os
import sys
import time

import numpy
import torch
from torch import nn
from torch.distributions import Categorical, MixtureSameFamily, Normal
from torch.nn import functional

STEPS = 50
IDS = ["mdn-32", "mdn-256", "mdn-4096", "realnvp-256", "spline-256", "vae-128", "score-256", "mlp-64"]
LOG_TWO_PI = math.log(2 * math.pi)


def read_safetensors(path):
    """The tensors of a file by name: a length, a header in JSON, then plain bytes."""
    types = {"F32": numpy.float32, "F64": numpy.float64, "I64": numpy.int64, "I32": numpy.int32}
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = file.read()
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, stop = entry["data_offsets"]
            array = numpy.frombuffer(data[start:stop], dtype=types[entry["dtype"]]).reshape(entry["shape"])
            tensors[name] = torch.from_numpy(array.copy())
    return tensors


def numbered(tensors, kind):
    """The tensors kind.0, kind.1, ... of a file."""
    found = []
    while f"{kind}.{len(found)}" in tensors:
        found.append(tensors[f"{kind}.{len(found)}"])
    return found


def chain(activation, *widths):
    """Linear layers with an activation between them."""
    layers = []
    for i in range(len(widths) - 1):
        layers += ([activation()] if i > 0 else []) + [nn.Linear(widths[i], widths[i + 1])]
    return nn.Sequential(*layers)


class Mdn(nn.Module):
    """A mixture of five Normals whose negative log likelihood is written out."""

    def __init__(self):
        super().__init__()
        self.net = chain(nn.Tanh, 1, 64, 64, 15)

    def forward(self, x, y):
        raw = self.net(x)
        logits, loc, raw_scale = raw.split(5, -1)
        scale = functional.softplus(raw_scale) + 1e-3
        z = (y.unsqueeze(-1) - loc) / scale
        log_prob = torch.log_softmax(logits, -1) - torch.log(scale) - 0.5 * z.square()
        return 0.5 * LOG_TWO_PI - torch.logsumexp(log_prob, -1).mean()


class MdnOfDistributions(Mdn):
    """The same by torch.distributions, without validation of arguments."""

    def forward(self, x, y):
        raw = self.net(x)
        logits, loc, raw_scale = raw.split(5, -1)
        normals = Normal(loc, functional.softplus(raw_scale) + 1e-3, validate_args=False)
        mixture = MixtureSameFamily(Categorical(logits=logits, validate_args=False), normals, validate_args=False)
        return -mixture.log_prob(y).mean()


class RealNvp(nn.Module):
    """Six affine couplings, log scales bounded by tanh."""

    def __init__(self):
        super().__init__()
        self.nets = nn.ModuleList([chain(nn.ReLU, 1, 64, 64, 2) for _ in range(6)])

    def forward(self, x):
        a, b = x.split(1, -1)
        log_determinant = None
        for net in self.nets:
            raw_scale, shift = net(a).split(1, -1)
            log_scale = torch.tanh(raw_scale)
            a, b = torch.addcmul(shift, b, torch.exp(log_scale)), a
            log_determinant = log_scale if log_determinant is None else log_determinant + log_scale
        return (0.5 * (a.square() + b.square()) - log_determinant).mean() + LOG_TWO_PI


def rational_quadratic_spline(x, raw, bins, bound, least=1e-3):
    """y and the log of the slope, all elements at once (Durkan et al. 2019)."""
    raw_widths, raw_heights, raw_slopes = raw.split([bins, bins, bins - 1], -1)

    def parts(unnormalized):
        lengths = least + (1 - least * bins) * torch.softmax(unnormalized, -1)
        edges = functional.pad(torch.cumsum(lengths, -1), (1, 0)) * (2 * bound) - bound
        return edges, edges[..., 1:] - edges[..., :-1]

    left, widths = parts(raw_widths)
    bottom, heights = parts(raw_heights)
    slopes = functional.pad(functional.softplus(raw_slopes) + least, (1, 1), value=1.0)
    inside = (x > -bound) & (x < bound)
    point = x.clamp(-bound, bound)
    index = (point.unsqueeze(-1) >= left[..., 1:-1]).sum(-1, keepdim=True)

    def pick(rows):
        return rows.gather(-1, index).squeeze(-1)

    width, height, before, after = pick(widths), pick(heights), pick(slopes), pick(slopes[..., 1:])
    theta = (point - pick(left)) / width
    both, slope, square = theta * (1 - theta), height / width, theta.square()
    denominator = slope + (before + after - 2 * slope) * both
    y = pick(bottom) + height * (slope * square + before * both) / denominator
    steepness = slope.square() * (after * square + 2 * slope * both + before * (1 - theta).square())
    log_slope = torch.log(steepness) - 2 * torch.log(denominator)
    return torch.where(inside, y, x), torch.where(inside, log_slope, torch.zeros_like(x))


class Spline(nn.Module):
    """Four couplings of rational-quadratic splines of eight bins."""

    def __init__(self):
        super().__init__()
        self.nets = nn.ModuleList([chain(nn.ReLU, 1, 64, 64, 23) for _ in range(4)])

    def forward(self, x):
        a, b = x.split(1, -1)
        log_determinant = None
        for net in self.nets:
            moved, log_slope = rational_quadratic_spline(b.squeeze(-1), net(a), 8, 4.0)
            a, b = moved.unsqueeze(-1), a
            log_determinant = log_slope if log_determinant is None else log_determinant + log_slope
        return (0.5 * (a.square() + b.square()).sum(-1) - log_determinant).mean() + LOG_TWO_PI


class Vae(nn.Module):
    """784-512-256-(2x20) and back, Bernoulli pixels."""

    def __init__(self):
        super().__init__()
        self.encoder = chain(nn.ReLU, 784, 512, 256, 40)
        self.decoder = chain(nn.ReLU, 20, 256, 512, 784)

    def forward(self, x, noise):
        mean, log_variance = self.encoder(x).split(20, -1)
        z = torch.addcmul(mean, torch.exp(0.5 * log_variance), noise)
        reconstruction = functional.binary_cross_entropy_with_logits(self.decoder(z), x, reduction="sum")
        divergence = 0.5 * (log_variance.exp() + mean.square() - 1 - log_variance).sum()
        return (reconstruction + divergence) / x.shape[0]

    @staticmethod
    def draw():
        return [torch.randn(128, 20)]


class Score(nn.Module):
    """Denoising score matching under the variance-preserving diffusion."""

    def __init__(self):
        super().__init__()
        self.net = chain(nn.SiLU, 65, 256, 256, 64)

    def forward(self, x, noise, uniform):
        t = 1e-3 + (1 - 1e-3) * uniform
        log_mean = -0.25 * (20 - 0.1) * t * t - 0.5 * 0.1 * t
        sigma = torch.sqrt(-torch.expm1(2 * log_mean))
        score = self.net(torch.cat([torch.exp(log_mean) * x + sigma * noise, t], -1))
        return (sigma * score + noise).square().sum() / x.shape[0]

    @staticmethod
    def draw():
        return [torch.randn(256, 64), torch.rand(256, 1)]


class Mlp(nn.Module):
    """784-512-512-10, cross-entropy."""

    def __init__(self):
        super().__init__()
        self.net = chain(nn.ReLU, 784, 512, 512, 10)

    def forward(self, x, labels):
        return functional.cross_entropy(self.net(x), labels)


MODELS = {"mdn": [Mdn, MdnOfDistributions], "realnvp": [RealNvp], "spline": [Spline], "vae": [Vae], "score": [Score], "mlp": [Mlp]}


class Job:
    """A model with its optimizer, its batch and the noise of the first steps."""

    def __init__(self, folder, workload, model=None, foreach=False, traced=False):
        tensors = read_safetensors(os.path.join(folder, workload + ".safetensors"))
        self.module = (model or MODELS[workload.split("-")[0]][0])()
        self.inputs = numbered(tensors, "input")
        self.noise = numbered(tensors, "noise")
        self.draw = getattr(self.module, "draw", list)
        values = numbered(tensors, "parameter")
        self.module.to(values[0].dtype)
        with torch.no_grad():
            # ProbNet keeps a weight as [in, out], PyTorch as [out, in].
            for parameter, value in zip(self.module.parameters(), values, strict=True):
                parameter.copy_(value.t() if value.dim() == 2 else value)
        self.optimizer = torch.optim.Adam(self.module.parameters(), lr=1e-3, foreach=foreach)
        self.loss = self.module
        if traced:
            example = (*self.inputs, *self.draw())
            self.loss = torch.jit.trace(self.module, example, check_trace=False)

    def step(self, noise=None):
        """One training step; draws its random numbers if none are given."""
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(*self.inputs, *(self.draw() if noise is None else noise))
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def losses(self):
        """The losses of the first steps, with the random numbers of the file."""
        return [self.step([draws[i] for draws in self.noise]) for i in range(STEPS)]


def variants(workload):
    """Every way to run a workload that may be the fastest, by name."""
    for model in MODELS[workload.split("-")[0]]:
        for traced in (False, True):
            for foreach in (False, True):
                words = ["torch.distributions"] if model is MdnOfDistributions else []
                words += (["traced"] if traced else []) + ["foreach" if foreach else "plain"]
                yield " ".join(words), dict(model=model, traced=traced, foreach=foreach)


def measure(job, seconds):
    """Median and least microseconds of single steps after warm-up."""
    start = time.perf_counter()
    warm_up = 0
    while warm_up < 10 or time.perf_counter() - start < seconds / 3:
        job.step()
        warm_up += 1
    count = max(20, int(seconds * warm_up / (time.perf_counter() - start)))
    times = [0.0] * (count + 1)
    gc.collect()
    gc.disable()
    for i in range(count + 1):
        times[i] = time.perf_counter()
        if i < count:
            job.step()
    gc.enable()
    steps = sorted(b - a for a, b in zip(times, times[1:]))
    return {"median_us": 1e6 * steps[count // 2], "min_us": 1e6 * steps[0], "steps": count}


def peak_memory_bytes():
    """The most memory that this process had resident."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(1024 * int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["losses", "time"])
    parser.add_argument("--data", required=True)
    parser.add_argument("--only", default=",".join(IDS))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--variant", help="time only this variant")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    ids = options.only.split(",")
    if options.command == "losses":
        json.dump({workload: Job(options.data, workload).losses() for workload in ids}, sys.stdout)
        return
    results = []
    for workload in ids:
        for name, settings in variants(workload):
            if options.variant in (None, name):
                timing = measure(Job(options.data, workload, **settings), options.seconds)
                results.append({"id": workload, "variant": name, "threads": options.threads, **timing, "peak_memory_bytes": peak_memory_bytes()})
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
