"""Gaps of pages: hyperlinks in and out, dead links, islands, reviewers, review dates."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Sequence
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
    """Pages apart from the largest connected part. Pages are tied by hyperlinks, and by the concepts that they are
    about or say something about. A page all by itself is no island: the kinds for pages without links tell of it."""
    same = all_joined(store)
    paths = {page.iri: page.path for page in pages}
    ties: defaultdict[str, set[str]] = defaultdict(set)

    def tie(page: str, other: str) -> None:
        ties[page].add(other)
        ties[other].add(page)

    for page in pages:
        tie(page.iri, same.get(page.about, page.about) if page.about else page.iri)
        for link in page.hyperlinks:
            if link.iri is not None and link.iri in paths:
                tie(page.iri, link.iri)
    for edge in all_edges(store):
        for claim in edge.claims:
            for end in (edge.subject, edge.object):
                tie(claim.page, same.get(end, end))
    parts = [sorted(paths[node] for node in part if node in paths) for part in _parts(ties)]
    for part in sorted(parts, key=lambda part: (-len(part), part))[1:]:
        if len(part) > 1:
            yield Gap(
                ISLAND,
                "warning",
                f"Nothing ties these pages to the rest of the glossary: {_listed(part)}. "
                "Link a page of the rest to one of them, or say in a sentence how they belong to it.",
                page=part[0],
                detail="\x1f".join(part),
                rank=(-len(part), part[0]),
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


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
