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


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """opened(html, width=1280, scheme="light", scripts=True): the page in a browser, everything noted."""
    pages: list[Page] = []

    def refuse(dialog: Dialog, noted: Opened) -> None:
        noted.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open_(html: str, *, width: int = 1280, scheme: str = "light", scripts: bool = True) -> Opened:
        path = tmp_path / f"page{len(pages)}.html"
        path.write_text(html, encoding="utf-8")
        page = browser.new_page(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        pages.append(page)
        noted = Opened(page)
        page.on("request", lambda request: noted.requests.append(request.url))
        page.on("console", lambda message: noted.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: noted.complaints.append(str(error)))
        page.on("dialog", lambda dialog: refuse(dialog, noted))
        page.goto(path.as_uri(), wait_until="load")
        noted.requests.remove(path.as_uri())
        return noted

    yield open_
    for page in pages:
        page.close()


@pytest.fixture(scope="session")
def files() -> dict[str, str]:
    """The pages that are tried: map, network and index of the pinned view and of the hostile one."""
    from nutrigraph.visualizations import concept_map, map_index, network
    from tests.visualizations.samples import hostile_view, insulin_view, sixty_view

    views = {"pinned": insulin_view(), "hostile": hostile_view()}
    made = {f"{name} map": concept_map.render(view) for name, view in views.items()}
    made["sixty map"] = concept_map.render(sixty_view())
    made |= {
        f"{name} index": map_index.render(view.title, [map_index.entry("a.html", view)]) for name, view in views.items()
    }
    return made | {f"{name} network": network.build(view).generate_html() for name, view in views.items()}
