"""Power cuts at random moments, every system call failing in turn, simulated lives of a lake: `make torture`.

Prints a table by file system, one of holes, one by system call and one of the lives, and ends with 1 when a promise was broken.
Usage: torture.py [--seed N] [--cuts N] [--points N] [--seeds N] [--file-systems ext4,xfs] [--program PATH] [--keep DIRECTORY]
"""

import argparse
import os
import pathlib
import random
import shutil
import sys
import tempfile
import time

import collector as source
import disk
import holes
import nth_call
import power_cuts
import simulation

HERE = pathlib.Path(__file__).resolve().parent


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--cuts", type=int, default=200, help="power cuts in all; 0 for none")
    parser.add_argument("--points", type=int, default=-1, help="failing calls, drawn at random; -1 for every one")
    parser.add_argument(
        "--seeds", type=int, default=int(os.environ.get("TORTURE_SEEDS", 10_000)), help="simulated lives; 0 for none")
    parser.add_argument("--file-systems", default="ext4,xfs,btrfs")
    parser.add_argument("--program", default=str(HERE.parent.parent / ".build/debug/sluice"))
    parser.add_argument("--keep", help="directory for the images of broken cuts")
    return parser.parse_args()


def table(title, head, rows):
    print(f"\n## {title}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(str(cell) for cell in row)} |")
    sys.stdout.flush()


def report(lines):
    for line in lines:
        print(f"BROKEN {line}", flush=True)


def missing():
    """What keeps this from running, a sentence each."""
    told = [f"{name} is not installed" for name in ("rsync", "ssh", "ssh-keygen", "strace") if not shutil.which(name)]
    return told


def main():
    options = arguments()
    in_ci = os.environ.get("CI", "") not in ("", "0", "false")
    if lacks := missing():
        print(f"torture: {'; '.join(lacks)}.")
        return 1
    print(f"torture: seed {options.seed}, {options.program}", flush=True)
    begin, promises = time.monotonic(), []
    root = pathlib.Path(tempfile.mkdtemp(prefix="sluice-torture-"))
    collector = source.Collector(root, options.program, options.seed)
    try:
        reason = disk.why_not()
        if options.cuts and reason:
            print(f"torture: no power cuts: {reason}.")
            if in_ci:
                return 1
        elif options.cuts:
            kinds = [kind for kind in options.file_systems.split(",") if kind in disk.usable()]
            rows, told = power_cuts.run(collector, options.seed, options.cuts, kinds, report, options.keep)
            promises += told
            table("Power cuts", ["file system", "job", "cuts", "while it ran", "after its end", "broken"], rows)
        rows, told = holes.run(collector, report)
        promises += told
        table("What is gone is named", holes.HEAD, rows)
        if options.points:
            rows, told = nth_call.run(collector, options.seed, options.points, report)
            promises += told
            table("Failing calls", nth_call.HEAD, rows)
        if options.seeds:
            row, told = simulation.run(HERE.parent.parent, options.seed, options.seeds, report)
            promises += told
            table("Simulated lives", simulation.HEAD, [row])
    finally:
        collector.close()
        shutil.rmtree(root, ignore_errors=True)
    print(f"\n{len(promises)} broken promises, seed {options.seed}, {time.monotonic() - begin:.0f} s", flush=True)
    return 1 if promises else 0


if __name__ == "__main__":
    # Mounts of its own: whatever happens, nothing stays mounted.
    if os.geteuid() == 0 and "SLUICE_TORTURE_OWN_MOUNTS" not in os.environ and shutil.which("unshare"):
        os.environ["SLUICE_TORTURE_OWN_MOUNTS"] = "1"
        os.execvp("unshare", ["unshare", "-m", "--propagation", "private", sys.executable, *sys.argv])
    sys.exit(main())
