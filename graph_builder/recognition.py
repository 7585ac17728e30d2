"""Finds the concepts of a vocabulary in text: longest match on normal forms, coordination, abbreviations."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import ahocorasick_rs

from nutrigraph.graph_builder.derived_names import Words, derived_names
from nutrigraph.graph_builder.everyday_words import EVERYDAY
from nutrigraph.graph_builder.tokens import Token, tokens
from nutrigraph.ontology.types import load_types
from nutrigraph.ontology.vocabulary import BUNDLED, PAGES, Vocabulary

_UNSAID = frozenset("the an your their its his her our".split())
"""Determiners: they may stand inside a name in text and change nothing."""
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z0-9-]{1,7}")
_QUALIFIED = re.compile(r"(.+\S)\s+\([^()]+\)")
_LARGE = 500
"""A vocabulary of so many concepts was not read name by name for the words that it shares with everyday English."""


@dataclass(frozen=True, slots=True)
class Found:
    """A concept found in a text: the visible span, the concept that speaks for the name, whether the words are a
    paraphrase of a name ("take up glucose") rather than one, and whether they are of everyday use, so that only what
    else stands on the page can show that the concept is meant (see `Matcher.surroundings`)."""

    start: int
    end: int
    concept: str
    paraphrase: bool = False
    everyday: bool = False


@dataclass(frozen=True, slots=True)
class NameUse:
    """What extraction uses of a name: the words that a page must all contain for it to be found, and a hash of the
    concepts it stands for (IRI, label, type, mappings). A page is read again when either differs."""

    words: frozenset[str]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _Stream:
    """A text as one string of normal forms between single spaces, and which token each of them is."""

    string: str
    offsets: tuple[int, ...]
    indices: tuple[int, ...]

    def token_span(self, start: int, end: int) -> tuple[int, int]:
        """The first and last token of string[start:end], which begins and ends with a space."""
        first = bisect_left(self.offsets, start + 1)
        last = bisect_left(self.offsets, end) - 1
        return self.indices[first], self.indices[last]


class Matcher:
    """Recognises every name of a vocabulary, and what English derives from it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._exact_case: dict[Words, str] = {}
        self._names = self._given_names(vocabulary)
        measures = frozenset(
            iri for iri, c in vocabulary.concepts.items() if c.type and load_types().is_a(c.type, "Measure")
        )
        self._paraphrases = derived_names(self._names, measures)
        self._all = {**self._paraphrases, **self._names}
        self._everyday = self._everyday_names()
        self._keys = sorted(self._all)
        self._automaton = ahocorasick_rs.AhoCorasick([f" {' '.join(key)} " for key in self._keys])

    def _given_names(self, vocabulary: Vocabulary) -> dict[Words, frozenset[str]]:
        names: dict[Words, set[str]] = {}
        for iri, concept in vocabulary.concepts.items():
            speaker = vocabulary.speaker(iri)
            for name in _with_plain(concept.names):
                words = name_words(name)
                if not words:
                    continue
                names.setdefault(words, set()).add(speaker)
                if len(words) == 1 and name.isupper() and len(name) <= 4:
                    self._exact_case[words] = name
        return {words: frozenset(concepts) for words, concepts in names.items()}

    def _everyday_names(self) -> frozenset[Words]:
        """The names that are everyday words or hardly longer than a letter, and that large vocabularies alone give."""
        files = (part for part in self.vocabulary.parts if part.source not in (PAGES, *BUNDLED))
        large = {part.source for part in files if len(part.concepts) >= _LARGE}

        def is_from_large(iri: str) -> bool:
            return all(concept.source in large for concept in self.vocabulary.joined(iri) or (concepts[iri],))

        concepts = self.vocabulary.concepts
        return frozenset(
            key
            for key, meant in self._names.items()
            if len(key) == 1
            and (key[0] in EVERYDAY or len(key[0]) <= 2 or (len(key[0]) == 3 and key not in self._exact_case))
            and all(map(is_from_large, meant))
        )

    @cached_property
    def names(self) -> Mapping[str, NameUse]:
        """Every name by its normal form, with what a page's content depends on."""
        return {
            " ".join(words): NameUse(frozenset(words), self._fingerprint(words, concepts))
            for words, concepts in self._all.items()
        }

    def _fingerprint(self, words: Words, concepts: Iterable[str]) -> str:
        parts = [self._exact_case.get(words, ""), self._choose(words), str(words in self._everyday)]
        for iri in sorted(concepts):
            c = self.vocabulary.concepts[iri]
            parts.append(
                repr((c.iri, c.label, self.vocabulary.type_of(iri), c.exact_matches, c.source, self._above(iri)))
            )
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def find(self, text: str, abbreviations: Mapping[str, str] | None = None) -> list[Found]:
        """The mentions in a text, in order, without overlap. `abbreviations` are those that the page defines itself,
        with the concept each stands for."""
        found, words = self._longest(text)
        if abbreviations:
            found = _with_abbreviations(found, words, abbreviations)
        return self._with_coordination(found, words)

    def surroundings(self, found: Iterable[Found], about: str | None) -> frozenset[str]:
        """The concepts that everyday words may mean on a page where `found` was found and that is about `about`: those
        that it names in other words too, and those directly below one that it names ("lead" beside "heavy metal")."""
        found = list(found)
        sure = {f.concept for f in found if not f.everyday} | ({about} if about else set())
        everyday = {f.concept for f in found if f.everyday}
        return frozenset(sure | {iri for iri in everyday if not sure.isdisjoint(self._above(iri))})

    def _above(self, iri: str) -> tuple[str, ...]:
        """The concepts one step above a concept and above what is joined with it, in order."""
        above = (up for concept in self.vocabulary.joined(iri) for up in concept.broader)
        own = self.vocabulary.concepts[iri].broader if iri in self.vocabulary.concepts else ()
        return tuple(sorted({self.vocabulary.speaker(up) for up in (*own, *above)}))

    def abbreviations(self, text: str) -> dict[str, str]:
        """Abbreviations that a text defines behind a name, in brackets: "continuous glucose monitor (CGM)"."""
        defined: dict[str, str] = {}
        found, words = self._longest(text)
        starts = {token.start: n for n, token in enumerate(words)}
        ends = {token.end: n for n, token in enumerate(words)}
        for mention in found:
            after = ends[mention.end] + 1
            if after + 2 >= len(words):
                continue
            opening, short, closing = words[after : after + 3]
            if opening.text != "(" or closing.text != ")" or not _ABBREVIATION.fullmatch(short.text):
                continue
            initials = "".join(t.text[0] for t in words[starts[mention.start] : after] if t.is_word)
            if short.text[0].casefold() == initials[0].casefold() and not short.text[1:].islower():
                defined[short.text] = mention.concept
        return defined

    def _longest(self, text: str) -> tuple[list[Found], list[Token]]:
        words = tokens(text)
        spans: dict[tuple[int, int], Words] = {}
        for skip_brackets in (False, True) if "(" in text else (False,):
            stream = _stream(words, skip_brackets)
            for number, start, end in self._automaton.find_matches_as_indexes(stream.string, overlapping=True):
                spans[stream.token_span(start, end)] = self._keys[number]
        found: list[Found] = []
        free_from = 0
        for (first, last), key in sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1])):
            if first < free_from or not self._fits(words, first, key):
                continue
            paraphrase, everyday = key not in self._names, key in self._everyday
            found.append(Found(words[first].start, words[last].end, self._choose(key), paraphrase, everyday))
            free_from = last + 1
        return found, words

    def _fits(self, words: Sequence[Token], first: int, key: Words) -> bool:
        """Whether the words really are that name: not "non-" before it, capitals where the name is an abbreviation."""
        if first >= 2 and words[first - 1].text == "-" and words[first - 2].norm in {"non", "anti", "pre"}:
            return False
        as_written = self._exact_case.get(key)
        return as_written is None or words[first].text in {as_written, as_written + "s"}

    def _choose(self, key: Words) -> str:
        """The concept that a name stands for: the one that prefers it, else the first of the vocabulary that speaks."""
        concepts = self._all[key]
        if len(concepts) == 1:
            return next(iter(concepts))
        order = {source: n for n, source in enumerate(self.vocabulary.sources)}

        def rank(iri: str) -> tuple[bool, int, str]:
            concept = self.vocabulary.concepts[iri]
            return name_words(concept.label) != key, order.get(concept.source, len(order)), iri

        return min(concepts, key=rank)

    def _with_coordination(self, found: list[Found], words: list[Token]) -> list[Found]:
        """Gives back to "liver, fat and muscle cells" its three kinds of cells, to "metabolism of fats and protein" its
        two kinds of metabolism, to "vitamins C, D and K" its three vitamins."""
        at = {token.start: n for n, token in enumerate(words)}
        ends = {token.end: n for n, token in enumerate(words)}
        extra: dict[tuple[int, int], str] = {}
        for mention in found:
            first, last = at[mention.start], ends[mention.end]
            inside = [t.norm for t in words[first : last + 1] if t.is_word and t.norm not in _UNSAID]
            for cut in range(1, len(inside)):
                self._share(words, first - 1, -1, (), tuple(inside[cut:]), extra)
                self._share(words, last + 1, 1, tuple(inside[:cut]), (), extra)
        if not extra:
            return found
        return _merged(found, [Found(start, end, concept) for (start, end), concept in extra.items()])

    def _share(
        self, words: list[Token], at: int, step: int, before: Words, after: Words, extra: dict[tuple[int, int], str]
    ) -> None:
        """Walks from a mention over "," and "and" and reads each member with the words it shares with the mention."""
        while 0 <= at < len(words):
            separated = False
            while 0 <= at < len(words) and words[at].norm in {",", "and", "or"}:
                separated, at = True, at + step
            member = self._member(words, at, step, before, after) if separated else None
            if member is None:
                return
            first, last, key = member
            extra[(words[first].start, words[last].end)] = self._choose(key)
            at = (last if step > 0 else first) + step

    def _member(
        self, words: list[Token], at: int, step: int, before: Words, after: Words
    ) -> tuple[int, int, Words] | None:
        """One member of a coordination, at most three words long, that gives a name with the shared words."""
        for length in (3, 2, 1):
            first, last = (at, at + length - 1) if step > 0 else (at - length + 1, at)
            if first < 0 or last >= len(words) or not all(t.is_word for t in words[first : last + 1]):
                continue
            key = (*before, *(t.norm for t in words[first : last + 1]), *after)
            beyond = words[last + 1].norm if step > 0 and last + 1 < len(words) else ","
            if key in self._all and (
                step < 0 or not beyond[0].isalnum() or beyond in {"and", "or", "in", "through", "by"}
            ):
                return first, last, key
        return None


