"""Relations as people name them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from nutrigraph.errors import QueryError
from nutrigraph.ontology.namespaces import RDFS, SKOS
from nutrigraph.ontology.relations import load_relations
from nutrigraph.queries.wording import BROADER

_OF_VOCABULARIES: Final = {
    "broader": frozenset({BROADER, RDFS + "subClassOf"}),
    "match": frozenset(SKOS + name for name in ("closeMatch", "broadMatch", "narrowMatch", "relatedMatch")),
}


def relation_iri(name: str) -> str:
    """The IRI of a relation by name ("risk_factor_for"), label ("is a risk factor for") or IRI; QueryError with the
    nearest names for another word."""
    relations = load_relations()
    for relation in relations.values():
        if _plain(name) == relation.name or name == relation.iri or _words(name) == relation.label.casefold():
            return relation.iri
    near = get_close_matches(_plain(name), sorted(relations), n=3, cutoff=0.6)
    hint = f" Did you mean: {', '.join(near)}?" if near else ""
    raise QueryError(f'No relation is called "{name}".{hint} Relations: {", ".join(relations)}.')


def step_relations(names: Iterable[str]) -> frozenset[str]:
    """The IRIs of the relations that steps of a path may have by these names: also "broader", the hierarchy of the
    vocabularies, and "match", their mappings."""
    return frozenset(
        iri for name in names for iri in _OF_VOCABULARIES.get(_plain(name)) or frozenset({relation_iri(name)})
    )


def _plain(name: str) -> str:
    return "_".join(name.split()).replace("-", "_").casefold()


def _words(name: str) -> str:
    return " ".join(name.split()).casefold()
