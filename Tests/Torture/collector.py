"""A collector and its lake: a throwaway sshd, two days of data, the lake's file, and a way to run the program."""

import datetime
import hashlib
import io
import os
import pathlib
import random
import shutil
import socket
import subprocess
import time
import zipfile

PROFILE = "klines"
RETENTION_DAYS = 30
HOUR = 3_600_000
TODAY = datetime.datetime.now(datetime.timezone.utc).date()


def day(offset):
    return TODAY - datetime.timedelta(days=offset)


class Tree:
    """Files by their path below a directory: what the source holds on one day."""

    def __init__(self):
        self.files = {}
        self.rows = {}

    def copy(self):
        other = Tree()
        other.files, other.rows = dict(self.files), dict(self.rows)
        return other

    def parquet(self, name, part, draw):
        """A file with Parquet's magic at both ends; nobody here reads more of it."""
        body = draw.randbytes(draw.randrange(2_000, 60_000))
        footer = b"\0" * 64
        self.files[f"{name}/part_{part:05}.parquet"] = (
            b"PAR1" + body + footer + len(footer).to_bytes(4, "little") + b"PAR1")

    def klines(self, symbol, date, draw):
        """A day of hourly candles in the exchange's form; remembers which rows the archive stands for."""
        start = int(datetime.datetime.combine(date, datetime.time(), datetime.timezone.utc).timestamp()) * 1000
        rows, lines = [], []
        for hour in range(24):
            low = draw.randrange(100, 900)
            figures = [low + 1, low + 5, low, low + 2, draw.randrange(1, 999)]
            quote = draw.randrange(1, 9999)
            # Takers buy no more than is traded.
            takers = [draw.randrange(1, figures[4] + 1), draw.randrange(1, quote + 1)]
            more = [quote, draw.randrange(1, 99), *takers]
            opened = start + hour * HOUR
            closed = opened + HOUR - 1
            lines.append(",".join(str(each) for each in [opened, *figures, closed, *more, 0]))
            rows.append((opened, closed, *(float(each) for each in figures), float(more[0]), more[1], *more[2:]))
        stem = f"{symbol}-1h-{date}"
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo(stem + ".csv"), "\n".join(lines) + "\n")
        data = file.getvalue()
        path = f"data/futures/um/daily/klines/{symbol}/1h/{stem}.zip"
        self.files[path] = data
        self.rows[hashlib.sha256(data).hexdigest()] = (symbol, tuple(rows))
        return path

    def marker(self, date):
        self.files[f"_SUCCESS__{date}__um__1h"] = b""

    def write(self, directory, modified):
        for path, data in self.files.items():
            target = directory / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            os.utime(target, (modified(path), modified(path)))


def two_days(seed):
    """What the source holds before and after a night: new data, a new marker, a new version, an update, a removal."""
    draw = random.Random(seed)
    symbols = ["AAAUSDT", "BBBUSDT", "1000CCCUSDT"]
    before = Tree()
    for offset in (4, 3):
        for symbol in symbols:
            before.klines(symbol, day(offset), draw)
        before.marker(day(offset))
        for part in range(4):
            before.parquet(f"gate_io_X-USDT_{day(offset):%Y%m%d}", part, draw)
    after = before.copy()
    after.klines(symbols[0], day(3), draw)
    del after.files[f"gate_io_X-USDT_{day(4):%Y%m%d}/part_00003.parquet"]
    after.parquet(f"gate_io_X-USDT_{day(3):%Y%m%d}", 1, draw)
    for offset in (2, 1):
        for symbol in symbols:
            after.klines(symbol, day(offset), draw)
        after.marker(day(offset))
        for part in range(4):
            after.parquet(f"gate_io_X-USDT_{day(offset):%Y%m%d}", part, draw)
    expired = Tree()
    for offset in (45, 44, 43):
        for part in range(5):
            expired.parquet(f"gate_io_X-USDT_{day(offset):%Y%m%d}", part, draw)
    return before, after, expired


