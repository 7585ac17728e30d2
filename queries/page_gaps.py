"""Gaps of pages: hyperlinks in and out, dead links, islands, reviewers, review dates."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from nutrigraph.ontology.namespaces import NGO, SCHEMA
from nutrigraph.page_cache import PageRecord
from nutrigraph.queries.edges import all_edges
from nutrigraph.queries.gap import (
    DEAD_LINK,
    ISLAND,
    MISSING_REVIEW_DATE,
    MISSING_REVIEWER,
    PAGE_WITHOUT_INLINKS,
    PAGE_WITHOUT_OUTLINKS,
    Gap,
    Place,
)
from nutrigraph.queries.joined import all_joined
from nutrigraph.queries.labels import labels_of
from nutrigraph.store import Store

_PAGE_ENDINGS: Final = frozenset({"", ".html", ".htm", ".md", ".markdown", ".txt"})
_SHOWN: Final = 6
_REVIEWS: Final = f"""SELECT ?path ?reviewer ?date WHERE {{
  GRAPH ?page {{ ?page <{NGO}path> ?path }}
  OPTIONAL {{ GRAPH ?page {{ ?page <{SCHEMA}reviewedBy> ?reviewer }} }}
  OPTIONAL {{ GRAPH ?page {{ ?page <{SCHEMA}lastReviewed> ?date }} }}
}}"""


def page_gaps(store: Store, pages: Sequence[PageRecord], base_url: str) -> Iterator[Gap]:
    """The gaps of pages and of the hyperlinks between them."""
    yield from _dead_links(pages, base_url)
    yield from _without_links(pages)
    yield from _islands(store, pages)
    yield from _reviews(store)


def _dead_links(pages: Sequence[PageRecord], base_url: str) -> Iterator[Gap]:
    """Links below the site's address that lead to no page; files that are no pages (pictures, PDFs) are not checked."""
    there = {page.iri for page in pages}
    for page in pages:
        for link in page.hyperlinks:
            if not link.iri or link.iri in there or not base_url or not link.iri.startswith(base_url):
                continue
            path = urlsplit(link.iri).path
            if link.iri.rstrip("/") + "/" == base_url or posixpath.splitext(path)[1].lower() not in _PAGE_ENDINGS:
                continue
            yield Gap(
                DEAD_LINK,
                "error",
                f"The link to {link.target} leads to no page of this project, and readers to an error. "
                "Correct its address, write the page, or remove the link.",
                page=page.path,
                evidence=(Place(page.path, link.start, link.end, link.target),),
                detail=link.target,
                rank=(link.start, page.path),
            )


def _without_links(pages: Sequence[PageRecord]) -> Iterator[Gap]:
    if len(pages) < 2:
        return
    there = {page.iri for page in pages}
    linked = {link.iri for page in pages for link in page.hyperlinks if link.iri != page.iri}
    for page in pages:
        if page.iri not in linked:
            yield Gap(
                PAGE_WITHOUT_INLINKS,
                "warning",
                "No other page links to this one: readers of the glossary do not come across it. "
                "Link to it from pages that name it (see nutrigraph links).",
                page=page.path,
                rank=(0, page.path),
            )
        if not any(link.iri in there and link.iri != page.iri for link in page.hyperlinks):
            yield Gap(
                PAGE_WITHOUT_OUTLINKS,
                "info",
                "This page links to no other page: its readers have nowhere to go on. "
                "Link the concepts it names to their pages (see nutrigraph links).",
                page=page.path,
                rank=(0, page.path),
            )


def _islands(store: Store, pages: Sequence[PageRecord]) -> Iterator[Gap]:
    """Connected parts apart from the largest. Pages are tied by hyperlinks and to the concept they are about, concepts
    by published and hedged statements. A page alone is no island: the kinds for pages without links tell of it."""
    same = all_joined(store)
    paths = {page.iri: page.path for page in pages}
    ties: defaultdict[str, set[str]] = defaultdict(set)

    def tie(one: str, other: str) -> None:
        ties[one].add(other)
        ties[other].add(one)

    for page in pages:
        ties[page.iri]
        if page.about:
            tie(page.iri, same.get(page.about, page.about))
        for link in page.hyperlinks:
            if link.iri in paths and link.iri is not None:
                tie(page.iri, link.iri)
    for edge in all_edges(store):
        if edge.claims:
            tie(same.get(edge.subject, edge.subject), same.get(edge.object, edge.object))
    parts = sorted(_parts(ties), key=lambda part: (-sum(node in paths for node in part), -len(part), min(part)))
    for part in parts[1:]:
        here = sorted(paths[node] for node in part if node in paths)
        concepts = sorted(labels_of(store, part - paths.keys()).values(), key=str.casefold)
        if len(here) + len(concepts) < 2 or (len(here) == 1 and len(concepts) == 1):
            continue
        names = _listed([*here, *concepts])
        yield Gap(
            ISLAND,
            "warning",
            f"Nothing ties these to the rest of the glossary: {names}. "
            "Link a page of the rest to one of them, or say in a sentence how they belong to it.",
            page=here[0] if here else None,
            detail="\x1f".join(here or concepts),
            rank=(-len(part), names),
        )


def _parts(ties: dict[str, set[str]]) -> Iterator[set[str]]:
    """The connected components of a graph."""
    waiting = set(ties)
    while waiting:
        part, frontier = set(), {min(waiting)}
        while frontier:
            part |= frontier
            frontier = {near for node in frontier for near in ties[node]} - part
        waiting -= part
        yield part


def _reviews(store: Store) -> Iterator[Gap]:
    for path, reviewer, date in sorted({tuple(map(_text, row)) for row in store.rows(_REVIEWS)}):
        if not reviewer:
            yield Gap(
                MISSING_REVIEWER,
                "warning",
                "The page does not say who reviewed it, so none of its statements can show a reviewer. "
                "Have it reviewed, and name the person on the page.",
                page=path,
                rank=(0, path),
            )
        elif not date:
            yield Gap(
                MISSING_REVIEW_DATE,
                "info",
                "The page says who reviewed it and not when, so nobody can tell whether the review is still good. "
                "Add the date of the review.",
                page=path,
                rank=(0, path),
            )


def _text(value: str | None) -> str:
    return value or ""


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    more = len(shown) - _SHOWN
    return ", ".join(shown[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
