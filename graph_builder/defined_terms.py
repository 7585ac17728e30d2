"""Terms that no vocabulary knows and that a sentence defines."""

from __future__ import annotations

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.syntax import Syntax

_LONGEST_TERM = 5
_NO_TERMS = frozenset(
    "result reason cause goal aim problem answer difference way effect role purpose job need amount number point "
    "idea complaint clue trouble treatment symptom sign example body person people food diet complication source "
    "function benefit component".split()
)
"""What a sentence that begins "The result is …" does not define."""


def term_defined(syntax: Syntax) -> tuple[int, int] | None:
    """The span of a term that no vocabulary knows and that the sentence defines: "lactase: an enzyme that …"."""
    for k, part in enumerate(syntax.parts):
        if part.verb is None:
            continue
        subject = syntax.subject(k) if part.verb.lemma == "be" and not part.verb.passive else ()
        if len(subject) != 1 or syntax.back(subject[0]) != -1:
            return None
        referent = next(iter(syntax.referents(subject[0])), None)
        first = syntax.parts[subject[0]]
        if referent is None or referent.found is not None or referent.pronoun or first.mentions:
            return None
        if english.is_adjective(syntax.words[first.last].lower):
            return None  # "the most common are …"
        words = [w for w in syntax.words if referent.start <= w.start < referent.end]
        if words[-1].norm in _NO_TERMS:
            return None
        defined = syntax.is_noun(syntax.forward(k)) and first.word not in {
            "this",
            "these",
            "there",
            "other",
            "many",
            "some",
        }
        return (referent.start, referent.end) if defined and len(words) <= _LONGEST_TERM else None
    return None
