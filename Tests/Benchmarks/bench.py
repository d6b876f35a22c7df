"""Ours beside its peers, measured side by side: `make bench`.

Every figure is a median of alternating runs. On a shared machine trust the ratios, not the seconds.
Usage: bench.py [--rounds N] [transfers|distance|usage|screens|live ...]
"""

import argparse
import os
import sys

import distance
import screens
import transfers
from workbench import SLUICE, Workbench

PARTS = {"transfers": transfers.transfers, "distance": distance.distance, "usage": transfers.usage, "screens": screens.screens,
         "live": screens.live}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("parts", nargs="*", default=list(PARTS), metavar="|".join(PARTS))
    options = parser.parse_args()
    if not os.access(SLUICE, os.X_OK):
        sys.exit(f"{SLUICE} is not there: `make build` makes it, or SLUICE names another.")
    bench = Workbench()
    try:
        for part in options.parts:
            PARTS[part](bench, options.rounds)
    finally:
        bench.close()


if __name__ == "__main__":
    main()
