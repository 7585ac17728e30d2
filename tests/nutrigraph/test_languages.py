"""Which of several labels a concept is shown with: the project's language, and the file that speaks first."""

from __future__ import annotations

from pathlib import Path

import pytest

import nutrigraph
from nutrigraph.building import build
from nutrigraph.knowledge_graph import KnowledgeGraph
from nutrigraph.project import read_project

PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://terms.example/> .
"""
FIRST = """
:milk a skos:Concept ; skos:prefLabel "milk"@en, "Milch"@de, "lait"@fr ;
  skos:definition "A white drink."@en, "Ein weißes Getränk."@de ; skos:broader :drink .
:drink a skos:Concept ; skos:prefLabel "drink"@en, "boisson"@fr .
:whey a skos:Concept ; skos:prefLabel "lactosérum"@fr, "siero"@it .
"""
SECOND = ':milk a skos:Concept ; skos:prefLabel "A label of somebody else"@de .'
SETTINGS = """[project]
title = "Speaking"
base_url = "https://www.example.org/glossary/"
language = "{}"

[[pages]]
path = "pages"

[vocabulary]
bundled = []
files = ["first.ttl", "second.ttl"]
"""


def built(folder: Path, language: str) -> KnowledgeGraph:
    (folder / "pages").mkdir()
    (folder / "pages" / "empty.md").write_text("# Nothing\n", encoding="utf-8")
    (folder / "first.ttl").write_text(PREFIXES + FIRST, encoding="utf-8")
    (folder / "second.ttl").write_text(PREFIXES + SECOND, encoding="utf-8")
    (folder / "nutrigraph.toml").write_text(SETTINGS.format(language), encoding="utf-8")
    build(read_project(folder))
    return nutrigraph.open(folder)


@pytest.mark.parametrize(
    ("language", "milk", "definition", "drink"),
    [
        ("de", "Milch", "Ein weißes Getränk.", "drink"),
        ("fr-CA", "lait", "A white drink.", "boisson"),
        ("en", "milk", "A white drink.", "drink"),
    ],
)
def test_labels_are_in_the_language_of_the_project(
    tmp_path: Path, language: str, milk: str, definition: str, drink: str
) -> None:
    kg = built(tmp_path, language)
    card = kg.concept("https://terms.example/milk")

    assert (card.label, card.definition) == (milk, definition)
    assert [above.label for above in card.broader] == [drink]
    assert "A label of somebody else" in card.synonyms


def test_without_the_language_and_english_any_label_is_better_than_none(tmp_path: Path) -> None:
    assert built(tmp_path, "de").concept("https://terms.example/whey").label == "lactosérum"
