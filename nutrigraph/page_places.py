"""Where each page is in the graph: its IRI, and the concept it is about."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from nutrigraph.graph_builder.derived_names import Words
from nutrigraph.graph_builder.page_graph import page_iri
from nutrigraph.graph_builder.plain_text import asked_about
from nutrigraph.graph_builder.recognition import name_words
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.namespaces import slug
from nutrigraph.ontology.vocabulary import PAGES, Vocabulary
from nutrigraph.page_cache import Outline
from nutrigraph.project import Project

_TWO_NAMES = re.compile(r"(.+\S)\s+\(([^()]+)\)")
_SUBTITLED = re.compile(r"(.*?\S)(?::\s|\s[–—-]\s)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is in the graph: its IRI and the concept it is about."""

    iri: str
    about: Concept | None

    @property
    def key(self) -> str:
        """A hash of what the page's graph depends on here."""
        about = self.about
        known = about and (about.iri, about.label, about.names, about.type, about.exact_matches)
        return hashlib.sha256(repr((self.iri, known)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Places:
    """The place of each page that is in the graph, by path and in that order; the project's own concepts; and the
    pages that share their IRI with an earlier one, each with the message that says so."""

    pages: Mapping[str, Place]
    concepts: tuple[Concept, ...]
    duplicates: Mapping[str, str]


def place_pages(project: Project, vocabulary: Vocabulary, outlines: Mapping[str, Outline]) -> Places:
    """Finds the place of every readable page. A page is about the vocabulary's concept that its title or an alias
    names, else about a new one of the project; an article is about none. "What is insulin?" names insulin."""
    pages: dict[str, Place] = {}
    duplicates: dict[str, str] = {}
    owner: dict[str, str] = {}
    own: list[Concept] = []
    taken = set(vocabulary.concepts)
    for path, outline in sorted(outlines.items()):
        if outline.problem is not None:
            continue
        iri = page_iri(project.base_url, outline.below, outline.canonical)
        if iri in owner:
            duplicates[path] = f"has the same address as {owner[iri]} ({iri}). Rename one of them, or change its url."
            continue
        owner[iri] = path
        about = None if outline.kind == "article" else _known_concept(vocabulary, outline)
        if about is None and outline.kind != "article":
            about = _new_concept(project.concepts, outline, taken)
            taken.add(about.iri)
            own.append(about)
        pages[path] = Place(iri, about)
    return Places(pages, tuple(own), duplicates)


def _known_concept(vocabulary: Vocabulary, outline: Outline) -> Concept | None:
    """The vocabulary's concept that has the title or an alias as a name; of several the one that mentions of the name
    go to as well: the one that prefers it, else the one of the vocabulary that speaks first."""
    order = {source: number for number, source in enumerate(vocabulary.sources)}
    asked = asked_about(outline.title)
    titles = dict.fromkeys((outline.title, asked, *_named_in(asked)))
    for name in (*titles, *chain.from_iterable(map(_singulars, titles)), *outline.aliases):
        words = name_words(name)

        def rank(concept: Concept, words: Words = words) -> tuple[bool, int, str]:
            return name_words(concept.label) != words, order.get(concept.source, len(order)), concept.iri

        if found := vocabulary.named(name):
            return min(found, key=rank)
    return None


def _named_in(title: str) -> Iterator[str]:
    """The names in "Hyponatremia (low blood sodium)", "Sarcopenia: losing muscle with age" and "Iron – a mineral"."""
    if match := _TWO_NAMES.fullmatch(title):
        yield from (name for name in match.groups() if name)
    if match := _SUBTITLED.match(title):
        yield match[1]


def _singulars(name: str) -> Iterator[str]:
    """What a name in the plural may be in the singular: a page on "Electrolytes" is about the concept "Electrolyte"."""
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if name.endswith(ending) and not name.endswith("ss"):
            yield name.removesuffix(ending) + instead


def _new_concept(namespace: str, outline: Outline, taken: Container[str]) -> Concept:
    label = asked_about(outline.title)
    if label != outline.title:
        label = label[:1].upper() + label[1:]
    iri = first = namespace + slug(label)
    number = 1
    while iri in taken:
        number += 1
        iri = f"{first}-{number}"
    aliases = tuple(dict.fromkeys(name for name in outline.aliases if name != label))
    return Concept(iri, label, alt_labels=aliases, source=PAGES)
