"""An ingest beside its floor and beside the shell's way, measured in turn: `make bench-ingest`.

1,500 archives (50 symbols, 30 days, 2.16 million one-minute candles) made here once, read from the page cache, into a
real clickhouse-server started for the purpose and into SQLite. The floor is one thread of C that inflates, parses and
lays out the same blocks without a server.
The same thread puts the rows into SQLite with sluice's table, pages, statements and commits: the most SQLite can do.
Parsing and checking are timed apart as well, on one core, and so is SQLite. Every figure is a median; on a shared machine trust the ratios. Rows and
sums of every way are compared with the floor's before anything is printed.
Usage: ingest.py [--rounds N] [--symbols N] [--data DIRECTORY]
"""

import argparse
import concurrent.futures
import datetime
import glob
import os
import pathlib
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
PARSE = str(HERE.parent.parent / ".build-release/release/parse-bench")
SLUICE = os.environ.get("SLUICE", str(HERE.parent.parent / ".build-release/release/sluice"))
HEADER = (
    "open_time,open,high,low,close,volume,close_time,quote_volume,count,"
    "taker_buy_volume,taker_buy_quote_volume,ignore\n")
COLUMNS = "open_time,open_price,high_price,low_price,close_price,volume,close_time,quote_volume,trades_count," \
    "taker_buy_volume,taker_buy_quote_volume"
SUMS = "SELECT count(), sum(trades_count), sum(reinterpretAsUInt64(reinterpretAsString(close_price))) FROM bench.klines_1m"
FIRST = datetime.date(2026, 1, 16)


def archives(directory, symbol, days):
    """Writes a symbol's archives: a random walk in whole ticks, printed like the exchange prints futures."""
    draw = random.Random(symbol)
    decimals = draw.choice((2, 4, 6))
    scale = 10 ** decimals
    price = draw.randrange(50_000, 5_000_000)
    folder = directory / "data/futures/um/daily/klines" / symbol / "1m"
    folder.mkdir(parents=True)
    for offset in range(days):
        day = FIRST + datetime.timedelta(offset)
        start = int(datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.timezone.utc).timestamp()) * 1000
        lines = [HEADER]
        for minute in range(1440):
            step = price // 1000 + 1
            close = max(100, price + draw.randrange(-step, step + 1))
            high, low = max(price, close) + draw.randrange(step), max(1, min(price, close) - draw.randrange(step))
            volume = draw.randrange(1, 3_000_000)
            bought = draw.randrange(volume)
            middle = (price + close) / 2 / scale
            lines.append(
                f"{start + minute * 60000},{price / scale:.{decimals}f},{high / scale:.{decimals}f},"
                f"{low / scale:.{decimals}f},{close / scale:.{decimals}f},{volume / 1000:.3f},"
                f"{start + minute * 60000 + 59999},{volume / 1000 * middle:.5f},{draw.randrange(1, 9000)},"
                f"{bought / 1000:.3f},{bought / 1000 * middle:.5f},0\n")
            price = close
        stem = f"{symbol}-1m-{day}"
        with zipfile.ZipFile(folder / (stem + ".zip"), "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            archive.writestr(stem + ".csv", "".join(lines))


def make_data(directory, symbols, days):
    if (directory / "complete").exists():
        return
    shutil.rmtree(directory, ignore_errors=True)
    print(f"Making {symbols * days} archives in {directory} ...", flush=True)
    names = [f"{'1000' if number % 7 == 0 else ''}COIN{number:02}USDT" for number in range(symbols)]
    with concurrent.futures.ProcessPoolExecutor() as pool:
        for job in [pool.submit(archives, directory, name, days) for name in names]:
            job.result()
    (directory / "complete").touch()


class Server:
    """A clickhouse-server of its own below a directory."""

    def __init__(self, root):
        ports = [free_port() for _ in range(2)]
        self.http, self.tcp = ports
        (root / "config.xml").write_text(
            f"<yandex><logger><level>warning</level><log>{root}/log</log><errorlog>{root}/errors</errorlog></logger>"
            f"<listen_host>127.0.0.1</listen_host><http_port>{self.http}</http_port><tcp_port>{self.tcp}</tcp_port>"
            f"<path>{root}/data/</path><tmp_path>{root}/tmp/</tmp_path><mark_cache_size>67108864</mark_cache_size>"
            "<users_config>users.xml</users_config></yandex>")
        (root / "users.xml").write_text(
            "<yandex><profiles><default/></profiles><users><default><password/><networks><ip>127.0.0.1</ip></networks>"
            "<profile>default</profile><quota>default</quota></default></users><quotas><default/></quotas></yandex>")
        self.process = subprocess.Popen(
            ["/usr/sbin/clickhouse-server", f"--config-file={root}/config.xml"], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        for _ in range(500):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.http)) == 0:
                    return
            time.sleep(0.02)
        raise RuntimeError("clickhouse-server does not answer")

    def ask(self, statement):
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{self.http}/", statement.encode()) as answer:
            return answer.read().decode().strip()

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self):
        self.process.kill()
        self.process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(command, environment=None):
    """Runs a command; gives what it printed, seconds of wall time and of CPU with its children, peak memory in MB."""
    start = time.monotonic()
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    output, errors = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command[:3]}\n{output.decode()}{errors.decode()}")
    return output.decode(), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


