"""A concept map as its readers' own settings have it, and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Opener

RESISTANCE = "https://www.example.org/concept/insulin-resistance"
MEASURE = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")


def test_forced_colours_are_those_of_the_reader(opened: Opener, files: dict[str, str]) -> None:
    page = opened(files["pinned map"]).page
    page.emulate_media(forced_colors="active")
    found = page.evaluate(MEASURE)
    assert len(found) > 60
    assert min(min(text["contrast"], text["edge"]) for text in found) >= 7
    used = page.evaluate("""() => {
      const probe = document.body.appendChild(document.createElement("i"));
      const system = (name) => { probe.style.color = name; return getComputedStyle(probe).color; };
      const own = new Set(["CanvasText", "Canvas", "Highlight", "HighlightText", "LinkText"].map(system));
      document.querySelector("[data-concept]").focus();
      const others = [...document.querySelectorAll("svg.map :is(text, .shape, .line, .icon, rect)")]
        .flatMap((element) => [getComputedStyle(element).fill, getComputedStyle(element).stroke])
        .filter((colour) => colour !== "none" && !own.has(colour));
      const ring = getComputedStyle(document.querySelector("[data-concept]:focus-visible .shape")).stroke;
      return { others, ring: ring === system("Highlight") };
    }""")
    assert used == {"others": [], "ring": True}


def test_nothing_moves_by_itself_where_motion_is_reduced(opened: Opener, files: dict[str, str]) -> None:
    page = opened(files["pinned map"]).page
    assert page.evaluate("() => matchMedia('(prefers-reduced-motion: reduce)').matches")
    for action in (f'svg.map [data-concept="{RESISTANCE}"]', "#in", "#listed", "#listed"):
        page.click(action)
        assert page.evaluate("() => document.getAnimations().length") == 0
    moving = page.evaluate("""() => [...document.querySelectorAll("*")].map((element) => getComputedStyle(element))
      .filter((style) => style.transitionDuration !== "0s" || style.animationName !== "none"
        || style.scrollBehavior === "smooth").length""")
    assert moving == 0


@pytest.mark.parametrize(("name", "width"), [("pinned map", 390), ("sixty map", 1280)])
def test_paper_has_the_whole_map_and_every_statement(
    opened: Opener, files: dict[str, str], name: str, width: int
) -> None:
    """Whatever was open before, in whatever form: one sheet has the map, uncut, and the list follows."""
    page = opened(files[name], width=width, scheme="dark").page
    page.locator("[data-concept]").nth(1).dispatch_event("click")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 990})
    seen = page.evaluate("""() => {
      const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
      const map = document.querySelector("svg.map").getBoundingClientRect();
      const outside = shown("svg.map [data-concept], svg.map [data-relation-label]")
        .map((one) => one.getBoundingClientRect())
        .filter((box) => box.left < map.left || box.right > map.right + 1)
        .concat(shown("svg.map text").filter((one) => one.getBoundingClientRect().bottom > map.bottom));
      const { concepts, statements } = JSON.parse(document.getElementById("nutrigraph-map").textContent);
      return {
        concepts: shown("svg.map [data-concept]").length - concepts.length,
        relations: shown("svg.map [data-relation-label]").length - document.querySelectorAll(".relation").length,
        statements: shown("[data-statement-list] li[data-statement]").length - statements.length,
        outside: outside.length, tools: shown("form, button").length, tall: map.height > 910, wide: map.right > 700,
        hidden: document.querySelector(".stage").scrollWidth - document.querySelector(".stage").clientWidth > 1,
      };
    }""")
    assert not any(seen.values()), seen
    ink = page.evaluate("() => getComputedStyle(document.documentElement).color.match(/\\d+/g).map(Number)")
    assert max(ink) < 64  # dark on white, whatever the screen has
