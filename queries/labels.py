"""What things are called: the labels of IRIs as the graph has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote

from nutrigraph.ontology.namespaces import RDFS, SKOS
from nutrigraph.store import Store

_PREFERRED: Final = f"""SELECT ?thing ?label (LANG(?label) AS ?language) WHERE {{
  #VALUES thing
  ?thing <{SKOS}prefLabel> ?label
}}"""
_OF_CLASSES: Final = _PREFERRED.replace(f"{SKOS}prefLabel", f"{RDFS}label")
_OF_CANDIDATES: Final = f"""SELECT ?thing ?label (LANG(?label) AS ?language) WHERE {{
  #VALUES thing
  GRAPH ?page {{ ?thing <{SKOS}prefLabel> ?label }}
}}"""


def labels_of(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """A label for each of `iris`: the preferred one (without a language or English before others), for a candidate
    term the page's own words, and where the graph has none the last part of the IRI."""
    wanted = sorted(set(iris))
    best: dict[str, tuple[int, str]] = {}
    for query in (_PREFERRED, _OF_CLASSES, _OF_CANDIDATES):
        missing = [iri for iri in wanted if iri not in best]
        if not missing:
            break
        for thing, label, language in store.rows(query, values={"thing": missing}):
            if thing is not None and label is not None:
                ranked = (language_rank(language), label)
                best[thing] = min(best.get(thing, ranked), ranked)
    return {iri: best[iri][1] if iri in best else last_part(iri) for iri in wanted}


def label_of(store: Store, iri: str) -> str:
    """The label of one IRI, see `labels_of`."""
    return labels_of(store, [iri])[iri]


def language_rank(language: str | None) -> int:
    """Which of several labels is shown: one without a language first, then English, then the others."""
    if not language:
        return 0
    return 1 if language.lower().split("-")[0] == "en" else 2


def last_part(iri: str) -> str:
    """The words at the end of an IRI, for want of a label.

    >>> last_part("https://www.example.org/concept/beta-cell")
    'beta cell'
    """
    local = unquote(re.split(r"[/#]", iri.rstrip("/#"))[-1])
    return re.sub(r"[-_\s]+", " ", local).strip() or iri
