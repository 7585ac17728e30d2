"""The SPARQL Protocol against a server that behaves as badly as real ones do."""

from __future__ import annotations

import base64
import email.utils
import socket
import time
from collections.abc import Callable, Mapping

import pytest

from nutrigraph.endpoint import HOST, PASSWORD, TOKEN, USER, Endpoint, Limits
from nutrigraph.errors import EndpointError, NutrigraphError, QueryError, QueryTimeout
from tests.nutrigraph.bad_server import (
    GOOD,
    JSON,
    Handler,
    Server,
    Step,
    breaking_off,
    breaking_off_chunks,
    dripping,
    dripping_headers,
    endless,
    hanging_up,
    replying,
    speaking_smtp,
    stalling,
)

QUERY = "SELECT * { ?s ?p ?o }"
QUICK = Limits(timeout=5, connect=2, attempts=3, wait=0.001, most_bytes=1 << 20)


def ask(server: Server, limits: Limits = QUICK, path: str = "", environment: Mapping[str, str] | None = None) -> bytes:
    return Endpoint(server.url + path, limits, environment or {}).ask(QUERY, JSON).body


def test_a_query_is_posted_as_a_form(servers: Callable[..., Server]) -> None:
    server = servers()
    assert ask(server) == GOOD
    (request,) = server.requests
    assert (request.method, request.path, request.query) == ("POST", "/sparql", QUERY)
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert request.headers["Accept"] == JSON
    assert request.headers["User-Agent"].startswith("nutrigraph/")
    assert "Authorization" not in request.headers


def test_a_connection_is_used_again_and_opened_anew_when_it_is_dead(servers: Callable[..., Server]) -> None:
    def last_word(handler: Handler) -> None:
        handler.reply()
        handler.close_connection = True  # without saying so beforehand

    server = servers(last_word, Handler.reply)
    endpoint = Endpoint(server.url, Limits(timeout=5, attempts=1), {})
    assert [endpoint.ask(QUERY, JSON).body for _ in range(3)] == [GOOD] * 3
    endpoint.close()


def test_a_server_that_knows_no_post_is_asked_with_get(servers: Callable[..., Server]) -> None:
    server = servers(replying(405), Handler.reply)
    endpoint = Endpoint(server.url + "?default-graph-uri=urn:x", QUICK, {})
    assert endpoint.ask(QUERY, JSON).body == endpoint.ask(QUERY, JSON).body == GOOD
    assert [request.method for request in server.requests] == ["POST", "GET", "GET"]
    assert {request.query for request in server.requests} == {QUERY}
    assert "default-graph-uri=urn:x" in server.requests[-1].path


@pytest.mark.parametrize(
    "trouble", [replying(503), replying(429, Retry_After="0"), replying(500), hanging_up, breaking_off]
)
def test_what_may_pass_is_asked_again(servers: Callable[..., Server], trouble: Step) -> None:
    server = servers(trouble, trouble, Handler.reply)
    assert ask(server) == GOOD
    assert {request.query for request in server.requests} == {QUERY}


@pytest.mark.parametrize("trouble", [replying(503), hanging_up, breaking_off, breaking_off_chunks])
def test_the_attempts_have_an_end(servers: Callable[..., Server], trouble: Step) -> None:
    server = servers(trouble)
    with pytest.raises(EndpointError, match=r"503|cannot be reached"):
        ask(server)
    assert len(server.requests) <= QUICK.attempts + 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_what_will_not_pass_is_not_asked_again(servers: Callable[..., Server], status: int) -> None:
    server = servers(replying(status, b"no", "text/plain"))
    with pytest.raises(NutrigraphError):
        ask(server)
    assert len(server.requests) == 1


def test_a_server_is_left_alone_as_long_as_it_asks(servers: Callable[..., Server]) -> None:
    server = servers(replying(503, Retry_After="1"), Handler.reply)
    started = time.monotonic()
    assert ask(server) == GOOD
    assert time.monotonic() - started >= 1
    for wish in ("3600", email.utils.formatdate(time.time() + 3600, usegmt=True)):
        server = servers(replying(429, Retry_After=wish))
        with pytest.raises(EndpointError, match=r"left alone for 3[56][0-9][0-9] seconds"):
            ask(server)
        assert len(server.requests) == 1


