"""Ours beside its peers, measured side by side: `make bench`, `make bench-check`.

Every figure is a median of alternating runs. On a shared machine trust the ratios, not the seconds.
Usage: bench.py [--rounds N] [--record|--check] [--file FILE] [transfers|distance|usage|screens|live ...]
"""

import argparse
import os
import sys

import distance
import ratios
import screens
import transfers
from workbench import SLUICE, Workbench

PARTS = {"transfers": transfers.transfers, "distance": distance.distance, "usage": transfers.usage, "screens": screens.screens,
         "live": screens.live}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, help="how often each is run (default: 3, and 5 for a check)")
    ratios.arguments(parser)
    parser.add_argument("parts", nargs="*", metavar="|".join(PARTS))
    options = parser.parse_args()
    if unknown := [part for part in options.parts if part not in PARTS]:
        parser.error(f"there is no part {', '.join(unknown)}")
    if not os.access(SLUICE, os.X_OK):
        sys.exit(f"{SLUICE} is not there: `make build` makes it, or SLUICE names another.")
    rounds = options.rounds or (5 if options.check else 3)

    def measure(parts):
        bench = Workbench()
        try:
            for part in parts:
                bench.part = part
                PARTS[part](bench, rounds)
        finally:
            bench.close()
        return bench.measured

    ratios.run(options, measure, options.parts or list(PARTS))


if __name__ == "__main__":
    main()
