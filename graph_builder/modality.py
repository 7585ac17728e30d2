"""Whether a sentence asserts, hedges, denies or only supposes what a match in it says."""

from __future__ import annotations

import re
from functools import lru_cache

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.claim import ClaimEnd
from nutrigraph.graph_builder.english import BASE, ING
from nutrigraph.graph_builder.kinds import COMMA, CONJUNCTION, NOUN_PHRASE, SUBORDINATOR, VERB_GROUP
from nutrigraph.graph_builder.phrases import Match
from nutrigraph.graph_builder.statement import Modality
from nutrigraph.graph_builder.syntax import Syntax
from nutrigraph.graph_builder.verb_groups import VerbGroup

_DOUBT = re.compile(
    r"\b(?:it|there) (?:is|may be|might be)(?: \w+ly)? "
    r"(?:thought|believed|suspected|possible|likely|unclear|some evidence)\b"
    r"|\b(?:people|experts|scientists|researchers|studies|research|evidence|some|many) "
    r"(?:believe|suggest|think|suspect)s?\b"
    r"|\b(?:people|some|many|fans|sellers|makers|manufacturers|companies|advertisements|ads|labels|websites) "
    r"(?:claim|say|promise|swear|argue)\b"
    r"|\b(?:belief|idea|notion|claim|rumou?r|suspicion|hypothesis|theory) (?:is )?that\b"
    r"|\bin theory\b|\brumou?r has it\b"
    r"|\b(?:is|are) (?:\w+ )?(?:said|claimed|rumou?red|reputed) (?:by \w+ )?to\b"
    r"|^not all\b"
    r"|\bin (?:a|one|two|three|a few|some|several) (?:\w+ )?(?:trials?|stud(?:y|ies)|experiments?)\b"
)
"""Frames that make what they frame a possibility: "It is believed that …", "Some studies suggest …", "Ads say …"."""
_DENYING = frozenset({"no", "little"})
_ENDING = frozenset("stop cease quit avoid".split())
"""Verbs that end what the gerund behind them says."""


def modality(syntax: Syntax, match: Match, object_: ClaimEnd) -> Modality:
    """How a match says what it says, by its verb, the verb that it hangs on, and the frame of the sentence."""
    verb = syntax.parts[match.verb].verb if match.verb is not None else None
    negated = (verb is not None and verb.negated) or (
        "neither" in syntax.norms
        and any(p.word == "neither" for p in syntax.parts[: 0 if match.verb is None else match.verb + 2])
    )
    hedged = (verb is not None and verb.hedged and not _is_purpose(syntax, match.verb)) or _is_doubted(syntax)
    if match.verb is not None and verb is not None and not verb.finite:
        outer = _governing(syntax, match.verb)
        hedged = hedged or (outer is not None and outer.hedged)
        negated = negated or (outer is not None and outer.negated and syntax.kind(syntax.back(match.verb)) != COMMA)
    if match.verb is not None and (shared := _sharing_auxiliary(syntax, match.verb)) is not None:
        hedged = hedged or shared.hedged
        negated = negated or (shared.negated and syntax.parts[syntax.back(match.verb)].word in {"or", "nor"})
    negated = negated or (match.verb is not None and _is_stopped(syntax, match.verb))
    negated = negated or _is_said_of_none(syntax, match)
    if object_.start is not None and not _DENYING.isdisjoint(syntax.norms):
        chunk = next(
            (p for p in syntax.parts if syntax.words[p.first].start <= object_.start <= syntax.words[p.last].end),
            None,
        )
        negated = negated or (chunk is not None and chunk.word == "no") or _has_no(syntax, match.verb, object_.start)
    return Modality.NEGATED if negated else Modality.HEDGED if hedged else Modality.ASSERTED


def _is_said_of_none(syntax: Syntax, match: Match) -> bool:
    """ "No diet cures …": of all of them it is denied."""
    if match.verb is None or "no" not in syntax.norms:
        return False
    subject = syntax.subject(match.verb)
    return bool(subject) and syntax.parts[subject[0]].word == "no"


def _has_no(syntax: Syntax, verb: int | None, place: int) -> bool:
    """ "has no effect on …", "has little effect on …": between the verb and what it is about."""
    behind = syntax.parts[verb + 1 :] if verb is not None else []
    return any(p.word in _DENYING and syntax.words[p.last].end <= place for p in behind if p.kind == NOUN_PHRASE)


def _is_doubted(syntax: Syntax) -> bool:
    """ "It is believed that …": somebody thinks so."""
    return _doubts(syntax.lowered)


@lru_cache(maxsize=1)
def _doubts(text: str) -> bool:
    """Asked once for each match in a sentence, and searched once."""
    return _DOUBT.search(text) is not None


def _governing(syntax: Syntax, k: int) -> VerbGroup | None:
    """The finite verb that an infinitive, a gerund or an adjunct hangs on: "may help by lowering …"."""
    if syntax.parts[k].verb and syntax.is_noun(syntax.back(k)):
        return None
    return next((v for j in range(k - 1, -1, -1) if (v := syntax.parts[j].verb) is not None and v.finite), None)


def _sharing_auxiliary(syntax: Syntax, k: int) -> VerbGroup | None:
    """ "can irritate the stomach and lead to ulcers": the verb before, whose auxiliary counts for the bare one at k."""
    verb, before = syntax.parts[k].verb, syntax.back(k)
    if verb is None or verb.form != BASE or syntax.kind(before) not in (CONJUNCTION, COMMA):
        return None
    if syntax.parts[k].first != syntax.parts[k].last or verb.lemma in {"be", "have"}:
        return None
    for j in range(before - 1, -1, -1):
        other = syntax.parts[j].verb
        if other is not None and other.finite:
            return other if syntax.subject(j) == syntax.subject(k) else None
    return None


def _is_stopped(syntax: Syntax, k: int) -> bool:
    """ "stops producing …": it does so no more."""
    verb, before = syntax.parts[k].verb, syntax.back(k)
    outer = syntax.parts[before].verb if before >= 0 else None
    return verb is not None and verb.form == ING and outer is not None and outer.lemma in _ENDING


def _is_purpose(syntax: Syntax, k: int | None) -> bool:
    """ "so that it can …" says what for, not that something is possible."""
    for j in range((k or 0) - 1, -1, -1):
        part = syntax.parts[j]
        if part.kind in (SUBORDINATOR, VERB_GROUP):
            return part.word == "so that"
    return False


def is_supposed(syntax: Syntax, match: Match) -> bool:
    """Whether the verb stands in an if-clause: supposed, not said."""
    if match.verb is None or english.CONDITIONS.isdisjoint(syntax.norms):
        return False
    for j in range(match.verb - 1, -1, -1):
        part = syntax.parts[j]
        if part.kind == COMMA or (part.verb is not None and part.verb.finite):
            return False
        if part.kind == SUBORDINATOR:
            return part.word in english.CONDITIONS
    return False