def name_words(name: str) -> Words:
    """A name as it is looked for: normal forms of its words, without determiners, hyphens and possessives.

    >>> name_words("Islets of Langerhans"), name_words("β-cell")
    (('islet', 'of', 'langerhan'), ('beta', 'cell'))
    """
    return tuple(t.norm for t in tokens(name) if t.is_word and t.norm not in _UNSAID)


def _with_plain(names: Iterable[str]) -> Iterable[str]:
    """The names, and "fat" for "Fat (dietary)": what stands in brackets tells a reader which fat, no text says it."""
    for name in names:
        yield name
        if match := _QUALIFIED.fullmatch(name):
            yield match[1]


def _stream(words: Sequence[Token], skip_brackets: bool) -> _Stream:
    parts: list[str] = []
    offsets: list[int] = []
    indices: list[int] = []
    length, n = 1, 0
    while n < len(words):
        token = words[n]
        if skip_brackets and _is_bracketed_abbreviation(words, n):
            n += 3
            continue
        joins = token.norm == "'s" or _joins(words, n)
        if not joins and token.norm not in _UNSAID and token.text != "a":
            part = token.norm if token.is_word else "|"
            parts.append(part)
            offsets.append(length)
            indices.append(n)
            length += len(part) + 1
        n += 1
    return _Stream(f" {' '.join(parts)} ", tuple(offsets), tuple(indices))


