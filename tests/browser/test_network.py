"""The network in a real browser: searched, filtered, and asked for its sentences, by keyboard too."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.conftest import Opener


def test_search_centres_a_concept_and_shows_its_sentences(opened: Opener, files: dict[str, str]) -> None:
    page = opened(files["pinned network"]).page
    page.fill("#find", "hyperglyc")
    page.press("#find", "Enter")
    assert page.inner_text("#detail h2") == "Elevated blood glucose"
    assert "High glucose is a signal to the pancreas." in page.inner_text("#detail")
    assert "page reviewed by Ada Example, RD" in page.inner_text("#detail")
    assert page.get_attribute("#detail .source a", "href") == "https://www.example.org/insulin"


def test_filters_change_the_count_and_the_list(opened: Opener, files: dict[str, str]) -> None:
    page = opened(files["pinned network"]).page
    assert page.inner_text("#count") == "28 concepts, 43 relations"
    page.uncheck("#types .body input")
    assert page.inner_text("#count") == "23 concepts, 33 relations"
    assert page.locator("#list li").count() == 23
    page.get_by_label("is a risk factor for").uncheck()
    assert page.inner_text("#count") == "23 concepts, 27 relations"


def test_the_list_says_by_keyboard_what_the_picture_says(opened: Opener, files: dict[str, str]) -> None:
    page = opened(files["pinned network"]).page
    assert page.locator("#list button").count() == 28
    page.focus("#list li:first-child button")
    page.keyboard.press("Enter")
    assert page.inner_text("#detail h2") == "Age"
    assert "Age and family history are risk factors as well." in page.inner_text("#detail")


def test_a_click_on_a_relation_shows_its_sentence(opened: Opener) -> None:
    from dataclasses import replace

    from nutrigraph.visualizations import network
    from tests.visualizations.samples import insulin_view

    view = insulin_view()
    pair = replace(view, concepts=(view.concepts[0], view.concepts[2]), statements=view.statements[:1])
    drawn = network.build(pair)
    drawn.nodes[0].update(x=-200, y=0)
    drawn.nodes[1].update(x=200, y=0)
    page = opened(drawn.generate_html()).page
    box = page.locator("#canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2 + 60, box["y"] + box["height"] / 2)
    page.wait_for_selector("#detail blockquote")
    assert "Insulin is a hormone that the beta cells" in page.inner_text("#detail blockquote")


def test_movement_is_off_until_asked_for(opened: Opener, files: dict[str, str]) -> None:
    page = opened(files["pinned network"]).page
    assert page.get_attribute("#physics", "aria-pressed") == "false"
    page.click("#physics")
    assert page.get_attribute("#physics", "aria-pressed") == "true"


def test_networks_that_people_make_themselves_are_drawn(opened: Opener) -> None:
    from nutrigraph.visualizations.network import SafeNetwork

    network = SafeNetwork(directed=False)
    network.add_nodes([1, 2, 3], color=["red", "#00ff00", "blue"])
    network.add_edges([(1, 2), (2, 3)])
    shown = opened(network.generate_html())
    assert shown.page.inner_text("#count") == "3 concepts, 2 relations"
    assert shown.complaints == []
