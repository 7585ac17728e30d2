"""The network in a real browser: searched, filtered, saved, and asked for its sentences, by keyboard too."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import networkx
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from tests.visualizations.samples import hostile_view, insulin_view, large_view

if TYPE_CHECKING:
    from nutrigraph.visualizations.view import MapView
    from tests.browser.conftest import Opener

LARGE = 5000


def drawn(view: MapView) -> str:
    from nutrigraph.visualizations import network

    return network.build(view).generate_html()


@pytest.fixture(scope="module")
def pinned() -> str:
    return drawn(insulin_view())


@pytest.fixture(scope="module")
def reviewed() -> str:
    """The network of the pinned view, of three pages, with a statement that a person accepted."""
    from nutrigraph.queries.statements import ReviewRecord

    view = insulin_view()
    accepted = ReviewRecord("accept", by="Bo Example", date="2025-02-03", note="read twice")
    pages = ("pages/insulin.txt", "pages/glucose.md", "pages/diet.md")
    statements = [
        replace(statement, page=pages[number % 3], reviewed_by=statement.reviewed_by if number % 3 else None)
        for number, statement in enumerate(view.statements)
    ]
    statements[0] = replace(statements[0], review=accepted)
    return drawn(replace(view, statements=tuple(statements)))


@pytest.fixture(scope="module")
def large() -> str:
    return drawn(large_view(LARGE))


def choose(page: Page, facet: str) -> None:
    page.locator("#facets details", has=page.locator(f"#{facet}")).evaluate("part => { part.open = true; }")


def test_search_centres_a_concept_and_shows_its_sentences(opened: Opener, pinned: str) -> None:
    page = opened(pinned).page
    page.fill("#find", "hyperglyc")
    assert page.inner_text("#found button") == "Elevated blood glucose (hyperglycemia)"
    page.press("#find", "Enter")
    assert page.inner_text("#detail h2") == "Elevated blood glucose"
    assert "High glucose is a signal to the pancreas." in page.inner_text("#detail")
    assert "page reviewed by Ada Example, RD" in page.inner_text("#detail")
    assert page.get_attribute("#detail .source a", "href") == "https://www.example.org/insulin"


def test_filters_change_the_count_and_the_lists(opened: Opener, reviewed: str) -> None:
    page = opened(reviewed).page
    count = page.locator("#count")
    assert count.inner_text() == "28 concepts, 43 relations"
    page.uncheck("#types .body input")
    assert count.inner_text() == "23 of 28 concepts, 33 of 43 relations"
    assert page.locator("#list li").count() == 23
    page.get_by_label("is a risk factor for", exact=True).uncheck()
    assert count.inner_text() == "21 of 28 concepts, 27 of 43 relations"  # of two nothing else is said
    page.click("#relations button[aria-label='All: Relations']")
    page.check("#types .body input")
    assert count.inner_text() == "28 concepts, 43 relations"


@pytest.mark.parametrize(
    ("facet", "kept", "left"),
    [
        ("sources", "pages/diet.md", "19 of 28 concepts, 14 of 43 relations"),
        ("certainty", "hedged: the page says “may”", None),
        ("review", "accepted by a person", "2 of 28 concepts, 1 of 43 relations"),
        ("review", "not reviewed", None),
    ],
)
def test_one_page_one_certainty_or_one_state_of_review_can_be_shown(
    opened: Opener, reviewed: str, facet: str, kept: str, left: str | None
) -> None:
    page = opened(reviewed).page
    choose(page, facet)
    page.click(f"#{facet} button[aria-label^='None']")
    assert page.inner_text("#count") == "0 of 28 concepts, 0 of 43 relations"
    page.get_by_label(kept, exact=True).check()
    number = page.locator(f"#{facet} .choice", has=page.get_by_label(kept, exact=True)).locator(".n").inner_text()
    assert f", {number} of 43 relations" in page.inner_text("#count")
    assert left in (None, page.inner_text("#count"))


def test_a_community_can_be_filtered_and_opened(opened: Opener, pinned: str) -> None:
    page = opened(pinned).page
    choose(page, "communities")
    row = page.locator("#communities .choice").first
    row.locator("input").uncheck()
    shown = 28 - int(row.locator(".n").inner_text())
    assert page.inner_text("#count").startswith(f"{shown} of 28 concepts, ")
    row.locator("input").check()
    page.click("#grouped")
    name = page.inner_text("#list button")
    page.focus("#list button")
    page.keyboard.press("Enter")
    assert name.startswith(page.inner_text("#where [aria-current]"))
    assert page.locator("#list li").count() == int(name.rpartition("(")[2].rstrip(")"))
    assert page.evaluate("() => document.activeElement.textContent") == "All communities"
    page.keyboard.press("Enter")
    assert page.inner_text("#list button") == name
    page.click("#grouped")
    assert page.locator("#list li").count() == 28


def test_the_lists_say_by_keyboard_what_the_picture_says(opened: Opener, reviewed: str) -> None:
    page = opened(reviewed).page
    assert page.locator("#list button").count() == 28
    page.focus("#list li:first-child button")
    page.keyboard.press("Enter")
    assert page.inner_text("#detail h2") == "Age"
    assert "Age and family history are risk factors as well." in page.inner_text("#detail")
    page.focus("#every")
    page.keyboard.press("Enter")
    page.wait_for_selector("#relationlist button")
    assert page.locator("#relationlist button").count() == 43
    page.locator("#relationlist button").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#detail blockquote").count() >= 1


def test_a_relation_shows_its_sentence_source_reviewer_and_review(opened: Opener, reviewed: str) -> None:
    page = opened(reviewed).page
    choose(page, "review")
    page.click("#review button[aria-label^='None']")
    page.get_by_label("accepted by a person", exact=True).check()
    page.click("#every")
    page.click("#relationlist button")
    said = page.inner_text("#detail")
    assert "Insulin is a hormone that the beta cells" in said
    assert "pages/insulin.txt · 2024-05-01 · statement accepted by Bo Example on 2025-02-03: read twice" in said


def test_a_click_on_a_relation_shows_its_sentence(opened: Opener) -> None:
    from nutrigraph.visualizations import network

    view = insulin_view()
    pair = replace(view, concepts=(view.concepts[0], view.concepts[2]), statements=view.statements[:1])
    two = network.build(pair)
    two.nodes[0].update(x=-200, y=0)
    two.nodes[1].update(x=200, y=0)
    page = opened(two.generate_html()).page
    box = page.locator("#canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2 + 60, box["y"] + box["height"] / 2)
    page.wait_for_selector("#detail blockquote")
    assert "Insulin is a hormone that the beta cells" in page.inner_text("#detail blockquote")
    assert "page reviewed by Ada Example, RD · 2024-05-01 · statement not reviewed yet" in page.inner_text("#detail")


def saved(page: Page, what: str) -> Path:
    page.click("#save summary")
    with page.expect_download() as download:
        page.click(f"#{what}")
    page.keyboard.press("Escape")
    return Path(download.value.path())


def test_what_is_shown_can_be_saved(opened: Opener, reviewed: str) -> None:
    shown = opened(reviewed)
    page = shown.page
    page.uncheck("#types .body input")
    data = json.loads(saved(page, "json").read_text(encoding="utf-8"))
    assert len(data["concepts"]) == 23
    ids = {concept["id"] for concept in data["concepts"]}
    assert {end for statement in data["statements"] for end in (statement["subject"], statement["object"])} <= ids
    assert all(said["quote"] for statement in data["statements"] for said in statement["evidence"])
    rows = list(csv.DictReader(io.StringIO(saved(page, "csv").read_text(encoding="utf-8-sig"))))
    assert [row["id"] for row in rows] == [statement["id"] for statement in data["statements"]]
    assert rows[0]["reviewed_by"] in ("", "Ada Example, RD")
    graph = networkx.read_graphml(saved(page, "graphml"))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (23, 33)
    assert {facts["label"] for _, facts in graph.nodes(data=True)} == {one["label"] for one in data["concepts"]}
    picture = saved(page, "png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 10_000
    assert shown.complaints == []


def test_hostile_words_are_saved_as_words(opened: Opener) -> None:
    page = opened(drawn(hostile_view())).page
    rows = list(csv.reader(io.StringIO(saved(page, "csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) > 50
    assert {len(row) for row in rows} == {13}
    graph = networkx.read_graphml(saved(page, "graphml"))
    assert "<img src=x onerror=window.__pwned=1>" in {facts["label"] for _, facts in graph.nodes(data=True)}


def test_a_large_network_opens_on_its_communities(opened: Opener, large: str) -> None:
    shown = opened(large)
    page = shown.page
    assert page.inner_text("#count") == "5,000 concepts, 7,499 relations"
    first = page.locator("#list button").first
    assert 3 <= page.locator("#list button").count() <= 41
    name = first.inner_text()
    first.focus()
    page.keyboard.press("Enter")
    assert name.startswith(page.inner_text("#where [aria-current]"))
    assert page.inner_text("#all .n") == name.rpartition("(")[2].rstrip(")")
    assert Axe().run(page).violations_count == 0
    page.locator("#list button").first.click()
    assert page.locator("#detail blockquote").count() >= 1
    page.keyboard.press("Escape")
    assert first.inner_text() == name
    page.fill("#find", "4321")
    page.press("#find", "Enter")
    assert page.inner_text("#detail h2").endswith("4321")
    assert page.is_visible("#where")
    assert shown.complaints == []


def test_without_igraph_communities_are_found_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from nutrigraph.visualizations.grouping import grouped

    monkeypatch.setitem(sys.modules, "igraph", None)
    links = [(one, two) for base in (0, 4) for one in range(base, base + 4) for two in range(base, one)] + [(0, 4)]
    assert [(each.name, each.nodes) for each in grouped("abcdefgh", links, 8)] == [
        ("a, b, c", (0, 1, 2, 3)),
        ("e, f, g", (4, 5, 6, 7)),
    ]


@pytest.mark.parametrize(("width", "least", "scheme"), [(1280, 13, "dark"), (390, 14, "light")])
def test_names_on_the_canvas_can_be_read_however_far_away(
    opened: Opener, pinned: str, width: int, least: int, scheme: str
) -> None:
    page = opened(pinned, width=width, scheme=scheme).page
    written: list[tuple[float, float]] = page.evaluate(WRITTEN)
    assert len(written) >= 10
    assert min(size for size, _ in written) >= least
    assert min(contrast for _, contrast in written) >= 4.5


WRITTEN = """async () => {
  const light = (colour) => {
    const linear = (value) => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = colour.map((value) => linear(value / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const mixed = (over, part, under) => { // as the browser paints it, whatever the colour is called
    for (const [colour, alpha] of [[under, 1], [over, part]])
      Object.assign(pen, { fillStyle: colour, globalAlpha: alpha }).fillRect(0, 0, 1, 1);
    return light([...pen.getImageData(0, 0, 1, 1).data].slice(0, 3));
  };
  const canvas = CanvasRenderingContext2D.prototype, write = canvas.fillText, written = [];
  let behind = document.querySelector("canvas");
  while (/^(transparent|rgba.*, 0\\))$/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
  const paper = getComputedStyle(behind).backgroundColor;
  canvas.fillText = function (...all) {
    const [a, b] = [mixed(this.fillStyle, this.globalAlpha, paper), mixed(paper, 1, paper)].sort((x, y) => y - x);
    written.push([parseFloat(this.font.match(/([\\d.]+)px/)[1]), (a + 0.05) / (b + 0.05)]);
    return write.apply(this, all);
  };
  document.getElementById("fit").click();
  await new Promise((done) => setTimeout(done, 300));
  canvas.fillText = write;
  return written;
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_everything_that_is_pressed_is_large_enough(opened: Opener, reviewed: str, width: int) -> None:
    page = opened(reviewed, width=width).page
    page.evaluate("() => { for (const part of document.querySelectorAll('details')) part.open = true; }")
    page.locator("#list button").first.click()
    small: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("button, input, summary, #detail a")].filter((e) => e.checkVisibility())
          .map((e) => [e.textContent || e.id, e.getBoundingClientRect(), getComputedStyle(e).display])
          .filter(([, box, display]) => box.height < 24 && display !== "inline").map(([name]) => name)"""
    )
    assert small == []


def test_movement_is_off_until_asked_for(opened: Opener, pinned: str) -> None:
    page = opened(pinned).page
    assert page.get_attribute("#physics", "aria-pressed") == "false"
    page.click("#physics")
    assert page.get_attribute("#physics", "aria-pressed") == "true"


def test_networks_that_people_make_themselves_are_drawn(opened: Opener, tmp_path: Path) -> None:
    from nutrigraph.visualizations.network import SafeNetwork

    network = SafeNetwork("500px", "100%", False)
    network.add_nodes([1, 2, 3], color=["red", "#00ff00", "blue"])
    network.add_node("<img src=x onerror=window.__pwned=1>", shape="box", title="<a href='javascript:1'>href</a>")
    network.add_edges([(1, 2), (2, 3)])
    network.add_edge(3, "<img src=x onerror=window.__pwned=1>", label="</script><script>window.__pwned=1</script>")
    html = network.generate_html()
    for write in (network.write_html, network.save_graph, network.show):
        write(str(tmp_path / "mine.html"))
        assert (tmp_path / "mine.html").read_text(encoding="utf-8") == html
    shown = opened(html)
    assert shown.page.inner_text("#count") == "4 concepts, 3 relations"
    assert not shown.run_by_data()
    assert shown.complaints == []