@pytest.mark.parametrize("slow", [stalling, dripping, dripping_headers])
def test_a_slow_server_is_not_waited_for(servers: Callable[..., Server], slow: Step) -> None:
    with pytest.raises(QueryTimeout, match="no answer in time"):
        ask(servers(slow), Limits(timeout=0.3))


def test_an_answer_has_a_largest_size(servers: Callable[..., Server]) -> None:
    with pytest.raises(EndpointError, match="larger than 1 MB"):
        ask(servers(endless))


def test_nobody_there(servers: Callable[..., Server]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(EndpointError, match="cannot be reached: connection refused"):
        Endpoint(f"http://127.0.0.1:{port}/", QUICK, {}).ask(QUERY, JSON)
    with pytest.raises(EndpointError, match="does not speak HTTP"):
        ask(servers(speaking_smtp))


def test_a_redirect_is_followed_with_the_query(servers: Callable[..., Server]) -> None:
    for status in (301, 302, 307, 308):
        goal = servers()
        assert ask(servers(replying(status, Location=goal.url))) == GOOD
        assert (goal.requests[0].method, goal.requests[0].query) == ("POST", QUERY)
    goal = servers()
    assert ask(servers(replying(303, Location=goal.url + "?answer=1"))) == GOOD
    assert (goal.requests[0].method, goal.requests[0].path) == ("GET", "/sparql?answer=1")


def test_redirects_have_an_end_and_lead_to_the_web(servers: Callable[..., Server]) -> None:
    with pytest.raises(EndpointError, match="redirects without end"):
        ask(servers(replying(307, Location="/sparql")))
    for target in ("file:///etc/passwd", "ftp://e.org/", "http://user:secret@127.0.0.1/"):
        with pytest.raises(EndpointError, match="no endpoint") as caught:
            ask(servers(replying(307, Location=target)))
        assert "secret" not in str(caught.value)


BASIC = "Basic " + base64.b64encode(b"ada:se cret").decode()


@pytest.mark.parametrize(
    ("environment", "sent"),
    [
        ({TOKEN: "t0ken"}, "Bearer t0ken"),
        ({USER: "ada", PASSWORD: "se cret"}, BASIC),
        ({TOKEN: "t0ken", HOST: "127.0.0.1"}, "Bearer t0ken"),
        ({TOKEN: "t0ken", HOST: "www.example.org"}, None),
        ({PASSWORD: "alone"}, None),
    ],
)
def test_credentials_come_from_the_environment(
    servers: Callable[..., Server], environment: dict[str, str], sent: str | None
) -> None:
    server = servers()
    ask(server, environment=environment)
    assert server.requests[0].headers.get("Authorization") == sent


def test_credentials_do_not_go_to_another_host(servers: Callable[..., Server]) -> None:
    goal = servers()
    first = servers(replying(307, Location=goal.url))
    assert ask(first, environment={TOKEN: "t0ken"}) == GOOD
    assert first.requests[0].headers["Authorization"] == "Bearer t0ken"
    assert "Authorization" not in goal.requests[0].headers


def test_credentials_are_never_shown(servers: Callable[..., Server]) -> None:
    echo = b"denied: Bearer t0ken, Basic " + BASIC.encode() + b" (pass t0ken)"
    for status in (400, 401, 500, 404, 503):
        server = servers(replying(status, echo, "text/plain"))
        with pytest.raises(NutrigraphError) as caught:
            ask(server, path="?key=hidden", environment={TOKEN: "t0ken"})
        assert "t0ken" not in str(caught.value)
        assert "hidden" not in str(caught.value)
    with pytest.raises(EndpointError, match=USER) as caught:
        Endpoint("https://ada:secret@www.example.org/sparql")
    assert "secret" not in str(caught.value)
    with pytest.raises(EndpointError, match=TOKEN) as caught:
        ask(servers(), environment={TOKEN: "two\r\nlines"})
    assert "lines" not in str(caught.value)


def test_what_the_server_says_of_a_query_is_shown(servers: Callable[..., Server]) -> None:
    with pytest.raises(QueryError, match=r"refuses the query: line 1: no$"):
        ask(servers(replying(400, b"line 1:\n  no", "text/plain")))
    with pytest.raises(QueryError, match=r"refuses the query\.$"):
        ask(servers(replying(400, b"<html>", "text/html")))


@pytest.mark.parametrize(
    "address", ["", "http://", "ftp://e.org/x", "http://e.org/a b", "http://e.org:99999/", "http://e.o\nrg/", "e.org"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(EndpointError, match="looks like"):
        Endpoint(address)
