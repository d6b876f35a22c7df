"""A program in a pseudo-terminal of a given size, with an emulator that knows what is on its screen."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

import pyte


class Screen(pyte.Screen):
    """What pyte's screen lacks: dim text, repeats, tabs back, scrolling, and colours as they were asked for."""

    def select_graphic_rendition(self, *numbers, **_):
        numbers = list(numbers) or [0]
        change = {}
        while numbers:
            number = numbers.pop(0)
            if number == 0:
                change = self.default_char._asdict()
                del change["data"]
            elif number in (38, 48) and numbers:
                key = "fg" if number == 38 else "bg"
                kind = numbers.pop(0)
                if kind == 5 and numbers:
                    change[key] = f"index {numbers.pop(0)}"
                elif kind == 2 and len(numbers) >= 3:
                    change[key] = "#%02x%02x%02x" % tuple(numbers[:3])
                    numbers = numbers[3:]
            elif 30 <= number <= 37 or 90 <= number <= 97:
                change["fg"] = f"index {number - 30 if number < 90 else number - 82}"
            elif 40 <= number <= 47 or 100 <= number <= 107:
                change["bg"] = f"index {number - 40 if number < 100 else number - 92}"
            elif number in (39, 49):
                change["fg" if number == 39 else "bg"] = "default"
            elif number in (1, 22):
                change["bold"] = number == 1
                # pyte has no field for dim text, and nothing here blinks.
                change["blink"] = False if number == 22 else change.get("blink", self.cursor.attrs.blink)
            elif number == 2:
                change["blink"] = True
            elif number in (4, 24):
                change["underscore"] = number == 4
            elif number in (7, 27):
                change["reverse"] = number == 7
        self.cursor.attrs = self.cursor.attrs._replace(**change)

    def draw(self, data):
        self.last_drawn = data[-1:] or " "
        super().draw(data)

    def repeat_last(self, count=1):
        super().draw(getattr(self, "last_drawn", " ") * (count or 1))

    def tab_back(self, count=1):
        for _ in range(count or 1):
            self.cursor.x = max((stop for stop in self.tabstops if stop < self.cursor.x), default=0)

    def scroll_up(self, count=1):
        self.scroll(count or 1, self.delete_lines)

    def scroll_down(self, count=1):
        self.scroll(count or 1, self.insert_lines)

    def scroll(self, count, change):
        place = self.cursor.x, self.cursor.y
        self.cursor.y = self.margins.top if self.margins else 0
        change(count)
        self.cursor.x, self.cursor.y = place


class Stream(pyte.ByteStream):
    more = {"b": "repeat_last", "Z": "tab_back", "S": "scroll_up", "T": "scroll_down"}
    csi = {**pyte.ByteStream.csi, **more}
    events = pyte.ByteStream.events | set(more.values())


class Terminal:
    """A running program and its screen."""

    def __init__(self, command, width, height, environment):
        self.screen = Screen(width, height)
        self.stream = Stream(self.screen)
        self.torn = b""
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            for number in (signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
            os.execvpe(command[0], command, environment)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def text(self):
        return "\n".join(self.screen.display)

    def pump(self, seconds):
        """Takes what the program writes; returns whether anything came."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            data = b""
        if not data:
            raise EOFError("the program ended:\n" + self.text())
        # A sequence may be torn between two reads; pyte knows direct colours only with semicolons.
        data = self.torn + data
        tail = re.search(rb"\x1b(\[[0-9:;?]*)?$", data)
        self.torn = data[tail.start() :] if tail else b""
        data = data[: len(data) - len(self.torn)]
        data = re.sub(rb"([34]8):2:(?:\d*:)?(\d+):(\d+):(\d+)", rb"\1;2;\2;\3;\4", data)
        self.stream.feed(data)
        return True

    def wait(self, pattern, seconds=40):
        """Waits until a pattern is on the screen, and then until the frame it came with is complete."""
        deadline = time.monotonic() + seconds
        while not re.search(pattern, self.text()):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{pattern!r} did not appear:\n{self.text()}")
            self.pump(0.1)
        self.settle()

    def settle(self, quiet=0.12, most=2):
        """Waits until nothing has come for a moment."""
        deadline = time.monotonic() + most
        while self.pump(quiet) and time.monotonic() < deadline:
            pass

    def type(self, keys, pattern=None):
        os.write(self.master, keys.encode())
        self.wait(pattern) if pattern else self.settle()

    def resize(self, width, height):
        """Makes the window larger and waits until the program has drawn for it."""
        if (self.screen.columns, self.screen.lines) == (width, height):
            return
        self.screen.resize(height, width)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        deadline = time.monotonic() + 10
        while "help" not in self.screen.display[height - 1] and time.monotonic() < deadline:
            self.pump(0.1)
        self.settle()

    def end(self):
        """Ends the program; closing its terminal is the last resort."""
        try:
            os.write(self.master, b"\x1b\x1bqy")
            while True:
                if not self.pump(5):
                    break
        except (EOFError, OSError):
            pass
        os.close(self.master)
        os.waitpid(self.pid, 0)
