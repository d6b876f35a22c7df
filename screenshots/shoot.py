"""Takes the pictures of screenshots/ from the real program: `make screenshots`.

It starts `sluice demo` in a pseudo-terminal, works its keys, waits for what must appear, and paints what a terminal
would show. For the gallery more dashboards are opened on the demo's lake, one for each theme.
"""

import os
import pathlib
import re
import subprocess
import sys
import time

from emulator import Terminal
from picture import Painter

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = os.environ.get("SLUICE", str(HERE.parent / ".build-release/release/sluice"))
SIZES = [(80, 24), (120, 36), (200, 50)]
THEMES = ["terminal", "solarized-light", "tokyo-night"]
PAGES = ["overview", "preview", "log", "history", "markers", "coverage"]

painter = Painter()


def environment(theme="terminal"):
    """The terminal's own 16 colours need an ordinary terminal; a scheme is shown as its author chose it."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "USER", "LOGNAME") if name in os.environ}
    term = "xterm-256color" if theme == "terminal" else "xterm-direct"
    return {**kept, "TERM": term, "LANG": "C.UTF-8", "TMPDIR": "/tmp"}


def shoot(terminal, name):
    path = HERE / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    painter.paint(terminal.screen).save(path, optimize=True)
    print(f"  {name}.png", flush=True)


def film():
    """A sync that is watched, limited, held, gone on with, and looked at: an animated picture."""
    terminal = Terminal([PROGRAM, "demo", "--rate", "2000"], 100, 28, environment())
    frames = []

    def watch(seconds, pace=0.5):
        """Half a second a frame; what did not change lasts longer."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            moment = time.monotonic() + min(pace, left)
            while (rest := moment - time.monotonic()) > 0:
                terminal.pump(rest)
            image = painter.paint(terminal.screen)
            if frames and frames[-1][0].tobytes() == image.tobytes():
                frames[-1] = (image, frames[-1][1] + pace)
            else:
                frames.append((image, pace))

    try:
        terminal.wait(r"  [1-9]\d?%")
        watch(5)
        terminal.type("p", r"paused")
        watch(2)
        terminal.type("p")
        watch(2)
        for key, seconds in [("6", 2), ("4", 2), ("1", 2), ("d", 3)]:
            terminal.type(key)
            watch(seconds)
    finally:
        terminal.end()
    painter.film(frames, HERE / "sync.gif")
    print(f"  sync.gif, {len(frames)} frames", flush=True)


def row(terminal, name):
    """Moves the table's cursor to a profile."""
    for key in ["\x1b[H", "j", "j"]:
        if re.search(rf"▌ *{name} ", terminal.text()):
            return
        terminal.type(key)
    terminal.wait(rf"▌ *{name} ")


def tour(terminal):
    """One evening with sluice, at the README's size."""
    terminal.wait(r"  ([4-6]\d)%")
    shoot(terminal, "syncing")
    terminal.type("x", r"y stop")
    # An answer that comes sooner than the question can be read is none.
    time.sleep(0.4)
    terminal.type("y", r"◼ 1 interrupted")
    terminal.type("c", r"y delete")
    shoot(terminal, "cleanup")
    terminal.type("\x1b")
    terminal.type("d", r"new  ")
    terminal.wait(r"dry run is done|s sync")
    terminal.type("\t", r"apply")
    shoot(terminal, "preview")
    terminal.type("\x1b")
    # Both at once: the rest of the sync goes on while the klines come, are published and ingested.
    terminal.type("1s", r"▶ 1 running")
    row(terminal, "klines")
    terminal.type("3s", r"Finished|success|done")
    terminal.wait(r"klines +(✓ fine|◐ gaps)")
    shoot(terminal, "log")
    terminal.type("5", r"4 ingested")
    shoot(terminal, "markers")
    row(terminal, "cex_ticks")
    terminal.type("1")
    terminal.wait(r"cex_ticks +(✓ fine|◐ gaps)", seconds=90)
    terminal.type("6", r"holes?,")
    terminal.type("\tn", r"Hole 1")
    shoot(terminal, "coverage")
    terminal.type("\x1b4", r"interrupted.*\n(.*\n)*.*dry run|What happened")
    shoot(terminal, "history")
    terminal.type("?", r"Search:")
    shoot(terminal, "help")
    terminal.type("\x1b1")