def _joins(words: Sequence[Token], n: int) -> bool:
    """Whether a mark stands inside a name: waist-hip, waist:hip, E. coli, Graves' disease."""
    before = words[n - 1] if n > 0 else None
    if before is None or before.end != words[n].start or n + 1 == len(words):
        return False
    if words[n].text in "-:/":
        return words[n].end == words[n + 1].start
    if words[n].text == ".":
        return len(before.text) == 1 and before.text.isupper() and words[n + 1].text.islower()
    return words[n].text in "'’" and before.text.endswith("s")


def _is_bracketed_abbreviation(words: Sequence[Token], n: int) -> bool:
    return (
        words[n].text == "("
        and n + 2 < len(words)
        and words[n + 2].text == ")"
        and bool(_ABBREVIATION.fullmatch(words[n + 1].text))
        and words[n + 1].text[1:].upper() == words[n + 1].text[1:]
    )


def _with_abbreviations(found: list[Found], words: list[Token], abbreviations: Mapping[str, str]) -> list[Found]:
    own = [Found(t.start, t.end, abbreviations[t.text]) for t in words if t.text in abbreviations]
    return _merged(own, found)


def _merged(weak: Sequence[Found], strong: Sequence[Found]) -> list[Found]:
    """All of both, in order, without those of `weak` that overlap one of `strong`."""
    taken = sorted(strong, key=lambda f: f.start)
    starts = [f.start for f in taken]

    def is_free(f: Found) -> bool:
        following = bisect_left(starts, f.end)
        return following == 0 or taken[following - 1].end <= f.start

    return sorted([*filter(is_free, weak), *taken], key=lambda f: f.start)
