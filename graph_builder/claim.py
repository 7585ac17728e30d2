"""What a sentence claims, before it has a place in its page: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from nutrigraph.graph_builder.entries import Term
from nutrigraph.graph_builder.phrases import PatternBook
from nutrigraph.graph_builder.statement import Modality
from nutrigraph.ontology.vocabulary import Vocabulary


class Spoken(NamedTuple):
    """What a sentence was about: its subject (None if it is no concept), whether that is a plural, the other concepts
    that it named, in order, whether the subject is the first of several, and whether it is a term that no vocabulary
    knows."""

    subject: str | None
    plural: bool = False
    others: tuple[str, ...] = ()
    several: bool = False
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence is read with: the vocabulary, the patterns, the concept of its section, what the sentence before
    was about, whether it opens its paragraph, the concept of its page, whether the heading of its section names
    several things ("Medicines"), and the term right above it, which it may give the meaning of."""

    vocabulary: Vocabulary
    patterns: PatternBook
    topic: str | None
    previous: Spoken | None
    opens: bool
    page: str | None = None
    plural_topic: bool = False
    entry: Term | None = None


class ClaimEnd(NamedTuple):
    """One end: a concept, or None for a term that no vocabulary knows, whose words are `label`. `start` and `end`
    count in the sentence; None where nothing in it stands for the concept. `type` is the kind of such a term, where its
    words tell it."""

    concept: str | None
    label: str
    start: int | None
    end: int | None
    resolved: bool = False
    type: str | None = None


class Claim(NamedTuple):
    """A statement of a sentence, before it has a place in the page. `loose`: words were skipped to read it."""

    relation: str
    subject: ClaimEnd
    object: ClaimEnd
    modality: Modality
    confidence: float = 1.0
    flags: tuple[str, ...] = ()
    qualifiers: tuple[tuple[str, str], ...] = ()
    loose: bool = False


class SentenceClaims(NamedTuple):
    """What a sentence claims, and what it is about."""

    claims: tuple[Claim, ...]
    spoken: Spoken | None