class Bench:
    def __init__(self, root, data):
        self.root, self.data, self.lakes = root, data, 0
        self.floor_parsing, self.floor_putting = [], []
        self.files = sorted(glob.glob(f"{data}/data/futures/um/daily/klines/*/1m/*.zip"))
        # As an ingest takes them: day by day, not symbol by symbol.
        self.files.sort(key=lambda path: (path[-14:], path))
        (root / "server").mkdir()
        self.server = Server(root / "server")
        self.floor = str(root / "floor")
        subprocess.run(
            ["cc", "-O2", "-o", self.floor, str(HERE / "ingest_floor.c"), "-ldeflate", "-lsqlite3"], check=True)
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(root), "XDG_STATE_HOME": str(root), "LANG": "C.UTF-8"}

    def lake(self, warehouse):
        """A lake whose profile's archives are the data, and which has ingested nothing."""
        # Never one path twice: a lake that lost its identity is rightly refused.
        shutil.rmtree(self.root / f"lake{self.lakes}", ignore_errors=True)
        self.lakes += 1
        lake = self.root / f"lake{self.lakes}"
        (lake / "klines").mkdir(parents=True)
        (self.root / "lake.yml").write_text(
            f"data_lake:\n  root_dir: {lake}\n  warehouse: {warehouse}\n  profiles:\n    klines:\n"
            "      source: {type: ssh, host: none.invalid, user: none, ssh_key: null, remote_root: /none}\n"
            "      local_subdir: klines\n      retention_days: 0\n      ingest: {format: binance-klines}\n")
        # Links to the files: a lake does not follow linked directories.
        subprocess.run(["cp", "-al", str(self.data / "data"), str(lake / "klines")], check=True)
        return [SLUICE, "ingest", "--backfill", "--config", str(self.root / "lake.yml")]

    def measure_floor(self):
        output, *figures = run([self.floor, *self.files])
        *sums, parsing = output.split()
        self.floor_parsing.append(float(parsing))
        return sums, *figures, 0.0

    def database(self):
        """Where SQLite makes a new file."""
        for path in self.root.glob("bench.sqlite*"):
            path.unlink()
        return str(self.root / "bench.sqlite")

    def measure_sqlite_floor(self):
        output, *figures = run([self.floor, "--sqlite", self.database(), *self.files])
        *sums, putting = output.split()
        self.floor_putting.append(float(putting))
        return sums, *figures, 0.0

    def measure_putting(self):
        """Rows, and the seconds in which sluice's warehouse takes them, all else left out."""
        rows, seconds = run([PARSE, "--sqlite", self.database(), *self.files])[0].split()
        return int(rows), float(seconds)

    def measure_parsing(self):
        """Rows, and seconds of CPU to parse them and to check them, inflating left out."""
        rows, parsing, checking = run([PARSE, *self.files])[0].split()
        return int(rows), float(parsing), float(checking)

    def measure_clickhouse(self):
        self.server.ask("DROP DATABASE IF EXISTS bench")
        command = self.lake(f"{{engine: clickhouse, host: 127.0.0.1, port: {self.server.http}, database: bench}}")
        before = self.server.cpu()
        _, *figures = run(command, self.environment)
        return self.server.ask(SUMS).split(), *figures, self.server.cpu() - before

    def measure_sqlite(self):
        command = self.lake("{engine: sqlite}")
        _, *figures = run(command, self.environment)
        database = str(self.root / f"lake{self.lakes}/.sluice/warehouse.sqlite")
        sums = run(["sqlite3", "-tabs", database, "SELECT count(*), sum(trades_count) FROM klines"])[0].split()
        return sums, *figures, 0.0

    def measure_pipe(self):
        """One stream of CSV through unzip and sed into clickhouse-client, as one would do it by hand."""
        self.server.ask("DROP DATABASE IF EXISTS bench")
        self.server.ask("CREATE DATABASE bench")
        types = ",".join(
            f"{name} {'Int64' if 'time' in name or 'count' in name else 'Float64'}" for name in COLUMNS.split(","))
        self.server.ask(
            f"CREATE TABLE bench.klines_1m (market String,symbol String,{types},ignore String) "
            "ENGINE = ReplacingMergeTree PARTITION BY toYYYYMM(toDateTime(intDiv(open_time, 1000))) "
            "ORDER BY (market, symbol, open_time)")
        script = (
            f"cd '{self.data}/data/futures/um/daily/klines' && for zip in */1m/*.zip; do "
            'unzip -p "$zip" | sed "1d;s/^/um,${zip%%/*},/"; done | clickhouse-client --host 127.0.0.1 '
            f'--port {self.server.tcp} --query "INSERT INTO bench.klines_1m '
            f'(market,symbol,{COLUMNS},ignore) FORMAT CSV"')
        before = self.server.cpu()
        _, *figures = run(["sh", "-c", script], self.environment)
        return self.server.ask(SUMS).split(), *figures, self.server.cpu() - before


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--symbols", type=int, default=50)
    parser.add_argument("--data", type=pathlib.Path, default=HERE.parent.parent / ".build-tools/bench-ingest")
    options = parser.parse_args()
    for program in (SLUICE, PARSE):
        if not os.access(program, os.X_OK):
            sys.exit(f"{program} is not there: `make bench-ingest` makes it, or SLUICE names another sluice.")
    make_data(options.data / str(options.symbols), options.symbols, 30)
    # Beside the data: its archives are linked into the lakes, not copied.
    root = pathlib.Path(tempfile.mkdtemp(prefix="run-", dir=options.data))
    bench = None
    try:
        bench = Bench(root, options.data / str(options.symbols))
        report(bench, options.rounds)
    finally:
        if bench:
            bench.server.close()
        shutil.rmtree(root, ignore_errors=True)