class Collector:
    """A source behind an sshd of its own; `root` is a directory nobody else uses."""

    def __init__(self, root, program, seed):
        self.root, self.program = pathlib.Path(root), program
        self.before, self.after, self.expired = two_days(seed)
        now = int(time.time())
        for name, tree, age in (("before", self.before, 90_000), ("after", self.after, 3_600)):
            # What did not change keeps its time.
            tree.write(
                self.root / name,
                lambda path, age=age, tree=tree: now - (90_000 if tree.files[path] == self.before.files.get(path) else age))
        (self.root / "home").mkdir()
        self.start_server()

    def start_server(self):
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.root / name], check=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.host_key = " ".join((self.root / "host.pub").read_text().split()[:2])
        # The login reads nobody's start-up files: bash reads them when it is sshd's child, unless it is nested.
        (self.root / "sshd_config").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {self.root}/host\nPidFile none\nStrictModes no\n"
            f"UsePAM no\nPermitRootLogin yes\nAuthorizedKeysFile {self.root}/user.pub\nMaxStartups 200\n"
            f"ForceCommand /bin/sh {self.root}/answer\nSetEnv HOME={self.root}/home SHLVL=9\nLogLevel ERROR\n")
        (self.root / "answer").write_text('exec /bin/sh -c "$SSH_ORIGINAL_COMMAND"\n')
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        self.server = subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", self.root / "sshd_config", "-E", "/dev/null"])
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.01)
        raise RuntimeError("sshd does not answer")

    def close(self):
        self.server.terminate()
        self.server.wait()

    def lake(self, root, name, source="after", options="-a --partial --delete", lines=()):
        return Lake(self, pathlib.Path(root), name, source, options, lines)


class Lake:
    """A lake at `root`, with a home and a configuration of its own.

    `source` is the day its collector shows, `options` are rsync's, `lines` more of the profile's settings.
    """

    def __init__(self, collector, root, name, source, options, lines):
        self.options, self.lines = options, lines
        self.collector, self.root = collector, root
        self.directory = root / PROFILE
        self.home = collector.root / f"home-{name}"
        self.home.mkdir(exist_ok=True)
        self.configuration = collector.root / f"{name}.yml"
        self.show(source)

    def show(self, source):
        """Makes the collector show another day."""
        collector = self.collector
        self.configuration.write_text(
            f"data_lake:\n  root_dir: {self.root}\n  guard: {{min_free: 1M}}\n"
            "  retry: {attempts: 0, delay: 1s}\n  profiles:\n"
            f"    {PROFILE}:\n      source: {{type: ssh, host: 127.0.0.1, port: {collector.port},"
            f" user: {os.environ.get('USER', 'root')}, ssh_key: {collector.root}/user,"
            f' remote_root: {collector.root}/{source}, known_hosts: "{collector.host_key}"}}\n'
            f'      local_subdir: {PROFILE}\n      rsync_args: "{self.options}"\n'
            f"      retention_days: {RETENTION_DAYS}\n      ingest: {{format: binance-klines}}\n"
            + "".join(f"      {line}\n" for line in self.lines))

    def environment(self):
        kept = {name: os.environ[name] for name in ("PATH", "USER", "LOGNAME", "TMPDIR") if name in os.environ}
        return {**kept, "HOME": str(self.home), "XDG_STATE_HOME": str(self.home), "LANG": "C.UTF-8", "TERM": "dumb"}

    def command(self, *words):
        return [str(self.collector.program), *words, "--config", str(self.configuration)]

    def start(self, *words, before=()):
        return subprocess.Popen(
            [*before, *self.command(*words)], env=self.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True)

    def run(self, *words, before=(), deadline=120):
        """Runs the program to its end; returns its exit code and what it printed."""
        process = self.start(*words, before=before)
        try:
            output, _ = process.communicate(timeout=deadline)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            output, _ = process.communicate()
            return -999, output.decode(errors="replace") + "\n(it did not end)"
        return process.returncode, output.decode(errors="replace")

    def demand(self, *words):
        """Runs the program, which has to succeed."""
        code, output = self.run(*words)
        if code != 0:
            raise RuntimeError(f"sluice {' '.join(words)} ended with {code}:\n{output}")
        return output

    def forget(self):
        """Makes the machine one that has never seen the lake."""
        shutil.rmtree(self.home)
        self.home.mkdir()

    def remember(self, home):
        """Brings back what the machine knew of the lake."""
        copy_tree(home, self.home)

    def prepare(self):
        """The state before the night: synced and ingested, with directories that have expired since."""
        self.show("before")
        self.demand("sync", PROFILE)
        self.collector.expired.write(self.directory, lambda path: int(time.time()) - 40 * 86_400)
        self.show("after")


def copy_tree(source, target):
    """Replaces a directory by a copy, times included."""
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(["cp", "-a", source, target], check=True)
