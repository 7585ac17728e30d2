"""Text read with the bundled vocabulary, for tests that look at what it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nutrigraph.graph_builder.extraction import extract
from nutrigraph.graph_builder.page_content import PageContent
from nutrigraph.graph_builder.reading import read_page
from nutrigraph.graph_builder.recognition import Matcher
from nutrigraph.ontology.vocabulary import Vocabulary, load_vocabulary
from nutrigraph.project import Project

CONCEPTS = "https://www.example.org/glossary/concept/"


@pytest.fixture(scope="session")
def bundled() -> Vocabulary:
    """The bundled vocabulary alone."""
    return load_vocabulary(Project(folder=Path(), title="Test", base_url="https://www.example.org/", concepts=CONCEPTS))


@pytest.fixture(scope="session")
def matcher(bundled: Vocabulary) -> Matcher:
    return Matcher(bundled)


@pytest.fixture(scope="session")
def page(matcher: Matcher) -> Callable[[str], PageContent]:
    """What a page of plain text mentions and states."""

    def read(text: str) -> PageContent:
        return extract(read_page("pages/page.txt", text.encode("utf-8")), matcher, None, CONCEPTS)

    return read


@pytest.fixture(scope="session")
def said(page: Callable[[str], PageContent]) -> Callable[[str], set[str]]:
    """The statements of a text as lines: "insulin is_a hormone", with the modality where it is not asserted."""
    return lambda text: lines(page(text))


@pytest.fixture(scope="session")
def titled(matcher: Matcher, bundled: Vocabulary) -> Callable[[str], set[str]]:
    """The same for a page of Markdown that is about what its title names."""

    def read(text: str) -> set[str]:
        document = read_page("pages/page.md", text.encode("utf-8"), "glossary")
        return lines(extract(document, matcher, bundled.named(document.title)[0], CONCEPTS))

    return read


def lines(content: PageContent) -> set[str]:
    """What a page states, a line for each statement that is not held."""
    found = set()
    for s in content.statements:
        modality = "" if s.modality == "asserted" else f" ({s.modality})"
        found.add(f"{s.subject.concept.split('/')[-1]} {s.predicate} {s.object.concept.split('/')[-1]}{modality}")
    return found


@pytest.fixture(scope="session")
def mentioned(page: Callable[[str], PageContent]) -> Callable[[str], dict[str, str]]:
    """The mentions of a text: the words, and the last part of the concept's IRI."""

    def words(text: str) -> dict[str, str]:
        return {m.text: m.concept.split("/")[-1] for m in page(text).mentions}

    return words
