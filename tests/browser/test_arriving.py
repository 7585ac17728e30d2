"""A view that comes bit by bit, as over a slow connection: nothing that one sees moves."""

from __future__ import annotations

import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WATCH = """window.moved = [];
new PerformanceObserver((list) => list.getEntries().forEach((one) => moved.push(
  one.sources.map((source) => source.node && (source.node.id || source.node.nodeName)).join() + " " + one.value
))).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("form", ["map", "network"])
def test_nothing_moves_while_a_view_arrives(browser: Browser, files: dict[str, str], form: str, width: int) -> None:
    places = "(?<=</header>)|(?<=</figure>)|(?=<section)|(?=<script)"
    pieces = [part.encode() for part in re.split(places, files[f"pinned {form}"])]

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            for piece in pieces:
                self.wfile.write(piece)
                time.sleep(0.15)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    assert len(pieces) > 3
    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.add_init_script(WATCH)
        page.goto(f"http://127.0.0.1:{server.server_port}/", wait_until="load")
        page.evaluate("() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)))")
        moved = page.evaluate("() => moved")
        page.close()
        server.shutdown()
    assert moved == []
