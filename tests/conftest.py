"""How generated tests run: never against the clock, the same cases each time in CI; and a server to test with."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("nutrigraph", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("nutrigraph")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lines are counted by the tests of known cases: in generated ones counting takes half the time, and is chance."""
    for item in items:
        if item.get_closest_marker("hypothesis"):
            item.add_marker("no_cover")


OXIGRAPH = Path(sys.executable).with_name("oxigraph")


@pytest.fixture(scope="session")
def endpoint_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[bytes], str]]:
    """A function that serves N-Quads with the real Oxigraph server on this machine, and gives its address."""
    servers: list[subprocess.Popen[bytes]] = []

    def serve(quads: bytes) -> str:
        folder = tmp_path_factory.mktemp("oxigraph")
        subprocess.run(
            [OXIGRAPH, "load", "--location", folder, "--format", "nq"], input=quads, check=True, capture_output=True
        )
        with socket.create_server(("127.0.0.1", 0)) as free:
            address = f"127.0.0.1:{free.getsockname()[1]}"
        command: list[str | Path] = [OXIGRAPH, "serve-read-only", "--location", folder, "--bind", address]
        servers.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        _wait(address)
        return f"http://{address}/query"

    yield serve
    for server in servers:
        server.kill()
        server.wait()


def _wait(address: str) -> None:
    host, port = address.split(":")
    for _ in range(200):
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the Oxigraph server does not start")
