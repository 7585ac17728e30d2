"""The SPARQL 1.1 Protocol: one question to an endpoint over HTTP, with limits on everything that a server may do.

Standard library alone (docs/decisions has the reason). A question never changes anything, so it may be asked again
when a connection breaks or a server is busy. Nothing that is shown holds credentials or the query part of an address.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import os
import random
import re
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Final
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

from nutrigraph.errors import EndpointError, QueryError, QueryTimeout

USER: Final = "NUTRIGRAPH_ENDPOINT_USER"
PASSWORD: Final = "NUTRIGRAPH_ENDPOINT_PASSWORD"
TOKEN: Final = "NUTRIGRAPH_ENDPOINT_TOKEN"
HOST: Final = "NUTRIGRAPH_ENDPOINT_HOST"
"""The environment variables with credentials, and the one host that they are for (else any endpoint that is asked)."""

_BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses after which it is worth asking again."""
_NO_POST: Final = frozenset({405, 415, 501})
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS: Final = 5
_LONGEST_GET: Final = 8000
_PIECE: Final = 1 << 16
_BROKEN: Final = (OSError, http.client.HTTPException)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server may take: seconds for one question with all its attempts and for a connection, attempts, seconds
    before the second attempt (doubled before each further one), bytes of one answer."""

    timeout: float = 60.0
    connect: float = 10.0
    attempts: int = 4
    wait: float = 0.5
    most_bytes: int = 256 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: the media type without parameters, its headers with names in small letters, the body."""

    type: str
    headers: Mapping[str, str]
    body: bytes


