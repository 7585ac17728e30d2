"""A chunked sentence: what stands next to what, and which noun phrases are coordinated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.chunk import Chunk
from nutrigraph.graph_builder.chunks import COUNTED
from nutrigraph.graph_builder.kinds import (
    ADVERB,
    CLOSE,
    COLON,
    COMMA,
    CONJUNCTION,
    EXAMPLE,
    NOUN_PHRASE,
    OPEN,
    PREPOSITION,
    RELATIVE,
    STOP,
    VERB_GROUP,
    Kind,
)
from nutrigraph.graph_builder.tokens import Token
from nutrigraph.graph_builder.verb_groups import VerbGroup

DEVERBAL = ("tion", "sion", "ment", "ism", "esis", "ysis")
_BULLETS = frozenset("-–•*")


class NounList(NamedTuple):
    """Coordinated noun phrases: their chunk numbers, those that only exemplify the others, and the chunk after them."""

    members: tuple[int, ...]
    examples: tuple[int, ...]
    after: int


class NounLists:
    """The chunks of a sentence and their neighbours; noun phrases that are joined in a list."""

    def __init__(self, words: list[Token], parts: list[Chunk]) -> None:
        self.words = words
        self.parts = parts
        self.chunk_at = {n: k for k, part in enumerate(parts) for n in range(part.first, part.last + 1)}
        self.closing = self._brackets()
        self.opening = {close: open_ for open_, close in self.closing.items()}
        self.norms = frozenset(word.norm for word in words)
        if "?" in self.norms:
            self.norms |= {":"}  # "What are the symptoms? - …" may be read as "Symptoms: …"
        self.verbs = frozenset((part.verb.lemma, part.verb.passive) for part in parts if part.verb is not None)
        self.kinds: list[Kind] = [part.kind for part in parts]
        self._bullets = [k for k in range(len(parts)) if self.is_bullet(k)] if self.norms & _BULLETS else []
        self._after = self._steps(range(len(parts) - 1, -2, -1), 1, self.closing)
        self._before = self._steps(range(len(parts) + 1), -1, self.opening)
        self._subjects: dict[int, tuple[int, ...]] = {}
        self._lists: dict[int, NounList] = {}

    @cached_property
    def lowered(self) -> str:
        """The words in lower case, with blanks between them."""
        return " ".join([word.lower for word in self.words])

    def _steps(self, order: Iterable[int], step: int, brackets: Mapping[int, int]) -> list[int]:
        """For each chunk the next one in a direction, over adverbs and whole brackets; and for where the sentence
        begins (-1) or ends."""
        reached = [0] * (len(self.parts) + 1)
        for k in order:
            n = k + step
            while 0 <= n < len(self.parts) and (n in brackets or self.kinds[n] == ADVERB):
                n = brackets[n] + step if n in brackets else reached[n]
            reached[k] = n
        return reached

    def _brackets(self) -> dict[int, int]:
        pairs: dict[int, int] = {}
        stack: list[int] = []
        for k, part in enumerate(self.parts):
            if part.kind == OPEN:
                stack.append(k)
            elif part.kind == CLOSE and stack:
                pairs[stack.pop()] = k
        return pairs

    def kind(self, k: int) -> Kind | None:
        return self.kinds[k] if 0 <= k < len(self.kinds) else None

    def verb(self, k: int) -> VerbGroup | None:
        """The verb of a chunk that has one; none behind the last."""
        return self.parts[k].verb if k < len(self.parts) else None

    def is_noun(self, k: int) -> bool:
        return 0 <= k < len(self.kinds) and self.kinds[k] == NOUN_PHRASE

    def back(self, k: int) -> int:
        """The chunk before k, over adverbs and whole brackets."""
        return self._before[k] if 0 <= k <= len(self.parts) else k - 1

    def forward(self, k: int) -> int:
        """The chunk after k, over adverbs and whole brackets."""
        return self._after[k] if -1 <= k < len(self.parts) else k + 1

    def head_word(self, k: int) -> str:
        return self.words[self.parts[k].last].norm

    def chain_start(self, k: int) -> int:
        """The first noun phrase of "cells of the body": the one that the prepositions behind it hang on."""
        kinds, before = self.kinds, self._before
        while (
            k >= 0
            and (b := before[k]) >= 0
            and kinds[b] == PREPOSITION
            and (a := before[b]) >= 0
            and kinds[a] == NOUN_PHRASE
        ):
            k = a
        return k

    def members_to(self, b: int) -> tuple[int, ...]:
        """The coordinated noun phrases that end with the one at chunk b; empty if none stands there."""
        if not self.is_noun(b):
            return ()
        members = [self.chain_start(b)]
        while self.parts[b].word not in english.PRONOUNS:
            separator = self.back(members[0])
            joins = CONJUNCTION if len(members) == 1 else COMMA
            if self.kind(separator) not in (joins, CONJUNCTION, EXAMPLE):
                break
            excluded = self.parts[separator].word == "but" and self.parts[separator + 1].word == "not"
            if self.kind(separator) == CONJUNCTION and self.kind(self.back(separator)) == COMMA:
                separator = self.back(separator)
            other = self.back(separator)
            if self.kind(other) == COMMA:
                other = self.back(other)
            if not self.is_noun(other) or not self._may_be_subject(self.chain_start(other)):
                break
            if self._is_listed_within(other, members):
                return (self.chain_start(other),)
            members = [self.chain_start(other), *(() if excluded else members)]  # "sugar, but not fat, …"
        return tuple(members)

    def _is_listed_within(self, k: int, members: list[int]) -> bool:
        """Whether the list begins inside a phrase: "purines in meat, seafood and beer" are purines."""
        before = self.back(k)
        if len(members) < 2 or self.kind(before) != PREPOSITION or self.chain_start(k) == k:
            return False
        return not any(self.parts[n].word in english.DETERMINERS for n in (k, *members))

    def _may_be_subject(self, k: int) -> bool:
        """Whether a noun phrase is free, or the first behind "that": "a compound that the kidneys and liver make"."""
        return self.is_free(k) or self.kind(self.back(k)) == RELATIVE

    def is_free(self, k: int) -> bool:
        """Whether a noun phrase is no complement of a verb or preposition."""
        before = self.back(k)
        while self.kind(before) in (COMMA, CONJUNCTION) and self.is_noun(self.back(before)):
            before = self.back(self.chain_start(self.back(before)))
        return self.kind(before) not in (VERB_GROUP, PREPOSITION, RELATIVE)

    def noun_list(self, k: int) -> NounList | None:
        """The coordinated noun phrases that begin at chunk k, with their examples ("such as", "especially")."""
        if not self.is_noun(k):
            return None
        if k not in self._lists:
            self._lists[k] = self._noun_list(k)
        return self._lists[k]

    def _noun_list(self, k: int) -> NounList:
        members: list[int] = [k]
        examples: list[int] = []
        at, opened, exemplified, joined = k, k, False, 1
        own_clause = self._is_complement(k)
        inside = bool(self._bullets) and self._bullets[0] < k and k - 1 not in self._bullets
        while (step := self._next_member(at, stop_at_clause=own_clause)) is not None or (
            self._bullets and (step := self._next_item(at)) is not None
        ):
            opens_examples, conjunction = self._between(at, step)
            in_item = inside or (exemplified and bool(self._bullets) and self._bullets[0] < opened)
            if in_item and any(at < bullet < step for bullet in self._bullets):
                break  # what is listed inside an item ends with it
            opened = at if opens_examples else opened
            at, exemplified = step, exemplified or opens_examples
            (examples if exemplified else members).append(at)
            joined = len(members) if conjunction and not exemplified else joined
        if joined < len(members) and not self._is_all_behind_colon(
            k, at
        ):  # only commas: not a list, but one noun phrase and what follows it
            members, examples, at = members[:joined], [], members[joined - 1]
        return NounList(tuple(members), tuple(examples), self.forward(at))

    def _between(self, one: int, other: int) -> tuple[bool, bool]:
        """Whether examples begin between two neighbouring noun phrases, and whether they are joined as a list is."""
        marks = self.parts[one + 1 : other]
        opens = any(part.kind in (EXAMPLE, COLON) for part in marks)
        return opens, any(part.kind in (CONJUNCTION, STOP) for part in marks)

    def enumeration(self, k: int) -> tuple[int, ...]:
        """The members that a colon gives to the noun phrase at k: "Two hormones do that: insulin and glucagon"."""
        if self.parts[k].word not in COUNTED:
            return ()
        colon = next((n for n in range(k, len(self.parts)) if self.kind(n) == COLON), None)
        listed = self.noun_list(self.forward(colon)) if colon is not None else None
        return listed.members if listed is not None and len(listed.members) > 1 else ()

    def _is_complement(self, k: int) -> bool:
        """Whether the noun phrase hangs on a verb or preposition before it, and so is no subject."""
        return self.kind(self.back(k)) in (VERB_GROUP, PREPOSITION)

    def _is_alias(self, conjunction: int, noun: int) -> bool:
        """ "high blood pressure, or hypertension, …": another name, not another thing."""
        asides = self.kind(conjunction - 1) == COMMA and self.kind(self.forward(noun)) == COMMA
        return self.parts[conjunction].word == "or" and asides and not self.is_noun(self.forward(self.forward(noun)))

    def _next_member(self, k: int, *, stop_at_clause: bool) -> int | None:
        n = self.forward(k)
        if self.head_word(k).endswith(DEVERBAL) and self.kind(n) == PREPOSITION:
            return None  # "digestion of fat, protein and starch" is one thing, with a list of its own
        while self.kind(n) == PREPOSITION and self.parts[n].word in {"of", "in"} and self.is_noun(self.forward(n)):
            beyond = self.forward(self.forward(n))
            if self.kind(beyond) == CONJUNCTION and (end := self._end_of_pair(self.forward(beyond))) is not None:
                beyond = end  # "numbness in the arms and legs, weakness and …"
            if (
                not self._is_parallel(n, beyond)
                and self.kind(beyond)
                not in (
                    COMMA,
                    EXAMPLE,
                    COLON,
                )
                and not self._is_semicolon(beyond)
            ):
                return None
            n = beyond
        marks = 0
        while self.kind(n) in (COMMA, CONJUNCTION, EXAMPLE, COLON) or self._is_semicolon(n) or self.is_bullet(n):
            if self.kind(n) == CONJUNCTION and self.parts[n].word == "but":
                return None
            if self.kind(n + 1) == ADVERB and self.parts[n + 1].word == "together with":
                return None  # "…, and together with that it …"
            if self.kind(n) == COLON and not self._announces(n):
                return None
            if self.kind(n) == EXAMPLE and self.kind(n - 1) == CLOSE:
                return None  # what the brackets say is what has the examples
            marks += 1
            n = self._over_condition(self.forward(n))
            if self.kind(n) == PREPOSITION and self.parts[n].word == self.parts[max(k - 1, 0)].word:
                n = self.forward(n)  # "in this and in that"
        if not marks or not self.is_noun(n) or (stop_at_clause and self._begins_clause(n)):
            return None
        before = self.back(n)
        if self.kind(before) == CONJUNCTION and self._is_alias(before, n):
            return None
        if stop_at_clause and marks > 1 and self.kind(self.forward(k)) == COMMA and self._has_own_clause(n):
            return None
        return n

    def _is_all_behind_colon(self, first: int, last: int) -> bool:
        """ "Pectin: apples, carrots, plums"."""
        return self.kind(self.back(first)) == COLON and self.kind(self.forward(last)) in (None, STOP)

    def _next_item(self, k: int) -> int | None:
        """The first noun phrase of the item behind the one in which the noun phrase at k stands."""
        if self._bullets[0] > k:
            return None
        for n in range(k + 1, len(self.parts) - 1):
            if self.is_bullet(n):
                return n + 1 if self.is_noun(n + 1) else None
            verb = self.parts[n].verb
            if verb is not None and verb.finite:
                return None
        return None

    def _end_of_pair(self, k: int) -> int | None:
        """The comma behind the second of two noun phrases, at chunk k."""
        n = self.forward(k)
        return n if self.is_noun(k) and self.kind(n) == COMMA else None

    def _has_own_clause(self, k: int) -> bool:
        """ "…, and chief cells, which …": a relative clause of its own sets it off from what stands before."""
        n = self.forward(k)
        return self.kind(n) == COMMA and self.kind(self.forward(n)) == RELATIVE

    def _is_parallel(self, preposition: int, conjunction: int) -> bool:
        """ "rickets in children and osteomalacia in adults": one pair after another."""
        other = self.forward(conjunction)
        if self.kind(conjunction) != CONJUNCTION or not self.is_noun(other):
            return False
        n = self.forward(other)
        return self.kind(n) == PREPOSITION and self.parts[n].word == self.parts[preposition].word

    def _over_condition(self, comma: int) -> int:
        """From the comma of "and, in severe cases, surgery" to what the aside stands before."""
        preposition = self.forward(comma)
        if self.kind(comma) != COMMA or self.kind(preposition) != PREPOSITION:
            return comma
        end = self.forward(self.forward(preposition)) if self.is_noun(self.forward(preposition)) else -1
        return self.forward(end) if self.kind(end) == COMMA else comma

    def _is_semicolon(self, k: int) -> bool:
        return self.kind(k) == STOP and self.parts[k].word == ";"

    def is_bullet(self, k: int) -> bool:
        """Whether chunk k is the mark before an item of a list."""
        return self.kind(k) == STOP and self.parts[k].word in _BULLETS

    def _announces(self, colon: int) -> bool:
        """ "one of the following tests: …", "these tests: - …": what stands behind the colon is meant before it."""
        before = {w.norm for w in self.words[max(0, self.parts[colon].first - 8) : self.parts[colon].first]}
        return bool(before & {"following", "these"}) or self.is_bullet(colon + 1)

    def _begins_clause(self, k: int) -> bool:
        """Whether the noun phrase at k is the subject of a finite verb that follows it, alone or with others."""
        n = self.forward(k)
        joins = PREPOSITION, COMMA, CONJUNCTION
        while self.kind(n) in joins:
            if self.kind(n) == COMMA and self.kind(self.forward(n)) == CONJUNCTION:
                n = self.forward(n)
            if not self.is_noun(self.forward(n)):
                break
            n = self.forward(self.forward(n))
        verb = self.verb(n)
        return verb is not None and verb.finite
