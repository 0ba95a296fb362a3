#!/usr/bin/env python3
"""Whether each example trains to its end with every seed.

    python3 benchmarks/seeds.py [--seeds 20] [--only 03,05] [--default] [--keep FOLDER]

Runs each example with the seeds 1, 2, ... and with small settings, those of devices.py (or, with --default, its own), and prints how many runs ended without an error, how many numbers
of their --json files are not finite, and the seconds of a run. The examples must have been built: dotnet build -c Release.
"""
import argparse
import json
import os
import statistics
import tempfile
import time

import devices

SETTINGS = {"01-aleatoric-regression": "--epochs 30", **devices.SETTINGS}


def without_value(node):
    """How many leaves are null: that is how a number that is not finite is written."""
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return sum(map(without_value, children)) + (node is None)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seeds", type=int, default=20)
    options.add_argument("--only", default="", help="the first digits of examples, with commas between")
    options.add_argument("--default", action="store_true", help="the examples' own settings")
    options.add_argument("--keep", help="a folder for the JSON files; those that are there are not computed again")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = chosen.keep or folder
        os.makedirs(folder, exist_ok=True)
        print("| example | settings | runs | ended | figures | not finite | seconds a run |")
        print("|---|---|---:|---:|---:|---:|---:|")
        for example, settings in SETTINGS.items():
            if chosen.only and example[:2] not in chosen.only.split(","):
                continue
            settings = "" if chosen.default else settings
            ended, figures, broken, seconds = 0, 0, 0, []
            for seed in range(1, chosen.seeds + 1):
                start = time.perf_counter()
                try:
                    figures += len(devices.run(example, settings, "cpu", seed, folder))
                except devices.subprocess.CalledProcessError as error:
                    print(f"{example}, seed {seed}: ended with code {error.returncode}")
                    continue
                seconds.append(time.perf_counter() - start)
                ended += 1
                with open(os.path.join(folder, f"{example}-cpu-{seed}.json"), encoding="utf-8") as file:
                    broken += without_value(json.load(file))
            median = f"{statistics.median(seconds):.0f}" if seconds else ""
            print(f"| {example} | `{settings or 'default'}` | {chosen.seeds} | {ended} | {figures} | {broken} | {median} |", flush=True)


if __name__ == "__main__":
    main()
