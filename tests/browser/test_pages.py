"""Each page in a real browser: nothing is fetched, nothing complains, nothing from the data runs, all can use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

from tests.visualizations.samples import ATTACKS

if TYPE_CHECKING:
    from tests.browser.conftest import Opener

NAMES = ("pinned map", "pinned network", "pinned index", "hostile map", "hostile network", "hostile index")

SEARCH_ALL = """attacks => {
  const find = document.getElementById("find");
  for (const attack of attacks) {
    find.value = attack;
    find.dispatchEvent(new Event("input", {bubbles: true}));
    find.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true}));
    find.form?.requestSubmit();
    document.querySelector("#found:not([hidden]) button")?.click();
  }
}"""
CLICK_ALL = """places => {
  for (const element of document.querySelectorAll(places))
    element.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true, composed: true}));
}"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_for_nothing_complains_of_nothing_fits_and_is_accessible(
    opened: Opener, files: dict[str, str], name: str, scheme: str, width: int
) -> None:
    shown = opened(files[name], width=width, scheme=scheme)
    shown.page.wait_for_timeout(150)
    assert shown.requests == []
    assert shown.complaints == []
    assert not shown.run_by_data()
    assert shown.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    if name.startswith("pinned"):
        results = Axe().run(shown.page)
        assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("name", ["hostile map", "hostile network"])
def test_hostile_text_is_shown_as_text_and_never_runs(opened: Opener, files: dict[str, str], name: str) -> None:
    shown = opened(files[name])
    page = shown.page
    page.evaluate(SEARCH_ALL, [attack.strip()[:20] for attack in ATTACKS])
    for places in ("svg.map [data-concept], #list button", "svg.map [data-statement]"):
        page.evaluate(CLICK_ALL, places)
    assert page.locator("img, iframe, [onerror], [onload], [onfocus]").count() == 0
    assert not shown.run_by_data()
    assert shown.complaints == []
    assert shown.requests == []
    text = page.evaluate("() => document.body.textContent")
    assert all(attack in text for attack in ATTACKS if attack.isprintable())


def test_a_tooltip_of_the_network_is_text(opened: Opener) -> None:
    from nutrigraph.visualizations.network import SafeNetwork

    network = SafeNetwork(heading="<b>x</b>")
    network.add_node(1, "one", title="<img src=x onerror='window.__pwned=1'><a href='javascript:1'>href</a>", x=0, y=0)
    shown = opened(network.generate_html())
    box = shown.page.locator("#canvas").bounding_box()
    assert box
    shown.page.mouse.move(box["x"] + box["width"] / 2 + 3, box["y"] + box["height"] / 2 + 3)
    shown.page.wait_for_selector(".vis-tooltip", state="visible")
    assert "<img src=x" in shown.page.inner_text(".vis-tooltip")
    assert not shown.run_by_data()
    assert shown.complaints == []
