"""Phrases of the ontology as patterns: a new wording is new Turtle, not new Python."""

from __future__ import annotations

import pytest

from nutrigraph.graph_builder.chunks import chunks
from nutrigraph.graph_builder.phrases import PatternBook
from nutrigraph.graph_builder.recognition import Matcher
from nutrigraph.graph_builder.syntax import Syntax
from nutrigraph.graph_builder.tokens import tokens
from nutrigraph.ontology.relations import load_relations


def ends(phrase: str, text: str, matcher: Matcher) -> set[tuple[str, str]]:
    """The words in the places of a phrase, wherever it is found in the text."""
    book = PatternBook({"test": [phrase]})
    words = tokens(text)
    syntax = Syntax(words, chunks(words, matcher.find(text), book.verbs))

    def said(k: int) -> str:
        part = syntax.parts[k]
        return text[words[part.first].start : words[part.last].end]

    return {
        (said(s), said(o))
        for match in book.matches(syntax)
        for s in match.places.get("S", ())
        for o in match.places.get("O", ())
    }


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("S produces O", "The pancreas produces insulin.", {("The pancreas", "insulin")}),
        ("S produces O", "Insulin is produced by the pancreas.", {("the pancreas", "Insulin")}),
        ("S produces O", "Insulin, produced by the pancreas, helps.", {("the pancreas", "Insulin")}),
        ("S produces O", "The pancreas can also produce insulin.", {("The pancreas", "insulin")}),
        ("O is made in S", "Insulin is usually made in the pancreas.", {("the pancreas", "Insulin")}),
        ("S is due to O", "Rickets is mostly due to malnutrition.", {("Rickets", "malnutrition")}),
        ("_ converts S into O", "The liver converts glucose into glycogen.", {("glucose", "glycogen")}),
        ("_ converts S into O", "Glucose is converted into glycogen.", {("Glucose", "glycogen")}),
        ("S is an O", "Insulin is a hormone.", {("Insulin", "a hormone")}),
        ("S is an O", "Insulin is the hormone.", set()),
        ("cause of O includes S", "Causes of rickets include a poor diet.", {("a poor diet", "rickets")}),
        ("S flummoxes O", "Insulin flummoxes glucose.", {("Insulin", "glucose")}),
        ("S produces O", "Insulin and glucagon meet where the pancreas rests.", set()),
    ],
)
def test_a_phrase_is_found_in_every_form_of_its_verb(
    phrase: str, text: str, expected: set[tuple[str, str]], matcher: Matcher
) -> None:
    assert ends(phrase, text, matcher) == expected


@pytest.mark.parametrize("phrase", ["produces", "X produces Y", ""])
def test_a_phrase_without_places_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="phrase"):
        PatternBook({"test": [phrase]})


def test_every_relation_can_be_expressed() -> None:
    assert all(relation.phrases for relation in load_relations().values())
    PatternBook({relation.name: relation.phrases for relation in load_relations().values()})
