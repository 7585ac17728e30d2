"""Concepts that the glossary has no page about: those that pages name, and those that belong to a group it covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from nutrigraph.graph_builder.statement import Mention
from nutrigraph.ontology.namespaces import RDFS, SKOS
from nutrigraph.page_cache import PageRecord
from nutrigraph.queries.edges import HIERARCHY
from nutrigraph.queries.gap import CONCEPT_WITHOUT_PAGE, MISSING_FROM_GLOSSARY, Gap, Place
from nutrigraph.queries.labels import labels_of
from nutrigraph.queries.site import Site
from nutrigraph.queries.statements import ConceptRef

_SHOWN: Final = 5
_COVERED: Final = 3
"""A glossary covers a group from so many pages about its members on, if these are half of it."""
_BROADER: Final = f"""SELECT ?below ?above WHERE {{
  {{ ?below <{SKOS}broader> ?above }} UNION {{ ?below <{RDFS}subClassOf> ?above }}
  FILTER(isIRI(?below) && isIRI(?above))
}}"""


def without_page(site: Site, min_pages: int) -> Iterator[Gap]:
    """Concepts that at least `min_pages` pages name, and that pages state something about, without a page.

    Ranked by demand: mentions × pages × the number of concepts they are stated to be related to. What pages only use
    as the kind of something ("is a condition") is no concept that readers look up.
    """
    places: defaultdict[str, list[tuple[PageRecord, Mention]]] = defaultdict(list)
    spoken: dict[str, str] = {}
    for page in site.pages:
        for mention in page.mentions:
            key = site.key(mention.concept)
            if key not in site.page_about:
                places[key].append((page, mention))
                spoken.setdefault(key, mention.concept)
    ties = _ties(site)
    for key, found in places.items():
        wide = len({page.path for page, _ in found})
        if wide < min_pages or not ties[key]:
            continue
        label = site.labels[spoken[key]]
        yield Gap(
            CONCEPT_WITHOUT_PAGE,
            f"{label} is named {_times(len(found))} on {wide} page{'s' * (wide > 1)}, which relate it to "
            f"{len(ties[key])} other concept{'s' * (len(ties[key]) > 1)}, and no page is about it. "
            "Write a page with that title.",
            concept=ConceptRef(spoken[key], label),
            evidence=tuple(Place(p.path, m.start, m.end, m.text) for p, m in found[:_SHOWN]),
            rank=(-len(found) * wide * len(ties[key]), label),
        )


def _ties(site: Site) -> defaultdict[str, set[str]]:
    """For each concept those that pages relate it to, other than as a kind of thing."""
    ties: defaultdict[str, set[str]] = defaultdict(set)
    for edge in site.edges:
        one, other = site.key(edge.subject), site.key(edge.object)
        if edge.claims and one != other:
            ties[one].add(other)
            if edge.predicate not in HIERARCHY:
                ties[other].add(one)
    return ties


def missing_from_glossary(site: Site) -> Iterator[Gap]:
    """Groups of a vocabulary of whose members the glossary has pages about most, and the members it lacks."""
    below: defaultdict[str, set[str]] = defaultdict(set)
    written: dict[str, str] = {}
    for one, above in sorted((str(one), str(above)) for one, above in site.store.rows(_BROADER)):
        written |= {site.key(one): one, site.key(above): above}
        below[site.key(above)].add(site.key(one))
    for group, members in below.items():
        covered = members & site.page_about.keys()
        lacking = members - covered
        if len(covered) < _COVERED or len(covered) < len(lacking) or not lacking:
            continue
        labels = labels_of(site.store, {written[one] for one in (group, *lacking)})
        names = sorted(labels[written[one]] for one in lacking)
        label = labels[written[group]]
        shown = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
        yield Gap(
            MISSING_FROM_GLOSSARY,
            f"The glossary has pages about {len(covered)} of the {len(members)} kinds of {label} that its "
            f"vocabularies know, and none about: {shown}. Write them, if readers expect them here.",
            concept=ConceptRef(written[group], label),
            evidence=tuple(
                Place(site.page_about[one].path, 0, 0, site.page_about[one].title) for one in sorted(covered)
            ),
            rank=(-len(covered) / len(members), label),
        )


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