def hole(demo):
    """A lake of its own from the demo's collector, which lacks one day of one series; prints what the commands say."""
    text = pathlib.Path(demo).read_text()
    # The first profile alone, without its limit, in another root.
    text = re.sub(r"\n    klines:\n.*", "\n", text, flags=re.S).replace("/lake\n", "/hole\n")
    text = re.sub(r"\n *bwlimit:.*", "", text)
    lake = pathlib.Path(demo).with_name("hole.yml")
    lake.write_text(text + '      expect: {series: ["*_*-USDT"], every: 1d}\n')
    # What the machine remembers of the lake goes with it.
    home = {**environment(), "XDG_STATE_HOME": str(lake.parent)}
    subprocess.run([PROGRAM, "sync", "--config", lake], check=True, stdout=subprocess.DEVNULL, env=home)
    for words in (["status"], ["check"], ["coverage"], ["metrics"]):
        print(f"$ sluice {' '.join(words)}")
        answer = subprocess.run([PROGRAM, *words, "--config", lake], capture_output=True, text=True, env=home)
        lines = [line for line in answer.stdout.splitlines() if words != ["metrics"] or "missing_days" in line]
        print("\n".join([*lines, f"(exit {answer.returncode})"]), flush=True)
    terminal = Terminal([PROGRAM, "dashboard", "--config", lake], 120, 24, home)
    try:
        terminal.wait(r"cex_ticks +◐ gaps")
        terminal.type("6", r"holes?,")
        terminal.type("\tn", r"Hole 1")
        shoot(terminal, "hole")
    finally:
        terminal.end()


def gallery(lake, theme):
    """Every page in every size, and what opens over them, in one theme."""
    width, height = SIZES[0]
    command = [PROGRAM, "dashboard", "--config", lake, "--theme", theme]
    terminal = Terminal(command, width, height, environment(theme))
    try:
        terminal.wait(r"[✓◐] 2")
        for size in SIZES:
            terminal.resize(*size)
            for number, page in enumerate(PAGES, 1):
                row(terminal, "klines" if page in ("log", "markers") else "cex_ticks")
                terminal.type(str(number))
                terminal.settle(0.3)
                shoot(terminal, f"{theme}/{page}-{size[0]}x{size[1]}")
            more(terminal, theme, f"{size[0]}x{size[1]}")
            terminal.type("?", r"Search:")
            shoot(terminal, f"{theme}/help-{size[0]}x{size[1]}")
            terminal.type("\x1b")
            terminal.type("t", r"enter keep")
            shoot(terminal, f"{theme}/themes-{size[0]}x{size[1]}")
            terminal.type("\x1b")
    finally:
        terminal.end()


def more(terminal, theme, size):
    """What opens from the pages: a run, the other views of the days, the palette."""
    row(terminal, "cex_ticks")
    terminal.type("6\t")
    for view in ["by size", "calendar", "calendar, by size", "whole lake"]:
        terminal.type("V", view)
        shoot(terminal, f"{theme}/coverage-{view.replace(', ', '-').replace(' ', '-')}-{size}")
    terminal.type("V", "by state")
    terminal.type("\x1b4\t")
    terminal.type("\r")
    # The run is read after its page has opened.
    terminal.settle(0.8, most=4)
    shoot(terminal, f"{theme}/run-{size}")
    terminal.type("\x1b")
    terminal.type("\x1b1", r"1 Overview")
    terminal.type(":", r"Palette|Search")
    shoot(terminal, f"{theme}/palette-{size}")
    terminal.type("\x1b")


def main():
    if not os.access(PROGRAM, os.X_OK):
        sys.exit(f"{PROGRAM} is not there: `make build` makes it, or SLUICE names another.")
    if sys.argv[1:] != ["hole"]:
        film()
    terminal = Terminal([PROGRAM, "demo", "--rate", "2000"], 120, 36, environment())
    try:
        terminal.wait(r"/sluice-demo-\w+/lake")
        lake = re.search(r"\S+/sluice-demo-\w+(?=/lake)", terminal.text())[0] + "/data_lake.yml"
        if sys.argv[1:] != ["hole"]:
            tour(terminal)
        hole(lake)
        if sys.argv[1:] == ["hole"]:
            return
        for theme in THEMES:
            gallery(lake, theme)
    finally:
        terminal.end()


if __name__ == "__main__":
    main()
