"""Lives of a simulated lake, each from a seed: the engine itself, with an rsync and a warehouse that fail anywhere.

The lives are a test of the package (`SimulationTests`), which has to be built; this runs it and reads its figures.
"""

import os
import pathlib
import re
import subprocess

HEAD = ["seeds", "from", "runs", "rsyncs", "moments", "killed", "success", "partial", "failed", "interrupted", "refused",
        "broken"]


def run(package, seed, seeds, report):
    """Lives through that many seeds, from `seed` on; returns the table's row and the broken promises."""
    environment = {**os.environ, "TORTURE_SEED": str(seed), "TORTURE_SEEDS": str(seeds)}
    process = subprocess.Popen(
        ["swift", "test", "--skip-build", "--filter", "SimulationTests"], cwd=pathlib.Path(package), env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    figures, promises, is_story, last = {}, [], False, []
    for line in process.stdout:
        line = line.rstrip()
        last = last[-20:] + [line]
        if line.startswith("simulation: "):
            figures = {name: int(value) for name, value in re.findall(r"([a-z]+) (\d+)", line)}
        elif line.startswith("↳ seed "):
            is_story = True
            promises.append(line[2:])
            report([line[2:]])
        elif is_story and line.startswith("  "):
            report([line])
        else:
            is_story = False
    code = process.wait()
    if not figures or (code != 0 and not promises):
        promises.append(f"the simulation ends with {code}")
        report(promises[-1:] + last)
    return [*(figures.get(name, 0) for name in HEAD[:-1]), len(promises)], promises
