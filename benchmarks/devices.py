#!/usr/bin/env python3
"""The figures of the examples on a device against those of the processor, over seeds.

    python3 benchmarks/devices.py [--device opencl:0] [--seeds 4] [--only 02,06] [--keep FOLDER]

Runs each example with small settings on both and prints, of all the numbers that its --json file has but times, how many means agree within one standard error of the
processor's mean over the seeds, the largest difference in such errors, and the largest relative difference of a single seed. The examples must have been built: dotnet build -c Release.
"""
import argparse
import glob
import json
import os
import statistics
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SETTINGS = {
    "02-photometric-redshift": "--objects 2000 --epochs 15",
    "03-flows": "--sets moons --models mdn,spline,maf,matching --points 4000 --test-points 1000 --steps 300",
    "04-vae": "--epochs 10 --galaxies 1000",
    "05-diffusion": "--points 10000 --test-points 500 --epochs 10 --digit-epochs 10 --digit-rows 5",
    "06-five-regressions": "--rows 500 --epochs 40",
}


def numbers(node, path=""):
    """The leaves of a JSON document by their paths, without times and what was asked for."""
    if isinstance(node, dict):
        for name, child in node.items():
            if "seconds" not in name and name != "seed":
                yield from numbers(child, f"{path}/{name}")
    elif isinstance(node, list):
        for i, child in enumerate(node):
            yield from numbers(child, f"{path}/{child.get('name', i) if isinstance(child, dict) else i}")
    elif isinstance(node, (int, float)) and not isinstance(node, bool):
        yield path, node


def run(example, settings, device, seed, folder):
    output = os.path.join(folder, f"{example}-{device.replace(':', '')}-{seed}.json")
    if not os.path.exists(output):
        (config,) = glob.glob(os.path.join(ROOT, "examples", example, "bin", "Release", "net*", "*.runtimeconfig.json"))
        command = ["dotnet", config.replace(".runtimeconfig.json", ".dll"), *settings.split(), "--device", device, "--seed", str(seed), "--json", output]
        subprocess.run([*command, "--html", os.path.join(folder, "page.html")], check=True, stdout=subprocess.DEVNULL)
    with open(output, encoding="utf-8") as file:
        return dict(numbers(json.load(file)))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--device", default="opencl:0")
    options.add_argument("--seeds", type=int, default=4)
    options.add_argument("--only", default="", help="the first digits of examples, with commas between")
    options.add_argument("--keep", help="a folder for the JSON files; those that are there are not computed again")
    chosen = options.parse_args()
    if chosen.seeds < 2:
        options.error("--seeds: a standard error needs at least two")

    with tempfile.TemporaryDirectory() as folder:
        folder = chosen.keep or folder
        os.makedirs(folder, exist_ok=True)
        print("| example | settings | figures | within one standard error | largest difference, in standard errors | largest relative difference of a seed |")
        print("|---|---|---:|---:|---:|---:|")
        for example, settings in SETTINGS.items():
            if chosen.only and example[:2] not in chosen.only.split(","):
                continue
            runs = [[run(example, settings, device, seed, folder) for device in ("cpu", chosen.device)] for seed in range(1, chosen.seeds + 1)]
            figures = {}
            for path in runs[0][0]:
                pairs = [(cpu[path], other[path]) for cpu, other in runs]
                cpus, others = zip(*pairs)
                error = statistics.stdev(cpus) / len(cpus) ** 0.5
                shift = abs(statistics.fmean(others) - statistics.fmean(cpus))
                relative = max(abs(b - a) / max(abs(a), 1e-12) for a, b in pairs)
                figures[path] = (0 if shift == 0 else shift / error if error > 0 else float("inf"), relative)
            worst, widest = max(figures, key=lambda p: figures[p][0]), max(figures, key=lambda p: figures[p][1])
            within = sum(shift <= 1 for shift, _ in figures.values())
            print(f"| {example} | `{settings}` | {len(figures)} | {within} | {figures[worst][0]:.3f} ({worst}) | {figures[widest][1]:.1e} ({widest}) |", flush=True)


if __name__ == "__main__":
    main()
