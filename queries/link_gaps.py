"""Gaps in the hyperlinks between pages: dead links, pages without any, islands and how to reach them."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from nutrigraph.graph_builder.statement import Mention
from nutrigraph.page_cache import PageRecord
from nutrigraph.queries.gap import DEAD_LINK, ISLAND, PAGE_WITHOUT_INLINKS, PAGE_WITHOUT_OUTLINKS, Gap, Place
from nutrigraph.queries.site import Site

_PAGE_ENDINGS: Final = frozenset({"", ".html", ".htm", ".md", ".markdown", ".txt"})
_SHOWN: Final = 6


def dead_links(site: Site) -> Iterator[Gap]:
    """Links below the site's address that lead to no page; files that are no pages (pictures, PDFs) are not checked."""
    there = {page.iri for page in site.pages}
    for page in site.pages:
        for link in page.hyperlinks:
            if not link.iri or link.iri in there or not site.base_url or not link.iri.startswith(site.base_url):
                continue
            path = urlsplit(link.iri).path
            if link.iri.rstrip("/") + "/" == site.base_url or _ending(path) not in _PAGE_ENDINGS:
                continue
            yield Gap(
                DEAD_LINK,
                f"The link to {link.target} leads to no page of this project. "
                "Correct its address, write the page, or remove the link.",
                page=page.path,
                evidence=(Place(page.path, link.start, link.end, link.target),),
                detail=link.target,
                rank=(link.start, page.path),
            )


def _ending(path: str) -> str:
    return posixpath.splitext(path)[1].lower()


def pages_without_links(site: Site) -> Iterator[Gap]:
    """Pages that no other page links to, and pages that link to none although they name what others are about; one
    finding where the site has no links at all."""
    if len(site.pages) < 2:
        return
    there = {page.iri for page in site.pages}
    linked = {link.iri for page in site.pages for link in page.hyperlinks if link.iri in there and link.iri != page.iri}
    if not linked:
        yield Gap(
            PAGE_WITHOUT_INLINKS,
            f"None of the {len(site.pages)} pages links to another one. See nutrigraph links for what could be linked.",
        )
        return
    for page in site.pages:
        if page.iri not in linked:
            naming = [path for path, named in site.named_in_text.items() if _is_named(site, page, path, named)]
            where = (
                f"It is named on {_listed(naming)}: link it there"
                if naming
                else "None names it: do so where it belongs"
            )
            yield Gap(
                PAGE_WITHOUT_INLINKS,
                f"No other page links to this one. {where}.",
                page=page.path,
                rank=(-len(naming), page.path),
            )
        wanted = [
            target.path
            for concept in site.named_in_text[page.path]
            if (target := site.page_about.get(concept)) and target.path != page.path
        ]
        if wanted and not any(link.iri in there and link.iri != page.iri for link in page.hyperlinks):
            yield Gap(
                PAGE_WITHOUT_OUTLINKS,
                f"This page links to no other page, and names what {_listed(wanted)} "
                f"{'are' if len(wanted) > 1 else 'is'} about. Link them (nutrigraph links).",
                page=page.path,
                rank=(-len(wanted), page.path),
            )


def _is_named(site: Site, page: PageRecord, path: str, named: Mapping[str, Mention]) -> bool:
    return path != page.path and page.about is not None and site.key(page.about) in named


def islands(site: Site) -> Iterator[Gap]:
    """Pages that hyperlinks tie to each other and not to the largest such part, with the cheapest bridge: a concept
    that one side names and the other has a page about, else the rarest one that both name. A page all by itself is no
    island: the kinds for pages without links tell of it."""
    paths = {page.iri: page.path for page in site.pages}
    ties: defaultdict[str, set[str]] = defaultdict(set)
    for page in site.pages:
        for link in page.hyperlinks:
            if link.iri in paths and link.iri != page.iri:
                ties[page.path].add(paths[link.iri])
                ties[paths[link.iri]].add(page.path)
    parts = sorted((sorted(part) for part in _parts(ties)), key=lambda part: (-len(part), part))
    for part in parts[1:]:
        bridge, places = _bridge(site, set(part))
        titles = [Place(path, 0, 0, site.by_path[path].title) for path in part]
        yield Gap(
            ISLAND,
            f"No hyperlink ties these pages to the others: {_listed(part)}. {bridge}",
            page=part[0],
            evidence=(*places, *titles),
            detail=" | ".join(part),
            rank=(-len(part), part[0]),
        )


def _bridge(site: Site, part: set[str]) -> tuple[str, tuple[Place, ...]]:
    """The cheapest way to tie a part to the rest, in words and with where that is."""
    found: list[tuple[bool, int, str, str, Mention]] = []
    rest: defaultdict[str, set[str]] = defaultdict(set)
    for path, named in site.named_in_text.items():
        for concept, mention in named.items():
            rest[concept].add(path)
            target = site.page_about.get(concept)
            if target and (path in part) != (target.path in part) and not mention.linked:
                found.append((path in part, mention.start, path, target.path, mention))
    if found:  # a way in is worth more than a way out
        _, _, path, target_path, mention = min(found, key=lambda one: one[:4])
        advice = f"The cheapest bridge: link “{_words(mention)}” on {path} to {target_path}."
        return advice, (Place(path, mention.start, mention.end, mention.text),)
    shared = [
        (len(named), len(mention.text), path, other, mention)
        for concept, named in rest.items()
        for path in sorted(named & part)
        for other in sorted(named - part)[:1]
        for mention in (site.named_in_text[path][concept],)
    ]
    if not shared:
        return "Nothing that they name stands on another page: say in a sentence how they belong to the rest.", ()
    _, _, path, other, mention = min(shared, key=lambda one: (one[0], -one[1], one[2:4]))
    advice = f"The cheapest bridge: {path} and {other} both name “{_words(mention)}”; link one from there to the other."
    return advice, (Place(path, mention.start, mention.end, mention.text),)


def _words(mention: Mention) -> str:
    return " ".join(mention.text.split())


def _parts(ties: Mapping[str, set[str]]) -> Iterator[set[str]]:
    """The connected components of a graph."""
    waiting = set(ties)
    while waiting:
        part, frontier = set[str](), {min(waiting)}
        while frontier:
            part |= frontier
            frontier = {near for node in frontier for near in ties[node]} - part
        waiting -= part
        yield part


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
