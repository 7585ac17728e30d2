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


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_covers_anything_on_a_map_of_sixty(opened: Opener, files: dict[str, str], width: int) -> None:
    page = opened(files["sixty map"], width=width).page
    assert page.evaluate(COVERED) == []
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


def test_names_say_type_and_relations_and_every_relation_is_reached(opened: Opener, files: dict[str, str]) -> None:
    page = opened(files["pinned map"]).page
    name = page.locator(f'[data-concept="{INSULIN}"]').get_attribute("aria-label") or ""
    assert name.startswith("Insulin, Hormone, 13 relations: Insulin is a Hormone; Beta cell produces Insulin")
    reached = set()
    for _ in range(100):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("() => document.querySelector('.relation:focus')?.dataset.statement"))
    assert len(reached - {None}) == 43
    page.focus("#r0")
    page.keyboard.press("Enter")
    assert page.locator("#card .told").count() == 1


def test_filters_hide_and_count(opened: Opener, files: dict[str, str]) -> None:
    page = opened(files["pinned map"]).page
    page.select_option("#sure", "hedged")
    assert page.locator("svg.map .relation:visible").count() == 3
    assert page.inner_text("#told").endswith("of 44 statements shown")
    page.select_option("#sure", "")
    page.select_option("#kind", "is a risk factor for")
    labels = page.locator("svg.map .relation:visible [data-relation-label]").all_text_contents()
    assert set(labels) == {"is a risk factor for"}


def test_a_link_leads_back_to_what_one_sees(opened: Opener, files: dict[str, str]) -> None:
    page = opened(files["pinned map"]).page
    page.click(f'svg.map [data-concept="{RESISTANCE}"]')
    page.select_option("#kind", "affects")
    link = page.evaluate("() => document.getElementById('link').href")
    page.go_back()
    page.go_back()
    assert page.inner_text("#card h2") == "Insulin"
    page.goto(link)
    page.reload()
    assert page.inner_text("#card h2") == "Insulin resistance"
    assert page.input_value("#kind") == "affects"


@pytest.mark.parametrize("width", [1280, 390])
def test_pictures_are_saved(opened: Opener, files: dict[str, str], width: int) -> None:
    shown = opened(files["pinned map"], width=width)
    for button, start in (("#svg", b"<svg"), ("#png", b"\x89PNG")):
        with shown.page.expect_download() as download:
            shown.page.click(button)
        assert download.value.path().read_bytes().startswith(start)
    assert shown.complaints == []


def test_buttons_and_fingers_make_the_map_larger(opened: Opener, files: dict[str, str]) -> None:
    page = opened(files["pinned map"]).page
    width = "() => document.querySelector('svg.map').getBoundingClientRect().width"
    before = page.evaluate(width)
    page.click("#in")
    assert page.evaluate(width) == pytest.approx(before * 1.25)
    page.evaluate("""() => {
      const stage = document.querySelector(".stage");
      const touch = (id, x) => new Touch({ identifier: id, target: stage, clientX: x, clientY: 500 });
      for (const apart of [100, 150]) {
        const touches = [touch(0, 400), touch(1, 400 + apart)];
        stage.dispatchEvent(new TouchEvent("touchmove", { cancelable: true, touches }));
      }
    }""")
    assert page.evaluate(width) == pytest.approx(before * 1.25 * 1.5)
    page.click("#fit")
    assert page.evaluate(width) == pytest.approx(before)
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("width", [1280, 390])
def test_targets_are_large_enough(opened: Opener, files: dict[str, str], width: int) -> None:
    page = opened(files["pinned map"], width=width).page
    small = page.evaluate("""() => [...document.querySelectorAll("svg.map a, button, input, select")]
      .map((element) => [element.id, element.getBoundingClientRect()])
      .filter(([, box]) => box.width && (box.width < 24 || box.height < 23.9)).map(([id]) => id)""")
    assert small == []


def test_long_words_and_other_scripts_stay_in_their_boxes(opened: Opener) -> None:
    from dataclasses import replace

    from nutrigraph.visualizations import concept_map
    from tests.visualizations.samples import insulin_view

    view = insulin_view()
    words = (
        "Blutzuckerspiegelmessgerätehersteller",
        "Κυτταρικός μεταβολισμός της γλυκόζης",
        "مقاومة الأنسولين",
        "胰岛素抵抗综合征",
    )
    concepts = tuple(
        replace(concept, label=words[index % 4] if index < 12 else concept.label)
        for index, concept in enumerate(view.concepts)
    )
    shown = opened(concept_map.render(replace(view, concepts=concepts), language="ar"))
    assert shown.page.evaluate(OUTSIDE) == []
    assert shown.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
