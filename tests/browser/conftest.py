"""A real Chromium for the whole run, and pages that note everything that goes wrong in them.

NUTRIGRAPH_BROWSER (or NUTRIGRAPH_CHROMIUM) names the program; else chromium or google-chrome is taken from the path,
else Playwright's own.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Error, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Opened:
    """A page opened from a file, with what it asked for and complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def run_by_data(self) -> bool:
        """Whether a script from the data ran."""
        return bool(self.page.evaluate("() => '__pwned' in window"))


class Tab:
    """A tab in which one page after another is opened: to make a tab costs more than to open a page in it."""

    def __init__(self, browser: Browser, scripts: bool) -> None:
        self.page = browser.new_page(java_script_enabled=scripts)
        self.noted = Opened(self.page)
        self.page.on("request", lambda request: self.noted.requests.append(request.url))
        self.page.on("console", lambda message: self.noted.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.noted.complaints.append(str(error)))
        self.page.on("dialog", self._refuse)

    def open(self, address: str, width: int, scheme: str) -> Opened:
        self.noted = Opened(self.page)
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(
            media="screen",
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            forced_colors="none",
        )
        self.page.goto(address, wait_until="load")
        self.noted.requests.remove(address)
        return self.noted

    def leave(self) -> None:
        """Ends the page, and takes the mouse to where it touches nothing of the next one."""
        self.page.mouse.move(0, 0)
        self.page.goto("about:blank")

    def _refuse(self, dialog: Dialog) -> None:
        self.noted.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()


Opener = Callable[..., Opened]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    named = os.environ.get("NUTRIGRAPH_BROWSER") or os.environ.get("NUTRIGRAPH_CHROMIUM")
    program = named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        except Error as error:
            pytest.fail(
                f"The browser tests need Chromium, and {program or 'that of Playwright'} does not start. "
                f"Install chromium, or run `playwright install chromium`, or name one in NUTRIGRAPH_BROWSER.\n{error}",
                pytrace=False,
            )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def tabs() -> dict[bool, list[Tab]]:
    """Tabs that are not in use, by whether scripts run in them."""
    return {True: [], False: []}


@pytest.fixture
def opened(browser: Browser, tabs: dict[bool, list[Tab]], tmp_path: Path) -> Iterator[Opener]:
    """opened(html, width=1280, scheme="light", scripts=True): the page in a browser, everything noted."""
    used: list[tuple[Tab, bool]] = []

    def open_(html: str, *, width: int = 1280, scheme: str = "light", scripts: bool = True) -> Opened:
        path = tmp_path / f"page{len(used)}.html"
        path.write_text(html, encoding="utf-8")
        tab = tabs[scripts].pop() if tabs[scripts] else Tab(browser, scripts)
        used.append((tab, scripts))
        return tab.open(path.as_uri(), width, scheme)

    yield open_
    for tab, scripts in used:
        tab.leave()
        tabs[scripts].append(tab)


class Files(dict[str, str]):
    """The pages that are tried, such as "pinned map"; each is made when it is first asked for."""

    def __missing__(self, name: str) -> str:
        from nutrigraph.visualizations import concept_map, map_index, network
        from tests.visualizations.samples import hostile_view, insulin_view, sixty_view

        of, _, form = name.partition(" ")
        view = {"pinned": insulin_view, "hostile": hostile_view, "sixty": sixty_view}[of]()
        if form == "map":
            self[name] = concept_map.render(view)
        elif form == "network":
            self[name] = network.build(view).generate_html()
        else:
            self[name] = map_index.render(view.title, [map_index.entry("a.html", view)])
        return self[name]


@pytest.fixture(scope="session")
def files() -> Files:
    """The map, the network and the index of the pinned view and of the hostile one, and a map of sixty."""
    return Files()
