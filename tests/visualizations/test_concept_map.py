"""The map's file holds every concept and every statement, in the picture, in the list and in the data."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from nutrigraph.visualizations.concept_map import render
from nutrigraph.visualizations.view import MapView
from tests.visualizations.samples import ATTACKS, hostile_view, insulin_view


class Reader(HTMLParser):
    """Every element with its attributes and all text inside it."""

    VOID = frozenset({"meta", "input", "br", "link"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self._open: list[int] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}, []))
        if tag not in self.VOID:
            self._open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}, []))

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self._open[-1]][0] == tag, f"{tag} ends what it did not begin"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for index in self._open:
            self.elements[index][2].append(data)

    def having(self, attribute: str) -> list[tuple[str, dict[str, str], str]]:
        return [(tag, found, "".join(text)) for tag, found, text in self.elements if attribute in found]

    def data(self, name: str) -> object:
        return json.loads(next(text for _, found, text in self.having("id") if found["id"] == name))


@pytest.fixture(scope="module")
def view() -> MapView:
    return insulin_view()


@pytest.fixture(scope="module")
def page(view: MapView) -> Reader:
    return Reader(render(view))


def test_every_concept_is_one_element_with_its_name_inside(page: Reader, view: MapView) -> None:
    drawn = {found["data-concept"]: text for _, found, text in page.having("data-concept")}
    assert len(page.having("data-concept")) == len(view.concepts)
    assert all(concept.label in drawn[concept.id] for concept in view.concepts)


def test_every_relation_is_one_element_with_its_statements_ends_and_label(page: Reader, view: MapView) -> None:
    drawn = [(found, text) for _, found, text in page.having("data-statement") if "data-subject" in found]
    assert len(drawn) == len(view.relations()) == len(page.having("data-relation-label"))
    for relation, (found, text) in zip(view.relations(), drawn, strict=True):
        assert found["data-statement"].split() == [statement.id for statement in relation.statements]
        assert (found["data-subject"], found["data-object"]) == (relation.subject, relation.object_)
        assert relation.label in text


def test_the_list_has_one_item_for_each_statement_with_sentence_source_and_reviewer(
    page: Reader, view: MapView
) -> None:
    items = {found["data-statement"]: text for tag, found, text in page.having("data-statement") if tag == "li"}
    assert sorted(items) == sorted(statement.id for statement in view.statements)
    for statement in view.statements:
        text = items[statement.id]
        assert all(part in text for part in (statement.quote, "page reviewed by", "Ada Example, RD", "2024-05-01"))
    (whole,) = page.having("data-statement-list")
    assert all(concept.label in whole[2] for concept in view.concepts)


def test_the_data_is_that_of_the_view(page: Reader, view: MapView) -> None:
    assert page.data("nutrigraph-map") == view.as_json()


def test_the_card_of_the_focus_is_there_without_a_script(page: Reader, view: MapView) -> None:
    (card,) = [text for _, found, text in page.having("id") if found["id"] == "card"]
    about = [s for s in view.statements if view.focus in (s.subject, s.object_)]
    assert str(view.concepts[0].definition) in card
    assert len(about) == len(page.having("data-statement-ref")) == 13
    assert all(statement.quote in card for statement in about)


def test_hedged_relations_are_marked_and_say_may(page: Reader) -> None:
    hedged = [text for _, found, text in page.having("data-statement") if "hedged" in found.get("class", "")]
    assert len(hedged) == 2
    assert all(text.lstrip().startswith("may ") for text in hedged)


def test_hostile_text_gives_no_element_of_its_own_and_no_handler() -> None:
    page = Reader(render(hostile_view()))
    assert {tag for tag, _, _ in page.elements}.isdisjoint({"img", "iframe", "object", "base", "h7"})
    assert sum(tag == "script" for tag, _, _ in page.elements) == 2
    assert not [name for _, found, _ in page.elements for name in found if name.startswith("on") or name == "style"]
    assert not [found for _, found, _ in page.having("href") if not found["href"].startswith(("#", "https://"))]
    shown = "".join(text for _, _, text in page.having("data-statement-list"))
    assert all(attack in shown for attack in ATTACKS if attack.isprintable())


def test_the_file_is_small(view: MapView) -> None:
    assert len(gzip.compress(render(view).encode(), 9)) <= 18_200


def test_an_empty_map_and_a_single_concept_are_pages_too(view: MapView) -> None:
    assert Reader(render(MapView("Nothing", "", (), ()))).having("data-concept") == []
    assert len(Reader(render(MapView("One", view.focus, view.concepts[:1], ()))).having("data-concept")) == 1


def test_the_same_view_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1])\n"
        "from tests.visualizations.samples import insulin_view\n"
        "from nutrigraph.visualizations import concept_map, network\n"
        "text = concept_map.render(insulin_view()) + network.build(insulin_view()).generate_html()\n"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    root = str(Path(__file__).resolve().parents[2])
    outputs = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program, root],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
