"""A server that does what a script says: well, or as badly as real ones do."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

JSON = "application/sparql-results+json"
GOOD = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'


class Handler(BaseHTTPRequestHandler):
    """Does what the next step of the script says, the last one again and again."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.answer(parse_qs(self.rfile.read(length).decode()).get("query", [""])[0])

    def do_GET(self) -> None:
        self.answer(parse_qs(urlsplit(self.path).query).get("query", [""])[0])

    def answer(self, query: str) -> None:
        self.server.requests.append(Request(self.command, self.path, query, dict(self.headers)))
        script = self.server.script
        (script.pop(0) if len(script) > 1 else script[0])(self)

    def reply(self, status: int = 200, body: bytes = GOOD, type: str = JSON, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: str
    headers: dict[str, str]


Step = Callable[[Handler], None]


@dataclass
class Server(ThreadingHTTPServer):
    """A server on this machine; `requests` are those it got so far."""

    script: list[Step] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    daemon_threads = True

    def __post_init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sparql"

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # clients that hang up are the point


def replying(status: int = 200, body: bytes = GOOD, type: str = JSON, **headers: str) -> Step:
    return lambda handler: handler.reply(status, body, type, **headers)


def hanging_up(handler: Handler) -> None:
    handler.close_connection = True


def stalling(handler: Handler) -> None:
    handler.server.stopping.wait(10)


def dripping(handler: Handler) -> None:
    """A byte now and then, each well within any time limit on one reading."""
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not handler.server.stopping.wait(0.02):
        handler.wfile.write(b" ")


def dripping_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.server.stopping.wait(0.02):
        handler.wfile.write(b"x")


def breaking_off(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(GOOD)
    handler.close_connection = True


def breaking_off_chunks(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"10\r\n" + GOOD[:16] + b"\r\n")
    handler.close_connection = True


def speaking_smtp(handler: Handler) -> None:
    handler.wfile.write(b"220 mail.example.org ready\r\n")
    handler.close_connection = True


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.end_headers()
    handler.close_connection = True
    while not handler.server.stopping.is_set():
        handler.wfile.write(b"x" * 65536)