class Endpoint:
    """A SPARQL endpoint. EndpointError if the address is none; nothing is sent before the first question."""

    def __init__(
        self, address: str, limits: Limits | None = None, environment: Mapping[str, str] | None = None
    ) -> None:
        self.limits = limits or Limits()
        self._url = _address(address)
        self._environment = os.environ if environment is None else environment
        self._idle: list[http.client.HTTPConnection] = []
        self._post = True

    @property
    def name(self) -> str:
        """The address as it may be shown: without query and fragment, which may hold keys."""
        return _shown(self._url)

    def close(self) -> None:
        """Ends the connections that are kept open for the next question."""
        while self._idle:
            self._idle.pop().close()

    def __del__(self) -> None:
        if hasattr(self, "_idle"):
            self.close()

    def ask(self, query: str, accept: str, deadline: float | None = None) -> Answer:
        """The answer to a query. `deadline` is a time of `time.monotonic`.

        Raises QueryTimeout at the deadline, QueryError if the server refuses the query, EndpointError for all else.
        """
        end = deadline if deadline is not None else time.monotonic() + self.limits.timeout
        for attempt in range(self.limits.attempts):
            wait = self.limits.wait * 2**attempt * random.uniform(0.75, 1.25)
            problem: EndpointError | QueryError
            try:
                status, answer = self._follow(query, accept, end)
            except ssl.SSLCertVerificationError as error:
                raise EndpointError(f"{self.name} cannot prove who it is: {error.verify_message}.") from None
            except _BROKEN as error:
                self._check_time(end)
                problem = EndpointError(f"{self.name} cannot be reached: {_reason(error)}.")
            else:
                if status == 200:
                    return answer
                problem = self._refused(status, answer)
                asked = _retry_after(answer.headers.get("retry-after")) if status in _BUSY else None
                if asked is not None and time.monotonic() + asked >= end:
                    problem = EndpointError(
                        f"{self.name} is busy and asks to be left alone for {asked:.0f} seconds. Try again then."
                    )
                if status not in _BUSY:
                    raise problem
                wait = max(wait, asked or 0.0)
            if attempt == self.limits.attempts - 1 or time.monotonic() + wait >= end:
                raise problem
            time.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _check_time(self, end: float) -> None:
        if time.monotonic() >= end:
            raise QueryTimeout(f"{self.name} gave no answer in time, and the query was stopped.")

    def _follow(self, query: str, accept: str, end: float) -> tuple[int, Answer]:
        """The status and answer of one attempt, at the end of all redirects."""
        url, form = self._url, True
        for _ in range(_MOST_REDIRECTS + 1):
            status, answer = self._once(url, query if form else None, accept, end)
            if self._post and status in _NO_POST and form and len(query) < _LONGEST_GET:
                self._post = False
                status, answer = self._once(url, query, accept, end)
            target = answer.headers.get("location")
            if status not in _MOVED or not target:
                return status, answer
            form = form and status != 303  # 303: the answer itself lies there
            url = self._redirected(url, target)
        raise EndpointError(f"{self.name} redirects without end. Check its address.")

    def _redirected(self, url: SplitResult, target: str) -> SplitResult:
        moved = urlsplit(urljoin(urlunsplit(url), target))
        if moved.scheme not in ("http", "https") or not moved.hostname or moved.username is not None:
            raise EndpointError(f"{self.name} redirects to something that is no endpoint.")
        if url.scheme == "https" and moved.scheme == "http":
            raise EndpointError(f"{self.name} redirects from https to http, where anybody can listen; it is not asked.")
        return moved

    def _once(self, url: SplitResult, query: str | None, accept: str, end: float) -> tuple[int, Answer]:
        """Sends one request and reads the answer; a connection that was idle and is dead is opened anew."""
        connection = self._connection(url, end)
        fresh = connection.sock is None
        try:
            return self._exchange(connection, url, query, accept, end)
        except (http.client.RemoteDisconnected, ConnectionError):
            connection.close()
            self._check_time(end)
            if fresh:
                raise
            return self._exchange(self._opened(url, end), url, query, accept, end)

    def _exchange(
        self, connection: http.client.HTTPConnection, url: SplitResult, query: str | None, accept: str, end: float
    ) -> tuple[int, Answer]:
        expired = threading.Event()

        def stop() -> None:  # a server that sends a byte now and then would else be waited for without end
            expired.set()
            if connection.sock is not None:
                _shut(connection.sock)

        watch = threading.Timer(max(end - time.monotonic(), 0.001), stop)
        watch.daemon = True
        watch.start()
        try:
            if connection.sock is None:
                connection.connect()
            assert connection.sock is not None
            connection.sock.settimeout(max(end - time.monotonic(), 0.001))
            self._send(connection, url, query, accept)
            response = connection.getresponse()
            answer = Answer(_media_type(response), _headers(response), self._body(response))
            if expired.is_set():  # an end in the middle of the headers looks like a whole answer
                raise TimeoutError
        except BaseException as error:
            connection.close()
            if expired.is_set() or (isinstance(error, TimeoutError) and time.monotonic() >= end - 0.01):
                raise QueryTimeout(f"{self.name} gave no answer in time, and the query was stopped.") from None
            raise
        finally:
            watch.cancel()
        if url[:2] == self._url[:2] and response.status == 200 and not response.will_close:
            self._idle.append(connection)  # not after a refusal: its error holds this endpoint until somebody looks
        else:
            connection.close()
        return response.status, answer

    def _send(self, connection: http.client.HTTPConnection, url: SplitResult, query: str | None, accept: str) -> None:
        headers = {"Accept": accept, "User-Agent": f"nutrigraph/{version('nutrigraph')}", "Host": url.netloc}
        headers |= self._credentials(url)
        target = urlunsplit(("", "", url.path or "/", url.query, ""))
        if url.scheme == "http" and (proxy := _proxy(url)):
            target = urlunsplit(url._replace(fragment=""))
            headers |= _proxy_credentials(proxy)
        if query is None:
            connection.request("GET", target, headers=headers)
        elif self._post:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST", target, body=urlencode({"query": query}).encode(), headers=headers)
        else:
            joint = "&" if url.query else "?"
            connection.request("GET", target + joint + urlencode({"query": query}), headers=headers)

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        pieces: list[bytes] = []
        size = 0
        while piece := response.read(_PIECE):
            size += len(piece)
            if size > self.limits.most_bytes:
                raise EndpointError(
                    f"The answer of {self.name} is larger than {self.limits.most_bytes >> 20} MB and was not read. "
                    "Add a LIMIT to the query."
                )
            pieces.append(piece)
        expected = response.headers.get("content-length")
        if expected and expected.isdigit() and size < int(expected):
            raise http.client.IncompleteRead(b"", int(expected) - size)
        return b"".join(pieces)

    def _connection(self, url: SplitResult, end: float) -> http.client.HTTPConnection:
        if url[:2] == self._url[:2]:
            try:
                return self._idle.pop()
            except IndexError:
                pass
        return self._opened(url, end)

    def _opened(self, url: SplitResult, end: float) -> http.client.HTTPConnection:
        """A connection to be opened when it is first used, through the proxy that the environment names."""
        wait = max(min(self.limits.connect, end - time.monotonic()), 0.001)
        proxy = _proxy(url)
        host, port = (proxy.hostname, proxy.port) if proxy else (url.hostname, url.port)
        if url.scheme == "http":
            return http.client.HTTPConnection(host or "", port, timeout=wait)
        connection = http.client.HTTPSConnection(host or "", port, timeout=wait)
        if proxy:
            connection.set_tunnel(url.hostname or "", url.port or 443, _proxy_credentials(proxy))
        return connection

    def _credentials(self, url: SplitResult) -> dict[str, str]:
        """The Authorization header, for the endpoint's own host alone (or the same host by https)."""
        given, user = self._environment, self._environment.get(USER)
        same = url.hostname == self._url.hostname and (url.scheme, url.port) in (
            (self._url.scheme, self._url.port),
            ("https", None),
        )
        only = given.get(HOST, "").lower()
        if not same or (only and only not in (url.hostname, url.netloc.lower())):
            return {}
        if token := given.get(TOKEN):
            return {"Authorization": _header_text(TOKEN, f"Bearer {token}")}
        if user:
            pair = f"{user}:{given.get(PASSWORD, '')}".encode()
            return {"Authorization": "Basic " + base64.b64encode(pair).decode()}
        return {}

    def _refused(self, status: int, answer: Answer) -> EndpointError | QueryError:
        said = self._said(answer)
        if status in (401, 403, 407):
            return EndpointError(
                f"{self.name} refuses access (status {status}). Credentials are read from the environment: {TOKEN}, "
                f"or {USER} and {PASSWORD}; with {HOST} they go to that host alone."
            )
        if status == 400:
            return QueryError(f"{self.name} refuses the query{said or '.'}")
        if status in (404, 410):
            return EndpointError(f"There is no endpoint at {self.name} (status {status}). Check its address.")
        return EndpointError(f"{self.name} failed with status {status}{said or '.'}")

    def _said(self, answer: Answer) -> str:
        """What the server says of its failure, in one line without anything secret; "" for a page of HTML."""
        if "html" in answer.type:
            return ""
        text = answer.body[:2000].decode("utf-8", "replace")
        for name in (TOKEN, PASSWORD):
            if secret := self._environment.get(name):
                text = text.replace(secret, "…")
        for value in self._credentials(self._url).values():
            text = text.replace(value.split(" ", 1)[1], "…")
        line = " ".join(text.split())
        return f": {line[:300]}{'…' if len(line) > 300 else ''}" if line else ""


