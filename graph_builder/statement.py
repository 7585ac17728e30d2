"""What a page mentions and what it states: plain values between extraction, the graph, and the reports."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Modality(StrEnum):
    """How a page says something."""

    ASSERTED = "asserted"
    HEDGED = "hedged"
    NEGATED = "negated"


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept named in a page. `start` and `end` count code points of the source; `surface` is that slice of it,
    `text` the visible words. `place` is "text" or "heading"; `linked` says whether it stands inside a hyperlink."""

    start: int
    end: int
    surface: str
    text: str
    concept: str
    place: str = "text"
    linked: bool = False


class End(NamedTuple):
    """The subject or object of a statement. `start` and `end` count in the quote (raw source); they and `surface` are
    None where nothing in the quote stands for it. `resolved`: the span is a pronoun's, or "this condition".
    `candidate`: a term that no vocabulary knows; `label` is then the words by which the text names it."""

    concept: str
    label: str
    surface: str | None = None
    start: int | None = None
    end: int | None = None
    resolved: bool = False
    candidate: bool = False


class Qualifier(NamedTuple):
    """Where something moves: `role` is "from", "to" or "in"."""

    role: str
    concept: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim of a page. `quote` is source[start:end], `quote_text` its visible words, `section` the heading it stands
    under, `predicate` the name of a relation ("is_a"), `flags` why a person should look (one of HOLDING holds it)."""

    id: str
    subject: End
    predicate: str
    object: End
    modality: Modality
    confidence: float
    quote: str
    quote_text: str
    start: int
    end: int
    section: str | None = None
    flags: tuple[str, ...] = ()
    qualifiers: tuple[Qualifier, ...] = ()


DIFFERENT_KINDS = "different kinds called the same"
OUTSIDE_DOMAIN = "an end of another kind than the relation expects"
NOT_OF_PEOPLE = "said of animals or of the laboratory, not of people"
HOLDING = frozenset({DIFFERENT_KINDS, OUTSIDE_DOMAIN, NOT_OF_PEOPLE})
"""Flags that hold a statement back until a person accepts it: what it says clashes with the ontology, or is not said of
people."""


def statement_id(
    path: str, quote_text: str, occurrence: int, predicate: str, subject: str, object_: str, modality: Modality
) -> str:
    """The id of a statement: 16 hexadecimal digits of a hash of what the page says, never of concept IRIs.

    `occurrence` counts from 0 how often that sentence stood on the page before; `subject` and `object_` are the words
    of the two ends as the page has them (or the heading's words where nothing in the sentence stands for one).
    """
    sentence, subject, object_ = (" ".join(part.split()) for part in (quote_text, subject, object_))
    content = "\x1f".join((path, sentence, str(occurrence), predicate, subject, object_, modality))
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:16]
