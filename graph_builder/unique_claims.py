"""What a sentence claims in several ways is claimed once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nutrigraph.graph_builder.claim import Claim


def unique(found: Iterable[Claim]) -> Iterator[Claim]:
    """Each claim once: of two that say the same, the one that shows both its ends, then the surer one."""
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in found:
        key = (claim.relation, claim.subject.concept or claim.subject.label, claim.object.concept or claim.object.label)
        if key not in kept or _evidence(claim) > _evidence(kept[key]):
            kept[key] = claim
    yield from sorted(kept.values(), key=_reading_order)


def _evidence(claim: Claim) -> tuple[int, float]:
    return (claim.subject.start is not None) + (claim.object.start is not None), claim.confidence


def _reading_order(claim: Claim) -> tuple[int, int, str]:
    subject, object_ = (-1 if end.start is None else end.start for end in (claim.subject, claim.object))
    return subject, object_, claim.relation