def _address(address: str) -> SplitResult:
    problem = EndpointError("An endpoint's address looks like https://www.example.org/sparql; this is none.")
    if re.search(r"[\x00-\x20\x7f<>\"\\^`{|}]", address.strip()):
        raise problem
    try:
        url = urlsplit(address.strip())
        url.netloc.encode("ascii")
        if url.scheme not in ("http", "https") or not url.hostname or url.port == 0:
            raise problem
    except ValueError:
        raise problem from None
    if url.username is not None or url.password is not None:
        raise EndpointError(
            f"Credentials do not belong into an address, where others can read them. Set {USER} and {PASSWORD} "
            f"(or {TOKEN}) in the environment instead."
        )
    path = url.path.encode("ascii", "replace").decode()
    return url._replace(path=path, fragment="")


def _shown(url: SplitResult) -> str:
    return urlunsplit((url.scheme, url.netloc, url.path, "", ""))


def _proxy(url: SplitResult) -> SplitResult | None:
    """The proxy that the environment names for an address."""
    found = getproxies().get(url.scheme)
    if not found or proxy_bypass(url.netloc) or (url.hostname in ("localhost", "127.0.0.1", "::1")):
        return None
    return urlsplit(found if "://" in found else f"http://{found}")


def _proxy_credentials(proxy: SplitResult) -> dict[str, str]:
    if proxy.username is None:
        return {}
    pair = f"{proxy.username}:{proxy.password or ''}".encode()
    return {"Proxy-Authorization": "Basic " + base64.b64encode(pair).decode()}


def _header_text(name: str, value: str) -> str:
    if not re.fullmatch(r"[\x21-\x7e ]+", value):
        raise EndpointError(f"{name} has characters that no credentials have, such as a line end.")
    return value


def _shut(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _media_type(response: http.client.HTTPResponse) -> str:
    return response.headers.get("content-type", "").partition(";")[0].strip().lower()


def _headers(response: http.client.HTTPResponse) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def _retry_after(value: str | None) -> float | None:
    """The seconds that a Retry-After header asks for, which holds them or a date."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _reason(error: Exception) -> str:
    if isinstance(error, http.client.IncompleteRead):
        return "the connection broke off in the middle of the answer"
    if isinstance(error, http.client.RemoteDisconnected):
        return "the server closed the connection without an answer"
    if isinstance(error, TimeoutError):
        return "nobody answers there"
    if isinstance(error, socket.gaierror):
        return "there is no server of that name"
    if isinstance(error, http.client.HTTPException):
        return "what answers there does not speak HTTP"
    return str(getattr(error, "strerror", None) or getattr(error, "reason", None) or error).strip(".").lower()
