"""How sure a claim is: how often claims made on like evidence were right on labelled sentences.

The figures are shares of right claims among all of their kind, on the sentences of `tests/quality`, rounded; a claim of
several kinds is as sure as the least sure of them. The expected calibration error (Naeini, Cooper and Hauskrecht, 2015)
on sentences that the figures do not come from is kept by a test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nutrigraph.graph_builder.claim import Claim
from nutrigraph.graph_builder.statement import HOLDING, Modality

_HELD = 0.4
_UNKNOWN_END = 0.8
_LONG_SENTENCE = 0.88
_LOOSELY_READ = 0.9
_RESOLVED = 0.92
_DOUBTED = 0.93
_PLAIN = 0.94
_CLOSE = 0.98

_CLOSE_BY = 1
"""Words between the two ends."""
_LONG = 20
"""Words of a sentence."""


def with_confidence(claims: Iterable[Claim], text: str) -> list[Claim]:
    """The claims of a sentence with how sure they are; `text` is the sentence."""
    is_long = len(text.split()) > _LONG
    return [claim._replace(confidence=min(_kinds(claim, text, is_long))) for claim in claims]


def _kinds(claim: Claim, text: str, is_long: bool) -> Iterator[float]:
    yield _CLOSE if _words_between(claim, text) <= _CLOSE_BY else _PLAIN
    if claim.flags and HOLDING.intersection(claim.flags):
        yield _HELD
    if claim.subject.concept is None or claim.object.concept is None:
        yield _UNKNOWN_END
    if is_long:
        yield _LONG_SENTENCE
    if claim.loose:
        yield _LOOSELY_READ
    if claim.subject.resolved or claim.object.resolved:
        yield _RESOLVED
    if claim.modality is not Modality.ASSERTED:
        yield _DOUBTED


def _words_between(claim: Claim, text: str) -> int:
    """Words between the two ends; more than anybody counts where one of them is not in the sentence."""
    one, other = claim.subject, claim.object
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return len(text)
    return len(text[min(one.end, other.end) : max(one.start, other.start)].split())
