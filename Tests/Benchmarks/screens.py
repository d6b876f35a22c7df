"""The dashboard beside ncdu, htop and btop: what it sends, how soon, at which cost."""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import statistics
import struct
import subprocess
import termios
import time

from workbench import SLUICE, table

TICKS = os.sysconf("SC_CLK_TCK")


class Screen:
    """A program in a pseudo-terminal; only its bytes and their times matter here."""

    def __init__(self, command, environment, columns=100, rows=30):
        self.started = time.monotonic()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            for number in (signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(str(command[0]), [str(word) for word in command], environment)
        self.seen = b""

    def read(self, seconds):
        """Takes what comes within that time; returns it, empty when nothing does."""
        if not select.select([self.master], [], [], max(0, seconds))[0]:
            return b""
        data = os.read(self.master, 1 << 16)
        self.seen += data
        return data

    def wait(self, pattern, seconds=30):
        """Waits for text among the bytes; returns seconds since the start."""
        deadline = time.monotonic() + seconds
        while not re.search(pattern, self.seen):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{pattern} not in {self.seen[-300:]}")
            self.read(0.1)
        return time.monotonic() - self.started

    def quiet(self, seconds=1.5, most=15):
        """Waits until nothing has come for so long; programs that never rest are left after `most`."""
        deadline = time.monotonic() + most
        while self.read(seconds) and time.monotonic() < deadline:
            pass

    def count(self, seconds):
        """Bytes per second over a time."""
        end, total = time.monotonic() + seconds, 0
        while (left := end - time.monotonic()) > 0:
            total += len(self.read(left))
        return total / seconds

    def cost(self):
        """CPU seconds, voluntary context switches of all threads, and memory in MB."""
        with open(f"/proc/{self.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        switches = 0
        for task in os.listdir(f"/proc/{self.pid}/task"):
            with open(f"/proc/{self.pid}/task/{task}/status") as file:
                switches += int(re.search(r"^voluntary_ctxt_switches:\s*(\d+)", file.read(), re.M)[1])
        with open(f"/proc/{self.pid}/status") as file:
            memory = int(re.search(r"VmHWM:\s*(\d+)", file.read())[1]) / 1024
        return (int(fields[11]) + int(fields[12])) / TICKS, switches, memory

    def press(self, key):
        """Milliseconds from a key to the first byte that answers it."""
        while self.read(0.03):
            pass
        start = time.monotonic()
        os.write(self.master, key)
        return (time.monotonic() - start) * 1000 if self.read(1) else 1000.0

    def close(self):
        """Ends the program, by force if it does not listen."""
        os.kill(self.pid, signal.SIGTERM)
        try:
            deadline = time.monotonic() + 2
            while time.monotonic() < deadline:
                self.read(0.1)
        except OSError:
            pass
        os.close(self.master)
        if os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


def programs(bench):
    """Name, command, text that says it is there, keys to move with."""
    tree = bench.root / "tree"
    if not tree.exists():
        bench.files("tree", 200, 100, per_directory=5)
    found = [
        ("sluice, 10 profiles", [SLUICE, "dashboard", "--config", lake(bench, 10)], rb"p0001", b"j", b"k"),
        ("sluice, 1,000 profiles", [SLUICE, "dashboard", "--config", lake(bench, 1000)], rb"p0001", b"j", b"k"),
    ]
    # htop has switched the arrows to their application form.
    for name, command, ready, down, up in [
        ("ncdu", ["ncdu", tree], rb"series_", b"j", b"k"),
        ("htop", ["htop"], rb"Load average", b"\x1bOB", b"\x1bOA"),
        ("btop", ["btop"], rb"menu", b"\x1b[B", b"\x1b[A"),
    ]:
        if shutil.which(name):
            found.append((name, command, ready, down, up))
    return found


def lake(bench, count):
    return bench.lake(f"dashboard-{count}", {f"p{number:04}": "/nowhere" for number in range(1, count + 1)})


def screens(bench, rounds):
    environment = bench.environment()
    entries = programs(bench)
    starts = {entry[0]: [] for entry in entries}
    for _ in range(max(5, rounds * 3)):
        for name, command, ready, *_ in entries:
            screen = Screen(command, environment)
            first = None
            while first is None and screen.read(10):
                first = time.monotonic() - screen.started
            starts[name].append((first * 1000, screen.wait(ready) * 1000, screen.cost()[0] * 1000))
            screen.close()
    texts = {name: statistics.median(text for _, text, _ in figures) for name, figures in starts.items()}
    for name in texts:
        if name.startswith("sluice") and "ncdu" in texts:
            bench.ratio(f"{name}, first text to that of ncdu", texts[name] / texts["ncdu"])
    rows = []
    for name, command, ready, down, up in entries:
        screen = Screen(command, environment)
        screen.wait(ready)
        screen.quiet()
        before, began = screen.cost(), time.monotonic()
        rate = screen.count(10)
        after, took = screen.cost(), time.monotonic() - began
        times = sorted(screen.press(key) for _ in range(25) for key in (down, up))
        memory = screen.cost()[2]
        screen.close()
        first, text, cpu = (statistics.median(values) for values in zip(*starts[name]))
        rows.append([
            name, f"{first:.1f}", f"{text:.1f}", f"{cpu:.0f}", f"{rate:.0f}",
            f"{100 * (after[0] - before[0]) / took:.2f}", f"{(after[1] - before[1]) / took:.1f}",
            f"{times[len(times) // 2]:.2f}", f"{times[int(len(times) * 0.95)]:.2f}", f"{memory:.0f}",
        ])
    head = ["program", "first byte ms", "first text ms", "start CPU ms", "idle B/s", "idle CPU %", "wake-ups/s",
            "key p50 ms", "key p95 ms", "MB"]
    table("The dashboard beside ncdu, htop and btop, 100×30 (bars: idle 0 B/s, ≤ 0.1 %, ≤ 1/s; key ≤ 1 and 10 ms)",
          head, rows)


def live(bench, rounds, count=20):
    """Twenty syncs on their way, each slow enough to last."""
    environment = bench.environment()
    for number in range(count):
        bench.files(f"live-source/{number}", 12, 1_000_000)
    profiles = {f"p{number:04}": bench.root / f"live-source/{number}" for number in range(count)}
    path = bench.lake("live", profiles, limit=100)
    for name in profiles:
        subprocess.run([SLUICE, "sync", name, "--detach", "--config", path], env=environment, check=True,
                       stdout=subprocess.DEVNULL)
    # Opened before they are watched, so that both see the same seconds of the same runs.
    kinds = [("calm, the default", [], 200), ("--lively", ["--lively"], 700)]
    screens = [Screen([SLUICE, "dashboard", "--config", path, *more], environment, 100, 50) for _, more, _ in kinds]
    try:
        for screen in screens:
            screen.wait(rb"running")
        count_together(screens, 5)
        before = [screen.cost()[0] for screen in screens]
        rates = count_together(screens, 30)
        costs = [100 * (screen.cost()[0] - start) / 30 for screen, start in zip(screens, before)]
    finally:
        for screen in screens:
            screen.close()
        for name in profiles:
            subprocess.run([SLUICE, "stop", name, "--config", path], env=environment, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
    for (name, _, most), rate in zip(kinds, rates):
        bench.ratio(f"{name}, B/s to the most allowed", rate / most)
    table("Twenty live rows, 100×50", ["figures", "B/s", "bar", "CPU %"],
          [[name, f"{rate:.0f}", f"≤ {most} {'✓' if rate <= most else '✗'}", f"{cost:.2f}"]
           for (name, _, most), rate, cost in zip(kinds, rates, costs)])


def count_together(screens, seconds):
    """Bytes per second of several programs over the same time."""
    end, totals = time.monotonic() + seconds, [0] * len(screens)
    while (left := end - time.monotonic()) > 0:
        ready = select.select([screen.master for screen in screens], [], [], left)[0]
        for index, screen in enumerate(screens):
            if screen.master in ready:
                totals[index] += len(screen.read(0))
    return [total / seconds for total in totals]
