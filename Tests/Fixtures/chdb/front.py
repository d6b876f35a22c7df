"""ClickHouse's HTTP interface, as far as an ingest uses it, before the engine that chdb-core embeds.

    python chdb_front.py DIRECTORY PORT PASSWORD

One POST is one statement: in the body, or in the URL's `query` with the rows to insert as the body. `query` and
`wait_end_of_query` are understood, every other parameter is a setting of the statement. The user is `default`. Answers
and refusals look like a server's: text, `Code: N. DB::Exception: ...`, and the status a server gives. For tests only:
one engine and one statement at a time.
"""

import base64
import os
import re
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from chdb.session import Session

# Statuses of the codes an ingest meets; what is not here is a 500, as on a server.
STATUS = {62: 400, 47: 404, 60: 404, 73: 404, 81: 404, 115: 404, 516: 401}
INSERT = re.compile(r"^(\s*INSERT\s+INTO\s.+?)\s+FORMAT\s+(\w+)\s*$", re.IGNORECASE | re.DOTALL)


class Refusal(Exception):
    """An error the engine or this front answers a statement with."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


class Engine:
    """The embedded engine; it has one session, so statements take turns."""

    def __init__(self, directory):
        self.directory = directory
        self.session = Session(os.path.join(directory, "data"))
        self.turn = threading.Lock()

    def answer(self, statement, settings, rows):
        with self.turn:
            try:
                for name, value in settings:
                    self.ask(f"SET {identifier(name)} = {literal(value)}")
                return self.insert(statement, rows) if rows else self.ask(statement)
            except Refusal:
                self.drain()
                raise
            finally:
                for name, _ in settings:
                    self.ask(f"SET {identifier(name)} = DEFAULT", forgiving=True)

    def ask(self, statement, forgiving=False):
        try:
            result = self.session.query(statement, "TabSeparated")
            return bytes(result.bytes()) if result is not None else b""
        except Exception as error:  # chdb raises several kinds, all with the engine's text
            if forgiving:
                return b""
            found = re.search(r"Code: (\d+)", str(error))
            raise Refusal(int(found.group(1)) if found else 1002, str(error)) from None

    def insert(self, statement, rows):
        """Rows go through a file: that is how the embedded engine takes a stream of another format."""
        parts = INSERT.match(statement)
        if not parts:
            raise Refusal(62, "Code: 62. DB::Exception: Syntax error: rows without INSERT ... FORMAT. (SYNTAX_ERROR)")
        with tempfile.NamedTemporaryFile(dir=self.directory, suffix=".rows") as file:
            file.write(rows)
            file.flush()
            return self.ask(
                f"{parts.group(1)} FROM INFILE {literal(file.name)} COMPRESSION 'none' FORMAT {parts.group(2)}")

    def drain(self):
        """A failed statement can leave a piece of its answer for the next one to give."""
        for _ in range(10):
            if self.ask("SELECT 'drained'", forgiving=True) == b"drained\n":
                return


def literal(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def identifier(text):
    return "`" + text.replace("`", "") + "`"


class Front(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            self.log_in()
            parameters = parse_qsl(urlsplit(self.path).query, keep_blank_values=True)
            statement = dict(parameters).get("query")
            settings = [(name, value) for name, value in parameters if name not in ("query", "wait_end_of_query")]
            if statement is None:
                statement, body = body.decode(), b""
            self.give(200, self.server.engine.answer(statement, settings, body))
        except Refusal as refusal:
            self.give(STATUS.get(refusal.code, 500), str(refusal).encode() + b"\n", refusal.code)

    def log_in(self):
        method, _, token = self.headers.get("Authorization", "").partition(" ")
        if method != "Basic" or base64.b64decode(token).decode() != "default:" + self.server.password:
            raise Refusal(516, "Code: 516. DB::Exception: default: Authentication failed. (AUTHENTICATION_FAILED)")

    def give(self, status, text, code=None):
        self.send_response(status)
        self.send_header("Content-Type", "text/tab-separated-values; charset=UTF-8")
        self.send_header("Content-Length", str(len(text)))
        if code is not None:
            self.send_header("X-ClickHouse-Exception-Code", str(code))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


def main():
    directory, port, password = sys.argv[1:4]
    server = ThreadingHTTPServer(("127.0.0.1", int(port)), Front)
    server.daemon_threads = True
    server.engine = Engine(directory)
    server.password = password
    server.serve_forever()


main()
