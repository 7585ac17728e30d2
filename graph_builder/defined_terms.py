"""Terms that no vocabulary knows and that a sentence defines."""

from __future__ import annotations

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.kinds import COMMA
from nutrigraph.graph_builder.syntax import Syntax

_LONGEST_TERM = 5
_NO_TERMS = frozenset(
    "result reason cause goal aim problem answer difference way effect role purpose job need amount number point "
    "idea complaint clue trouble treatment symptom sign example body person people food diet complication source "
    "function benefit component".split()
)
"""What a sentence that begins "The result is …" does not define."""


def term_defined(syntax: Syntax) -> tuple[int, int] | None:
    """The span of a term that no vocabulary knows and that the sentence defines: "lactase: an enzyme that …"; or that
    names its class itself ("Keshan disease") or with an aside ("Cisplatin, a drug that …, …")."""
    if syntax.is_noun(0) and (syntax.is_named_by_noun(0) or _has_class_aside(syntax)):
        named = syntax.plain(0)
        return (named.start, named.end) if syntax.words[0].text[0].isupper() else None
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


def _has_class_aside(syntax: Syntax) -> bool:
    """ "Cisplatin, a drug used for cancer, …": a term that opens the sentence, and the class that explains it."""
    part = syntax.parts[0]
    if syntax.kind(1) != COMMA or not syntax.is_noun(2):
        return False
    if part.mentions or part.word in english.DETERMINERS | english.PRONOUNS or part.last - part.first >= _LONGEST_TERM:
        return False
    if english.is_adjective(syntax.words[part.last].lower) or syntax.words[part.last].norm in _NO_TERMS:
        return False
    return syntax.parts[2].head is not None and syntax.parts[2].word in english.INDEFINITE
