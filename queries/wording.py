"""How relations read in a sentence, in both directions, stated plainly or hedged."""

from __future__ import annotations

import re
from typing import Final

from nutrigraph.ontology.namespaces import NGO, RDFS, SKOS
from nutrigraph.ontology.relations import load_relations

BROADER: Final = SKOS + "broader"
EXACT_MATCH: Final = SKOS + "exactMatch"
_OWN: Final = {
    BROADER: ("is a kind of", "includes"),
    RDFS + "subClassOf": ("is a kind of", "includes"),
    EXACT_MATCH: ("is the same as", "is the same as"),
    SKOS + "closeMatch": ("is nearly the same as", "is nearly the same as"),
    SKOS + "relatedMatch": ("is related to", "is related to"),
    SKOS + "broadMatch": ("is narrower than", "is broader than"),
    SKOS + "narrowMatch": ("is broader than", "is narrower than"),
}
_BASE_FORMS: Final = {"is": "be", "are": "be", "has": "have", "was": "have been", "does": "do"}


def relation_name(iri: str) -> str:
    """The name of a relation as people type it: "risk_factor_for", "broader"."""
    return re.split(r"[/#]", iri.removeprefix(NGO))[-1]


def relation_label(iri: str) -> str:
    """The words between subject and object: "produces"."""
    return _labels(iri)[0]


def inverse_label(iri: str) -> str:
    """The words between object and subject: "is produced by"."""
    return _labels(iri)[1]


def hedged(label: str) -> str:
    """A label as something that may be so.

    >>> hedged("is a risk factor for"), hedged("causes"), hedged("carries")
    ('may be a risk factor for', 'may cause', 'may carry')
    """
    verb, _, rest = label.partition(" ")
    if verb in _BASE_FORMS:
        base = _BASE_FORMS[verb]
    elif verb.endswith("ies"):
        base = verb[:-3] + "y"
    elif verb.endswith(("sses", "shes", "ches", "xes")):
        base = verb[:-2]
    else:
        base = verb.removesuffix("s")
    return f"may {base} {rest}".strip()


def sentence(first: str, label: str, last: str) -> str:
    """Two names with what stands between them.

    >>> sentence("Insulin", "is a", "Anabolic hormone")
    'Insulin is an Anabolic hormone'
    """
    article = "n" if label.endswith(" a") and last[:1].lower() in set("aeiou") else ""
    return f"{first} {label}{article} {last}"


def _labels(iri: str) -> tuple[str, str]:
    name = relation_name(iri)
    relation = load_relations().get(name) if iri.startswith(NGO) else None
    if relation is not None:
        return relation.label, relation.inverse_label
    words = name.replace("_", " ")
    return _OWN.get(iri, (words, f"is the object of “{words}” of"))
