"""What every benchmark needs: a throwaway sshd, lakes, data, alternating runs, tables."""

import datetime
import os
import pathlib
import random
import shutil
import socket
import statistics
import subprocess
import tempfile
import time

import ratios

HERE = pathlib.Path(__file__).resolve().parent
SLUICE = os.environ.get("SLUICE", str(HERE.parent.parent / ".build-release/release/sluice"))


class Workbench:
    """A directory, a collector's sshd on a free port of the loopback interface, and lakes fed by it."""

    def __init__(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="sluice-bench-"))
        self.measured, self.part = ratios.Measured(), ""
        (self.root / "home").mkdir()
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.root / name], check=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.host_key = " ".join((self.root / "host.pub").read_text().split()[:2])
        (self.root / "known_hosts").write_text(f"[127.0.0.1]:{self.port} {self.host_key}\n")
        (self.root / "sshd_config").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {self.root}/host\nPidFile none\nStrictModes no\n"
            f"UsePAM no\nPermitRootLogin yes\nAuthorizedKeysFile {self.root}/user.pub\nMaxStartups 200\n"
            f"SetEnv HOME={self.root}/home\nLogLevel ERROR\nSubsystem sftp internal-sftp\n"
        )
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        self.sshd = subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", self.root / "sshd_config", "-E", "/dev/null"])
        self.await_port()

    def ratio(self, row, ratio):
        """Notes a ratio of the part that is measured; less is better."""
        self.measured.add(self.part, row, ratio)

    def await_port(self):
        for _ in range(500):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.01)
        raise RuntimeError("sshd does not answer")

    def close(self):
        self.sshd.terminate()
        self.sshd.wait()
        shutil.rmtree(self.root, ignore_errors=True)

    def environment(self, **more):
        kept = {name: os.environ[name] for name in ("PATH", "USER", "LOGNAME", "TMPDIR") if name in os.environ}
        home = str(self.root / "home")
        return {**kept, "HOME": home, "XDG_STATE_HOME": home, "LANG": "C.UTF-8", "TERM": "xterm-256color", **more}

    def relay(self, round_trip, rate=0):
        """A link of that many milliseconds there and back, and bytes a second, to the sshd; closed with its `with`."""
        program = self.root / "relay"
        if not program.exists():
            subprocess.run(["cc", "-O2", "-o", program, HERE / "relay.c"], check=True)
        return Relay(self, [program, str(self.port), str(round_trip), str(rate)])

    def lake(self, name, profiles, arguments="-a --partial", limit=None, port=None, more=""):
        """Writes a configuration; returns its path. `profiles` maps names to their remote roots."""
        directory = self.root / name
        directory.mkdir(exist_ok=True)
        lines = [f"data_lake:\n  root_dir: {directory}/lake\n  guard: {{min_free: 1M}}\n  profiles:\n"]
        for profile, remote in profiles.items():
            lines.append(
                f"    {profile}:\n      source: {{type: ssh, host: 127.0.0.1, port: {port or self.port},"
                f" user: {os.environ.get('USER', 'root')}, ssh_key: {self.root}/user, remote_root: {remote},"
                f' known_hosts: "{self.host_key}"}}\n      local_subdir: {profile}\n      rsync_args: "{arguments}"\n'
                "      retention_days: 0\n"
                + (f"      bwlimit: {limit}\n" if limit else "")
                + more
            )
        path = directory / "data_lake.yml"
        path.write_text("".join(lines))
        return path

    def ssh(self, port=None):
        """ssh to the collector, all but its name."""
        return (
            f"ssh -p {port or self.port} -i {self.root}/user -o UserKnownHostsFile={self.root}/known_hosts"
            " -o IdentitiesOnly=yes -o BatchMode=yes"
        )

    def rsync(self, remote, target, arguments="-a --partial", port=None):
        """Plain rsync with the options a profile has."""
        shell = self.ssh(port)
        os.makedirs(target, exist_ok=True)
        user = os.environ.get("USER", "root")
        return ["rsync", *arguments.split(), "-e", shell, f"{user}@127.0.0.1:{remote}/", f"{target}/"]

    def files(self, name, count, size, per_directory=100):
        """Dated directories of files that do not compress; returns their directory."""
        directory = self.root / name
        generator = random.Random(7)
        for index in range(count):
            date = datetime.date(2015, 1, 1) + datetime.timedelta(days=index // per_directory)
            day = directory / f"series_{date:%Y%m%d}"
            if index % per_directory == 0:
                day.mkdir(parents=True, exist_ok=True)
            (day / f"part_{index:06}.parquet").write_bytes(generator.randbytes(size))
        return directory


class Relay:
    """A running `relay.c`; `port` is where it listens."""

    def __init__(self, bench, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        with open(bench.root / "known_hosts", "a") as known:
            known.write(f"[127.0.0.1]:{self.port} {bench.host_key}\n")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def run(command, environment):
    """Runs a command; returns seconds of wall time, and of CPU with its children."""
    start = time.monotonic()
    process = subprocess.Popen(
        [str(word) for word in command], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    output, errors = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command}\n{output.decode()}{errors.decode()}")
    return wall, usage.ru_utime + usage.ru_stime


def alternate(rounds, *jobs):
    """Runs (prepare, command, environment) jobs in turn; returns for each the medians of wall and CPU."""
    results = [[] for _ in jobs]
    for turn in range(rounds):
        order = list(enumerate(jobs))
        for index, (prepare, command, environment) in order if turn % 2 == 0 else order[::-1]:
            prepare()
            results[index].append(run(command, environment))
    return [tuple(statistics.median(figures) for figures in zip(*each)) for each in results]


def table(title, head, rows):
    """Prints a table in Markdown."""
    print(f"\n## {title}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(str(cell) for cell in row)} |", flush=True)
