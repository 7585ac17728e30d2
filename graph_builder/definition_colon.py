"""What a colon or a dash says behind a term: "lactase: an enzyme" is a definition, "Pectin: apples, plums" a list."""

from __future__ import annotations

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.chunk import Chunk
from nutrigraph.graph_builder.english import THIRD
from nutrigraph.graph_builder.entries import is_fragment
from nutrigraph.graph_builder.kinds import (
    ADVERB,
    CLOSE,
    COLON,
    COMMA,
    CONJUNCTION,
    NOUN_PHRASE,
    PREPOSITION,
    STOP,
    VERB_GROUP,
)
from nutrigraph.graph_builder.tokens import Token
from nutrigraph.graph_builder.verb_groups import VerbGroup

_DASHES = frozenset("-–—")
_EXPLAINING = frozenset({"a", "an", "the", "any"})


def with_definition_colon(parts: list[Chunk], words: list[Token], opens: bool) -> list[Chunk]:
    """Reads "term: meaning", "term – a meaning" and "Term – Meaning" as "term is meaning"."""
    for k, part in enumerate(parts):
        if not opens or part.kind in (VERB_GROUP, PREPOSITION, COMMA, CONJUNCTION):
            return parts  # "Good sources of iron: …" defines nothing
        if part.kind == COLON and parts[k + 1 : k + 2] and parts[k + 1].kind == STOP:
            return parts  # the items of a list
        if part.kind == COLON and _is_bare_list(parts[k + 1 :]):
            return parts  # "Pectin: apples, carrots, plums"
        if part.kind == COLON and _is_clause(parts[k + 1 :]):
            return parts  # "Overview: insulin is a hormone"
        if (
            k > 0
            and parts[k - 1].kind in (NOUN_PHRASE, CLOSE)
            and (part.kind == COLON or _is_definition_dash(parts, words, k))
        ):
            verb = VerbGroup("be", THIRD, plural=True)
            return [*parts[:k], part._replace(kind=VERB_GROUP, verb=verb), *parts[k + 1 :]]
    return parts


def _is_bare_list(parts: list[Chunk]) -> bool:
    """Whether chunks are noun phrases without articles and the commas and conjunctions between them."""
    nouns = [part for part in parts if part.kind == NOUN_PHRASE]
    joints = [part for part in parts if part.kind in (COMMA, CONJUNCTION)]
    if len(nouns) < 2 or not joints or any(part.word in english.DETERMINERS for part in nouns):
        return False
    return len(nouns) + len(joints) >= len([part for part in parts if part.kind not in (ADVERB, STOP)])


def _is_clause(parts: list[Chunk]) -> bool:
    """Whether chunks begin with a subject and its verb."""
    told = [part for part in parts if part.kind != ADVERB][:2]
    verb = told[1].verb if len(told) > 1 and told[0].kind == NOUN_PHRASE else None
    return verb is not None and verb.finite


def _is_definition_dash(parts: list[Chunk], words: list[Token], k: int) -> bool:
    """Whether a dash stands before a noun phrase that says what kind of thing something is: with a capital, as behind
    the term of an entry, or with an article and no other dash."""
    dashes = [n for n, part in enumerate(parts) if part.kind == STOP and part.word in _DASHES]
    if dashes[:1] != [k] or k + 1 == len(parts):
        return False
    if words[parts[k + 1].first].text[0].isupper() and is_fragment(parts[k + 1 :]):
        return True
    return dashes == [k] and parts[k + 1].word in _EXPLAINING
