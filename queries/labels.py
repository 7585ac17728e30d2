"""What things are called: the labels of IRIs as the graph has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote

from nutrigraph.ontology.namespaces import DCTERMS, LABELS_GRAPH, MANIFEST_GRAPH, RDFS, SKOS
from nutrigraph.store import Store

_PREFERRED: Final = f"""SELECT ?thing ?label (LANG(?label) AS ?language) WHERE {{
  #VALUES thing
  ?thing <{SKOS}prefLabel> ?label
}}"""
_SHOWN: Final = f"""SELECT ?thing ?label (LANG(?label) AS ?language) WHERE {{
  #VALUES thing
  GRAPH <{LABELS_GRAPH}> {{ ?thing <{SKOS}prefLabel> ?label }}
}}"""
_NAMES: Final = f"""SELECT ?thing ?name WHERE {{
  VALUES ?property {{ <{SKOS}prefLabel> <{SKOS}altLabel> <{SKOS}hiddenLabel> }}
  #VALUES thing
  ?thing ?property ?name
}}"""
_OF_CLASSES: Final = _PREFERRED.replace(f"{SKOS}prefLabel", f"{RDFS}label")
_LANGUAGE: Final = (
    f"SELECT ?language WHERE {{ GRAPH <{MANIFEST_GRAPH}> {{ ?manifest <{DCTERMS}language> ?language }} }}"
)
_OF_CANDIDATES: Final = f"""SELECT ?thing ?label (LANG(?label) AS ?language) WHERE {{
  #VALUES thing
  GRAPH ?page {{ ?thing <{SKOS}prefLabel> ?label }}
}}"""


def labels_of(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """A label for each of `iris`: the one that the build settled on; in a graph that was not built by nutrigraph the
    preferred one (English, or without a language, before others); for a candidate term the page's own words; and where
    the graph has none the last part of the IRI."""
    wanted = sorted(set(iris))
    best: dict[str, tuple[int, str]] = {}
    for query in (_SHOWN, _PREFERRED, _OF_CLASSES, _OF_CANDIDATES):
        missing = [iri for iri in wanted if iri not in best]
        if not missing:
            break
        for thing, label, language in store.rows(query, values={"thing": missing}):
            if thing is not None and label is not None:
                ranked = (language_rank(language), label)
                best[thing] = min(best.get(thing, ranked), ranked)
    return {iri: best[iri][1] if iri in best else last_part(iri) for iri in wanted}


def names_of(store: Store, iris: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(IRI, name) for each preferred, other and hidden name of each of `iris`, in all languages."""
    if wanted := sorted(set(iris)):
        for thing, name in store.rows(_NAMES, values={"thing": wanted}):
            yield str(thing), str(name)


def label_of(store: Store, iri: str) -> str:
    """The label of one IRI, see `labels_of`."""
    return labels_of(store, [iri])[iri]


def language_of(store: Store) -> str:
    """The language of the project that the graph was built from; English for any other graph."""
    return next((str(language) for (language,) in store.rows(_LANGUAGE)), "en")


def language_rank(language: str | None, wanted: str = "en") -> int:
    """Which of several texts is shown: one in the wanted language first, then one without, then English, then any."""
    spoken = (language or "").lower().split("-")[0]
    return (spoken == wanted.lower().split("-")[0], not spoken, spoken == "en", True).index(True)


def last_part(iri: str) -> str:
    """The words at the end of an IRI, for want of a label.

    >>> last_part("https://www.example.org/concept/beta-cell")
    'beta cell'
    """
    local = unquote(re.split(r"[/#]", iri.rstrip("/#"))[-1])
    return re.sub(r"[-_\s]+", " ", local).strip() or iri
