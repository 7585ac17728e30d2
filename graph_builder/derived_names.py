"""What else English calls a thing whose name is a compound: names derived from names.

A vocabulary says "glucose uptake", "insulin deficiency", "elevated blood glucose"; a page says "take up glucose",
"lack of insulin", "blood glucose levels are too high". Each rule here states such an alternation of English for every
compound of its kind; none knows a concept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

Words = tuple[str, ...]

_STATES = (
    (
        "elevated high increased raised higher",
        "increase in, rise in, increased amount of, too much",
        "rise increase rising increasing",
    ),
    ("low reduced decreased lowered", "decrease in, drop in, fall in", "drop fall decrease dropping falling"),
)
_ADVERBS = ("", "too", "very", "abnormally", "consistently")
_BECOME = ("is", "are", "be", "become", "will become", "becoming", "being", "stay", "remain", "get")

_VERBAL: Mapping[str, tuple[str, ...]] = {
    "uptake": ("take up {}", "taking up {}", "absorb {}", "absorbing {}"),
    "absorption": ("absorb {}", "absorbing {}"),
    "loss": ("lose {}", "losing {}"),
    "deficiency": (
        "lack of {}", "deficiency in {}", "shortage of {}", "too little {}", "not enough {}",
        "not getting enough {}", "getting too little {}", "not eating enough {}", "low intake of {}", "low in {}",
        "inability to produce {}", "inability to make {}",
    ),
    "resistance": (
        "resistance to {}", "resistant to {}", "become resistant to {}", "becoming resistant to {}",
        "lose sensitivity to {}", "lose sensitivity to effect of {}", "less sensitive to {}",
    ),
    "sensitivity": ("sensitivity to {}",),
}  # fmt: skip
"""Heads of compounds, and the phrases that say the same with the first part as their object."""

_MEASURED = frozenset("level concentration index rate ratio score count test".split())
"""Last words of measures to which nobody adds "level"."""
_DEVERBAL = (
    "tion",
    "sion",
    "ism",
    "esis",
    "ysis",
    "uptake",
    "transport",
    "release",
    "control",
    "intake",
    "loss",
    "deficiency",
)
"""Endings of heads that turn "X head" into "head of X" and back."""


def derived_names(names: Mapping[Words, frozenset[str]], measures: frozenset[str]) -> dict[Words, frozenset[str]]:
    """Further names of concepts, in normal form, for the names that a vocabulary gives.

    `names` maps names (normal forms of their words) to the concepts so called, `measures` are the concepts that can
    be high or low. A derived name never replaces a given one.
    """
    called: dict[str, list[Words]] = {}
    for name, concepts in sorted(names.items()):
        for concept in concepts:
            called.setdefault(concept, []).append(name)
    derived: dict[Words, set[str]] = {}
    for name, concepts in sorted(names.items()):
        for new in _from_compound(name, names, called, measures):
            if new not in names:
                derived.setdefault(new, set()).update(concepts)
    return {name: frozenset(concepts) for name, concepts in derived.items()}


def _from_compound(
    name: Words, names: Mapping[Words, frozenset[str]], called: Mapping[str, list[Words]], measures: frozenset[str]
) -> Iterator[Words]:
    if names[name] & measures and name[-1] not in _MEASURED:
        yield (*name, "level")
    if len(name) < 2:
        return
    first, rest = name[0], name[1:]
    for adjectives, nominal, verbs in _STATES:
        if first in adjectives.split():
            levels = [m for concept in names.get(rest, ()) if concept in measures for m in called[concept]]
            yield from _states(levels, adjectives.split(), nominal.split(", "), verbs.split())
    modifier, head = name[:-1], name[-1]
    owners = names.get(modifier, frozenset())
    modifiers = [m for concept in owners for m in called[concept]] or [modifier]
    for template in _VERBAL.get(head, ()) if owners else ():
        for words in modifiers:
            yield _fill(template, words)
    if head.endswith(_DEVERBAL) and owners:
        for words in modifiers:
            yield (head, "of", *words)
            yield (*words, head)


def _states(levels: Iterable[Words], adjectives: list[str], nominal: list[str], verbs: list[str]) -> Iterator[Words]:
    """A level that is high (or low), as an adjective, a noun and a clause."""
    for level in levels:
        for adjective in adjectives:
            yield (adjective, *level)
        for noun in nominal:
            yield (*noun.split(), *level)
        for verb in verbs:
            yield (*level, verb)
        for become, adverb, adjective in product(_BECOME, _ADVERBS, adjectives):
            yield (*level, *become.split(), *adverb.split(), adjective)


def _fill(template: str, words: Words) -> Words:
    return tuple(part for piece in template.split() for part in (words if piece == "{}" else (piece,)))
