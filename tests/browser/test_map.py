"""The concept map in a real browser: legible, reached by keyboard, there without scripts, right on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Opener

INSULIN = "https://www.example.org/concept/insulin"
RESISTANCE = "https://www.example.org/concept/insulin-resistance"
MEASURE = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")

COVERED = """() => {
  const seen = [...document.querySelectorAll("svg.map .shape, svg.map [data-relation-label]")]
    .map((element) => [element.closest("[data-concept], [data-statement]"), element.getBoundingClientRect()])
    .filter(([, box]) => box.width);
  const covered = [];
  seen.forEach(([one, a], i) => seen.slice(i + 1).forEach(([two, b]) => {
    if (one !== two && a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom)
      covered.push([one.textContent, two.textContent]);
  }));
  return covered;
}"""
OUTSIDE = """() => [...document.querySelectorAll("svg.map [data-concept]")].filter((concept) => {
  const text = concept.querySelector("text").getBoundingClientRect();
  const shape = concept.querySelector(".shape").getBoundingClientRect();
  return text.width && (text.left < shape.left + 24 || text.right > shape.right - 4 || text.top < shape.top);
}).map((concept) => concept.textContent)"""


@pytest.mark.parametrize(("width", "smallest"), [(1280, 13), (390, 14)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(opened: Opener, files: dict[str, str], scheme: str, width: int, smallest: int) -> None:
    page = opened(files["pinned map"], width=width, scheme=scheme).page
    page.locator(f'[data-concept="{RESISTANCE}"]').dispatch_event("click")
    found = page.evaluate(MEASURE)
    assert len(found) > 20
    assert [text for text in found if text["contrast"] < 4.5] == []
    assert [text for text in found if text["edge"] < 3] == []
    assert [text for text in found if text["size"] < smallest or text["opacity"] < 0.62] == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("concept", [INSULIN, RESISTANCE])
def test_nothing_covers_anything_as_the_browser_draws_it(
    opened: Opener, files: dict[str, str], width: int, concept: str
) -> None:
    page = opened(files["pinned map"], width=width).page
    page.locator(f'[data-concept="{concept}"]').dispatch_event("click")
    assert page.evaluate(COVERED) == []
    assert page.evaluate(OUTSIDE) == []


def test_a_click_moves_the_focus_and_changes_the_card(opened: Opener, files: dict[str, str]) -> None:
    page = opened(files["pinned map"]).page
    page.click(f'svg.map [data-concept="{RESISTANCE}"]')
    assert page.locator("[data-concept][aria-current]").get_attribute("data-concept") == RESISTANCE
    assert page.inner_text("#card h2") == "Insulin resistance"
    assert "In time insulin resistance may lead to high blood glucose." in page.inner_text("#card")
    assert "page reviewed by Ada Example, RD" in page.inner_text("#card")
    assert page.locator("#card [data-statement-ref]").count() == 16
    assert page.locator("#card [data-statement]").count() == 0


def test_every_concept_is_reached_by_keyboard_and_chosen_with_enter(opened: Opener, files: dict[str, str]) -> None:
    page = opened(files["pinned map"]).page
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("() => document.activeElement.dataset.concept || ''"))
    assert len(reached - {""}) == 28
    page.focus(f'[data-concept="{RESISTANCE}"]')
    page.keyboard.press("Enter")
    assert page.inner_text("#card h2") == "Insulin resistance"
    before = page.evaluate("() => document.activeElement.getBoundingClientRect().y")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("() => document.activeElement.hasAttribute('data-concept')")
    assert page.evaluate("() => document.activeElement.getBoundingClientRect().y") < before


def test_search_finds_synonyms_and_the_list_takes_the_place_of_the_map(opened: Opener, files: dict[str, str]) -> None:
    page = opened(files["pinned map"]).page
    page.fill("#find", "high blood sugar")
    page.press("#find", "Enter")
    assert page.inner_text("#card h2") == "Elevated blood glucose"
    page.click("#listed")
    assert not page.is_visible("svg.map")
    assert page.locator("[data-statement-list] li[data-statement]:visible").count() == 44


def test_the_wheel_scrolls_the_page(opened: Opener, files: dict[str, str]) -> None:
    page = opened(files["pinned map"]).page
    page.mouse.move(400, 500)
    page.mouse.wheel(0, 200)
    page.wait_for_function("() => scrollY > 100")


@pytest.mark.parametrize("width", [1280, 390])
def test_without_scripts_everything_is_there(opened: Opener, files: dict[str, str], width: int) -> None:
    page = opened(files["pinned map"], width=width, scripts=False).page
    visible = page.locator("svg.map [data-concept]:visible").count()
    assert visible == (28 if width == 1280 else 13)
    assert page.inner_text("#card h2") == "Insulin"
    page.click("summary")
    assert page.locator("[data-statement-list] li[data-statement]:visible").count() == 44
    assert page.locator("[data-statement-list] article:visible").count() == 28
    assert not page.is_visible("#find")


def test_the_script_draws_the_narrow_form_as_the_server_does(opened: Opener, files: dict[str, str]) -> None:
    shot = """() => [...document.querySelectorAll("svg.map [data-concept], svg.map .label")]
        .map((element) => element.getBoundingClientRect())
        .map((box) => [box.x, box.y + scrollY, box.width].map(Math.round))"""
    page = opened(files["pinned map"], width=390).page
    before = page.evaluate(shot)
    page.locator(f'[data-concept="{RESISTANCE}"]').dispatch_event("click")
    assert page.evaluate(shot) != before
    page.locator(f'[data-concept="{INSULIN}"]').dispatch_event("click")
    assert page.evaluate(shot) == before


def test_a_page_that_grows_wide_again_shows_the_whole_map(opened: Opener, files: dict[str, str]) -> None:
    page = opened(files["pinned map"], width=390).page
    page.locator(f'[data-concept="{RESISTANCE}"]').dispatch_event("click")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator("svg.map [data-concept]:visible").count() == 28
    assert page.evaluate(COVERED) == []
