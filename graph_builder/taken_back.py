"""What a sentence tells of as never shown, as what people once held, or as what they did long ago: it claims none of
it."""

from __future__ import annotations

import re
from functools import lru_cache

from nutrigraph.graph_builder.english import PAST
from nutrigraph.graph_builder.phrases import Match
from nutrigraph.graph_builder.syntax import Syntax

_UNSHOWN = re.compile(
    r"\bno (?:[\w-]+ ){0,2}(?:trials?|stud(?:y|ies)|research|data|experiments?) (?:\w+ ){0,2}"
    r"(?:shows?|shown|showed|found|finds?|proves?|proved|proven|suggests?|confirms?|confirmed|demonstrated)\b"
    r"|\b(?:used to|(?:was|were|have been|has been) (?:once|long|formerly)) (?:be )?"
    r"(?:told|taught|said|thought|think|believed?|assumed?|held|claimed?)\b"
    r"|\bnever (?:been )?(?:shown|proved|proven|demonstrated|confirmed|established)\b"
    r"|\bit (?:is|was) not (?!only|just|merely)(?:[\w-]+ ){1,4}that\b"
    r"|\bnothing to (?:suggest|show|prove|indicate)\b"
    r"|\bno longer (?:thinks?|believes?|says?|holds?|claims?|assumes?|thought|believed|held)\b"
    r"|\b(?:wrong|incorrect|a mistake|not (?:right|correct)) to (?:say|think|believe|assume|claim|conclude)\b"
    r"|\bwould otherwise\b"
    r"|\byou (?:may|might|could)(?: well)?(?: have)? (?:think|thought|read|heard|hear|believe|assume|been told)\b"
    r"|\bit (?:was|had been) (?:\w+ )?(?:hoped|expected|feared|supposed|thought|believed|assumed|claimed)\b"
)
"""Frames of what nobody has shown ("no good trial has shown that …") or holds any more ("was once thought to …",
"it was hoped that …")."""
_REPLACED = (("far", "from"), ("rather", "than"), ("instead", "of"))
"""Words before what is not done: "far from causing gout, it prevents it"."""
_CLAUSE_END = re.compile(r"[;:]|, (?:but|yet|while|whereas)\b")
_LONG_AGO = re.compile(
    r"\b(?:ancient|antiquity|medieval|middle ages|historically|formerly|centuries ago|in former times)\b"
    r"|\bin the \w+ century\b"
)


def is_taken_back(syntax: Syntax, match: Match) -> bool:
    """Whether the words of a match stand behind a frame that takes back what it frames, in the same clause, or are
    said of former times."""
    text = syntax.lowered
    long_ago, frame = _frames(text)
    if match.verb is not None and long_ago and _is_past(syntax, match.verb):
        return True
    if match.verb is not None and any(_follows(syntax, match.verb, w) for w in _REPLACED):
        return True
    if frame is None:
        return False
    first = match.verb if match.verb is not None else min(k for those in match.places.values() for k in those)
    place = len(" ".join([word.lower for word in syntax.words[: syntax.parts[first].last + 1]]))
    start, end = frame
    return start <= place and _CLAUSE_END.search(text, end, max(place, end)) is None


@lru_cache(maxsize=1)
def _frames(text: str) -> tuple[bool, tuple[int, int] | None]:
    """Whether a sentence tells of former times, and where a frame in it stands: searched once for all its matches."""
    frame = _UNSHOWN.search(text)
    return _LONG_AGO.search(text) is not None, frame.span() if frame is not None else None


def _follows(syntax: Syntax, k: int, before: tuple[str, ...]) -> bool:
    """Whether the verb at chunk k stands right behind these words."""
    first = syntax.parts[k].first
    return tuple(word.lower for word in syntax.words[max(first - len(before), 0) : first]) == before


def _is_past(syntax: Syntax, k: int) -> bool:
    """Whether the last finite verb up to chunk k is in the past tense: "was used to treat"."""
    for part in reversed(syntax.parts[: k + 1]):
        if part.verb is not None and part.verb.finite:
            words = syntax.words[part.first : part.last + 1]
            return part.verb.form == PAST or any(word.lower in {"was", "were"} for word in words)
    return False
