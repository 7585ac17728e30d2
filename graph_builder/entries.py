"""Entries of a glossary: a term as heading, or before a dash, and a meaning behind it that is no whole sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.chunk import Chunk
from nutrigraph.graph_builder.english import BASE
from nutrigraph.graph_builder.kinds import ADVERB, CLOSE, COMMA, CONJUNCTION, NOUN_PHRASE, RELATIVE, STOP, SUBORDINATOR
from nutrigraph.graph_builder.recognition import Found

_LONGEST_TERM = 4
"""Words of a heading that may be a term which no vocabulary knows."""
_ASKED = re.compile(r"(?:what (?:is|are|does)|meaning of|definition of)\s+(?:an?\s+|the\s+)?$", re.IGNORECASE)
_BESIDE = re.compile(r"\s*(?:\([^)]*\))?\s*(?:mean)?\s*[?:.]?\s*")
_TERM_FIRST = re.compile(r"([^\s.,;:!?()][^.,;:!?()–—]{0,60}?)(?: \([^)]{1,40}\))?(?:\s[–—-]\s|\s?—\s?|:\s)(?=\w)")
_TERM_ALONE = re.compile(r"([^\s.,;:!?()][^.,;:!?()–—]{0,60}?)(?: \([^)]{1,40}\))?\.")
_MARKS = frozenset("–—-:")
_LONGEST_OPENING = 110
_PRONOUN_BEHIND = re.compile(r"\W{1,4}(?:it|they)\b", re.IGNORECASE)
_OF_WORDS = re.compile(
    r"\b(?:glossary|terms?|words?|dictionary|vocab(?:ulary)?|flash ?cards|study guide|chapter \d+|lexicon|"
    r"definitions|terminology|a (?:to|-) ?z|a[–-]z)\b",
    re.IGNORECASE,
)


class Term(NamedTuple):
    """The words of an entry's term, and the concept that they name; None for a term that no vocabulary knows."""

    words: str
    concept: str | None


def is_of_words(heading: str) -> bool:
    """ "Diet terms A to Z" is about words, and not about diet."""
    return _OF_WORDS.search(heading) is not None


def heading_term(heading: str, announced: Found | None, relational: frozenset[str], *, unknown: bool) -> Term | None:
    """The term that a heading is, with nothing beside it but "What is …?" and another name in brackets. `relational`
    are words that only say how things are related; `unknown`: it may be a term that no vocabulary knows."""
    if announced is not None:
        before, after = heading[: announced.start], heading[announced.end :]
        alone = (not before.strip() or _ASKED.fullmatch(before)) and _BESIDE.fullmatch(after)
        return Term(heading[announced.start : announced.end], announced.concept) if alone else None
    words = re.sub(r"\s*\([^)]*\)\s*$", "", heading).strip()
    parts = [word.lower() for word in re.findall(r"[\w'-]+", words)]
    if not unknown or not parts or len(parts) > _LONGEST_TERM or words[-1] in "?:.!" or is_of_words(heading):
        return None
    if relational.intersection(parts) or not english.PRONOUNS.isdisjoint(parts):
        return None
    return Term(words, None)


def opening_term(text: str, found: Sequence[Found]) -> Term | None:
    """The term with which a paragraph opens: "Ghrelin – The hormone …", "Ghrelin: …", "Ghrelin. A hormone …"."""
    marked = not _MARKS.isdisjoint(text[:_LONGEST_OPENING])
    match = (_TERM_FIRST.match(text) if marked else None) or _TERM_ALONE.match(text)
    if match is None:
        return None
    for mention in found:
        if (mention.start, mention.end) == match.span(1):
            return Term(match[1], mention.concept)
    if match.re is _TERM_ALONE:
        return None  # "It depends. …"
    dash = ":" not in match[0] and text[match.end()].isupper()
    return Term(match[1], None) if dash and len(match[1].split()) <= _LONGEST_TERM else None


def goes_on_about_page(term: Term, text: str) -> bool:
    """Whether a pronoun stands behind the term that opens a paragraph: "Bone health: It regulates …"."""
    return _PRONOUN_BEHIND.match(text, len(term.words)) is not None


def is_alone(sentence: str) -> bool:
    """Whether a sentence can be a term that stands before its meaning: "Ghrelin."."""
    return _TERM_ALONE.fullmatch(sentence) is not None


def is_fragment(parts: Sequence[Chunk]) -> bool:
    """Whether chunks are a noun phrase with what belongs to it, and no clause: "a hormone that …", "swelling in …"."""
    told = [part for part in parts if part.kind != ADVERB][:3]
    if not told or told[0].kind != NOUN_PHRASE:
        return False
    listed = len(told) == 3 and told[1].kind in (COMMA, CONJUNCTION) and told[2].kind == NOUN_PHRASE
    if listed and told[0].head is not None and told[0].word not in english.DETERMINERS:
        return False  # "Vitamin C and zinc …" are no meaning of something else
    inside = False  # a clause that hangs on a noun phrase
    for k, part in enumerate(parts):
        if part.kind == STOP:
            return True
        if part.kind in (RELATIVE, SUBORDINATOR):
            inside = True
        elif part.verb is not None and part.verb.finite:
            if not inside:
                return False
            before = next((n for n in range(k - 1, -1, -1) if parts[n].kind != ADVERB), -1)
            if part.verb.form == BASE and _is_helped(parts, before):
                continue
            if parts[before].kind in (NOUN_PHRASE, CLOSE) and not _is_own_subject(parts, before):
                return False
    return True


def _is_helped(parts: Sequence[Chunk], k: int) -> bool:
    """Whether the noun phrase at k stands behind a verb that has another follow: "that helps the gut absorb …"."""
    verb = parts[k - 1].verb if k > 0 and parts[k].kind == NOUN_PHRASE else None
    return verb is not None and verb.lemma in {"help", "let", "make"}


def _is_own_subject(parts: Sequence[Chunk], k: int) -> bool:
    """Whether the noun phrase at k opens a clause that hangs on another, alone or with what belongs to it, before any
    verb: "that the cells of the gut release", "when blood pressure falls"."""
    for part in reversed(parts[:k]):
        if part.kind in (RELATIVE, SUBORDINATOR):
            return True
        if part.verb is not None:
            return False
    return False
