"""An embedded map in pages of other people: it sizes itself, and neither page can harm the other."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

HOSTILE_STYLE = """main *{all:unset!important;position:fixed!important;height:3px!important}
iframe,nutrigraph-map{width:9px!important}"""
FRAME = "() => document.querySelectorAll('nutrigraph-map')[{}].shadowRoot.querySelector('iframe')"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, str]]:
    """The address of a server with the embed's files, its folder, and the snippet to paste."""
    from nutrigraph.visualizations.embed import embed
    from tests.visualizations.samples import insulin_view

    folder = tmp_path_factory.mktemp("site")
    made = embed(insulin_view(), "insulin", glossary="Glossary", scheme="https://www.example.org/concept/")
    for name, text in made.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", folder, made.element
    server.shutdown()
    server.server_close()


@pytest.fixture
def host(browser: Browser, site: tuple[str, Path, str]) -> Iterator[Callable[..., Page]]:
    """host(body, style="", scripts=True): a page of somebody else's with that body."""
    address, folder, _ = site
    pages: list[Page] = []

    def open_(body: str, style: str = "", scripts: bool = True) -> Page:
        name = f"host{len(pages)}.html"
        head = "<!DOCTYPE html><html lang='en'><meta charset='utf-8'><title>Host</title>"
        (folder / name).write_text(f"{head}<style>{style}</style>{body}", encoding="utf-8")
        page = browser.new_page(viewport={"width": 1000, "height": 800}, java_script_enabled=scripts)
        pages.append(page)
        page.goto(address + name, wait_until="load")
        return page

    yield open_
    for page in pages:
        page.close()


def settled(page: Page, number: int = 0) -> tuple[float, float]:
    """The frame's height, and that of what is in it, once the frame has told it."""
    page.wait_for_function(FRAME.format(number))
    frame = page.evaluate_handle(FRAME.format(number)).as_element()
    assert frame
    inside = frame.content_frame()
    assert inside
    inside.wait_for_selector("svg.map")
    for _ in range(100):  # the content may grow once more in a taller frame
        content = float(inside.evaluate("() => Math.ceil(document.body.getBoundingClientRect().height)"))
        box = frame.bounding_box()
        if box and abs(box["height"] - content) < 3:
            return box["height"], content
        page.wait_for_timeout(100)
    raise AssertionError(f"the frame is {box} and its content {content} pixels tall")


def test_it_sizes_itself_under_a_hostile_style_sheet_in_two_copies(
    host: Callable[..., Page], site: tuple[str, Path, str]
) -> None:
    page = host(f"<main>{site[2]}{site[2]}</main>", HOSTILE_STYLE)
    for number in (0, 1):
        page.evaluate(f"document.querySelectorAll('nutrigraph-map')[{number}].scrollIntoView()")
        height, content = settled(page, number)
        assert abs(height - content) < 3
        assert height > 400


def test_it_waits_in_a_hidden_tab_and_fits_a_narrow_column(
    host: Callable[..., Page], site: tuple[str, Path, str]
) -> None:
    page = host(f"<div id='tab' style='width:320px;display:none'>{site[2]}</div>")
    page.wait_for_timeout(200)
    assert page.evaluate(FRAME.format(0)) is None
    page.evaluate("document.getElementById('tab').style.display = 'block'")
    height, _ = settled(page)
    assert height > 400
    frame = page.evaluate_handle(FRAME.format(0)).as_element()
    assert frame
    inside = frame.content_frame()
    assert inside
    assert inside.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


def test_only_its_own_frame_is_believed(host: Callable[..., Page], site: tuple[str, Path, str]) -> None:
    page = host(f"<main>{site[2]}</main>")
    height, _ = settled(page)
    page.evaluate("() => postMessage({type: 'nutrigraph-map', height: 7000}, '*')")
    page.evaluate(
        """() => { const other = document.createElement('iframe'); other.sandbox = 'allow-scripts';
        other.srcdoc = "<script>parent.postMessage({type: 'nutrigraph-map', height: 7000}, '*')</script>";
        document.body.append(other); }"""
    )
    page.wait_for_timeout(300)
    assert settled(page)[0] == height


def test_without_scripts_there_is_a_picture_and_a_link(host: Callable[..., Page], site: tuple[str, Path, str]) -> None:
    page = host(site[2], scripts=False)
    picture = page.locator("nutrigraph-map img")
    box = picture.bounding_box()
    assert box
    assert box["width"] > 300
    assert "Concept map of Insulin" in (picture.get_attribute("alt") or "")
    assert page.locator("nutrigraph-map a").get_attribute("href") == "insulin.html"