def report(bench, rounds):
    ways = {
        "floor (C, no server)": bench.measure_floor,
        "sluice into ClickHouse": bench.measure_clickhouse,
        "floor into SQLite (C)": bench.measure_sqlite_floor,
        "sluice into SQLite": bench.measure_sqlite,
        "unzip -p, clickhouse-client": bench.measure_pipe,
    }
    results = {name: [] for name in ways}
    for turn in range(rounds):
        for name in list(ways) if turn % 2 == 0 else list(ways)[::-1]:
            results[name].append(ways[name]())
    expected = results["floor (C, no server)"][0][0]
    for name, runs in results.items():
        for sums, *_ in runs:
            # The shell's way sends decimals as text, which that server rounds for itself: rows and trades only.
            exact = 3 if name.startswith("floor") or name == "sluice into ClickHouse" else 2
            if sums[:exact] != expected[:exact]:
                sys.exit(f"{name} brought {sums}, expected {expected}")
    median = {name: [statistics.median(column) for column in zip(*(run[1:] for run in runs))]
              for name, runs in results.items()}
    rows = int(expected[0])
    ours = median["sluice into ClickHouse"]
    print(f"\n## Ingest of {rows:,} rows in {len(bench.files):,} archives, ClickHouse {bench.server.ask('SELECT version()')}"
          f", median of {rounds}, load {os.getloadavg()[0]:.1f}\n")
    print("| way | wall s | rows/s | client CPU s | server CPU s | memory MB | wall, sluice = 1 | CPU, sluice = 1 |")
    print("|---|---|---|---|---|---|---|---|")
    for name, (wall, cpu, memory, server) in median.items():
        print(f"| {name} | {wall:.2f} | {rows / wall / 1e6:.2f} M | {cpu:.2f} | {server:.2f} | {memory:.0f} "
              f"| {wall / ours[0]:.2f} | {cpu / ours[1]:.2f} |")
    parsed = [bench.measure_parsing() for _ in range(rounds)]
    if any(count != rows for count, *_ in parsed):
        sys.exit(f"parsing alone found {parsed[0][0]} rows, expected {rows}")
    put = [bench.measure_putting() for _ in range(rounds)]
    if any(count != rows for count, _ in put):
        sys.exit(f"{put[0][0]} rows were put into SQLite, expected {rows}")
    floor, putting = statistics.median(bench.floor_putting), statistics.median(seconds for _, seconds in put)
    print("\n| SQLite alone | s | rows/s | of the C program |\n|---|---|---|---|")
    for name, seconds in (("C", floor), ("sluice", putting)):
        print(f"| {name} | {seconds:.2f} | {rows / seconds / 1e6:.2f} M | {floor / seconds:.2f} |")
    floor = statistics.median(bench.floor_parsing)
    ours = [statistics.median(column) for column in zip(*(run[1:] for run in parsed))]
    print("\n| one core, inflating left out | CPU s | rows/s |\n|---|---|---|")
    for name, seconds in (("floor (C): parse", floor), ("sluice: parse", ours[0]), ("sluice: parse, check and sums", sum(ours))):
        print(f"| {name} | {seconds:.3f} | {rows / seconds / 1e6:.2f} M |")
    if len(set(tuple(run[0]) for run in results["unzip -p, clickhouse-client"]) | {tuple(expected)}) > 1:
        print("\nThe sum of the bits differs where the server itself read the decimals: they are not rounded correctly.")


if __name__ == "__main__":
    main()
