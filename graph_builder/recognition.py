"""Finds the concepts of a vocabulary in text: longest match on normal forms, coordination, abbreviations."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Final, NamedTuple

import ahocorasick_rs

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.derived_names import Words, derived_names
from nutrigraph.graph_builder.english import THIRD, Verbs
from nutrigraph.graph_builder.everyday_words import EVERYDAY
from nutrigraph.graph_builder.tokens import Token, tokens
from nutrigraph.graph_builder.word_stream import UNSAID, WordStream
from nutrigraph.ontology.types import load_types
from nutrigraph.ontology.vocabulary import BUNDLED, PAGES, Vocabulary

_ABBREVIATION = re.compile(r"[A-Z][A-Za-z0-9-]{1,7}")
_IN_BRACKETS = re.compile(r"\(\s*[A-Z][A-Za-z0-9]{1,7}\s*\)")
"""What a text has in it that defines an abbreviation."""
_QUALIFIED = re.compile(r"(.+\S)\s+\([^()]+\)")
_OPPOSED = re.compile(r"(?<![^\W_])(?:non|anti|pre)s?\s*-\s*\Z", re.IGNORECASE)
_BEGINS_APART = re.compile(r"\s*(?:,|(?:and|or)\b)", re.IGNORECASE)
_BEHIND_NAMES: Final = english.BE | english.MODALS | english.HAVE | {"and", "or", "in", "through", "by", "to", "that"}
_LARGE = 500
"""A vocabulary of so many concepts was not read name by name for the words that it shares with everyday English."""


class Found(NamedTuple):
    """A concept found in a text: the visible span, the concept that speaks for the name, whether the words are a
    paraphrase of a name ("take up glucose") rather than one, whether they are of everyday use, and the `others` that
    have the same name. What else stands on the page tells which is meant, if any (see `Matcher.meant`)."""

    start: int
    end: int
    concept: str
    paraphrase: bool = False
    everyday: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page speaks of beyond doubt: the concepts, and the share of each semantic type among them."""

    concepts: frozenset[str]
    types: Mapping[str, float]


class _Use(NamedTuple):
    """What a name that was found means. `spellings`: where it is an abbreviation, how it must be written."""

    concept: str
    others: tuple[str, ...]
    paraphrase: bool
    everyday: bool
    spellings: tuple[str, ...]

    def fits(self, text: str, start: int, end: int) -> bool:
        """Whether the words really are that name: not "non-" before it, capitals where the name is an abbreviation."""
        if "-" in text[max(0, start - 2) : start] and _OPPOSED.search(text, max(0, start - 12), start):
            return False
        return not self.spellings or tokens(text[start:end])[0].text in self.spellings


class Matcher:
    """Recognises every name of a vocabulary, and what English derives from it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._exact_case: dict[Words, str] = {}
        self._descriptions: dict[str, str] = {}
        self._fingerprints: dict[tuple[str, ...], str] = {}
        self._names = self._given_names(vocabulary)
        measures = frozenset(
            iri for iri, c in vocabulary.concepts.items() if c.type and load_types().is_a(c.type, "Measure")
        )
        self._paraphrases = derived_names(self._names, measures)
        self._all = {**self._paraphrases, **self._names}
        self._everyday = self._everyday_names()
        self._keys = sorted(self._all)
        self._uses: dict[int, _Use] = {}
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
    def names(self) -> Mapping[str, str]:
        """What extraction uses of every name (normal forms of its words, one space apart), as a hash of the concepts it
        stands for (IRI, label, type, mappings). A page with all words of a name is read again when that differs."""
        return {" ".join(words): self._fingerprint(words, concepts) for words, concepts in self._all.items()}

    def _fingerprint(self, words: Words, concepts: Iterable[str]) -> str:
        use = (self._exact_case.get(words, ""), self._choose(words), str(words in self._everyday), *sorted(concepts))
        if use not in self._fingerprints:  # most names that English derives are of few concepts
            parts = [*use[:3], *map(self._described, use[3:])]
            self._fingerprints[use] = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
        return self._fingerprints[use]

    def _described(self, iri: str) -> str:
        """What extraction uses of a concept."""
        if iri not in self._descriptions:
            c = self.vocabulary.concepts[iri]
            type_ = self.vocabulary.type_of(iri)
            self._descriptions[iri] = repr((c.iri, c.label, type_, c.exact_matches, c.source, self._above(iri)))
        return self._descriptions[iri]

    def find(self, text: str, abbreviations: Mapping[str, str] | None = None) -> list[Found]:
        """The mentions in a text, in order, without overlap. `abbreviations` are those that the page defines itself,
        with the concept each stands for."""
        stream = WordStream(text)
        found = self._longest(stream)
        if abbreviations and any(short in text for short in abbreviations):
            found = _with_abbreviations(found, text, abbreviations)
        return self._with_coordination(found, stream)

    def surroundings(self, found: Iterable[Found], about: str | None) -> Surroundings:
        """What a page speaks of where `found` was found and that is about `about`, doubtful names aside."""
        sure = {f.concept for f in found if not f.everyday and not f.others} | ({about} if about else set())
        types = Counter(filter(None, map(self.vocabulary.type_of, sure)))
        return Surroundings(frozenset(sure), {type_: count / len(sure) for type_, count in types.items()})

    def meant(self, found: Iterable[Found], near: Surroundings) -> list[Found]:
        """What is left of `found` on such a page: of several concepts with one name the one that the page names in
        other words too, that is directly below one it names, or whose type it speaks of most; an everyday word only for
        the first two reasons ("lead" beside "heavy metal")."""
        kept = []
        for f in found:
            if f.others:
                f = f._replace(concept=max((f.concept, *f.others), key=lambda iri: self._likelihood(iri, near)))
            if not f.everyday or self._closeness(f.concept, near):
                kept.append(f)
        return kept

    def _closeness(self, iri: str, near: Surroundings) -> int:
        return 4 * (iri in near.concepts) or 2 * (not near.concepts.isdisjoint(self._above(iri)))

    def _likelihood(self, iri: str, near: Surroundings) -> float:
        """Its closeness, then how much the page speaks of its type: by tenths, as small differences say nothing."""
        return self._closeness(iri, near) + round(near.types.get(self.vocabulary.type_of(iri) or "", 0.0), 1)

    def _above(self, iri: str) -> tuple[str, ...]:
        """The concepts one step above a concept and above what is joined with it, in order."""
        above = (up for concept in self.vocabulary.joined(iri) for up in concept.broader)
        own = self.vocabulary.concepts[iri].broader if iri in self.vocabulary.concepts else ()
        return tuple(sorted({self.vocabulary.speaker(up) for up in (*own, *above)}))

    def abbreviations(self, text: str) -> dict[str, str]:
        """Abbreviations that a text defines behind a name, in brackets: "continuous glucose monitor (CGM)"."""
        defined: dict[str, str] = {}
        if not _IN_BRACKETS.search(text):
            return defined
        found = self._longest(WordStream(text))
        words = tokens(text)
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

    def _longest(self, stream: WordStream) -> list[Found]:
        matches = [(s, -e, number) for number, s, e in self._automaton.find_matches_as_indexes(stream.string, True)]
        span = stream.span
        if (other := WordStream.without_abbreviations(stream.text)) is not None:
            spans = {span(start, -end): number for start, end, number in matches}
            for number, start, end in self._automaton.find_matches_as_indexes(other.string, True):
                spans[other.span(start, end)] = number
            matches = [(start, -end, number) for (start, end), number in spans.items()]
            span = _itself
        found: list[Found] = []
        free_from = 0
        for start, minus_end, number in sorted(matches):
            if start >= free_from:
                use = self._uses.get(number) or self._use(number)
                begin, end = span(start, -minus_end)
                if use.fits(stream.text, begin, end):
                    found.append(Found(begin, end, use.concept, use.paraphrase, use.everyday, use.others))
                    free_from = -minus_end - (span is not _itself)  # neighbours in the stream share a space
        return found

    def _use(self, number: int) -> _Use:
        key = self._keys[number]
        as_written = self._exact_case.get(key)
        spellings = (as_written, as_written + "s") if as_written is not None else ()
        concept, *others = self._ranked(key)
        use = _Use(concept, tuple(others), key not in self._names, key in self._everyday, spellings)
        self._uses[number] = use
        return use

    def _choose(self, key: Words) -> str:
        """The concept that a name stands for where nothing else is known."""
        return self._ranked(key)[0]

    def _ranked(self, key: Words) -> list[str]:
        """The concepts with that name: those that prefer it first, then in the order in which vocabularies speak."""
        concepts = self._all[key]
        if len(concepts) == 1:
            return list(concepts)
        order = {source: n for n, source in enumerate(self.vocabulary.sources)}

        def rank(iri: str) -> tuple[bool, int, str]:
            concept = self.vocabulary.concepts[iri]
            return name_words(concept.label) != key, order.get(concept.source, len(order)), iri

        return sorted(concepts, key=rank)

    def _with_coordination(self, found: list[Found], stream: WordStream) -> list[Found]:
        """Gives back to "liver, fat and muscle cells" its three kinds of cells, to "metabolism of fats and protein" its
        two kinds of metabolism, to "vitamins C, D and K" its three vitamins."""
        extra: dict[tuple[int, int], str] = {}
        for mention in found:
            apart_before, apart_behind = _coordinated(stream.text, mention)
            if not (apart_before or apart_behind):
                continue
            words = stream.words
            first, last = stream.numbers(mention.start, mention.end)
            inside = [t.norm for t in words[first : last + 1] if t.is_word and t.norm not in UNSAID]
            for cut in range(1, len(inside)):
                if apart_before:
                    self._share(words, first - 1, -1, (), tuple(inside[cut:]), extra)
                if apart_behind:
                    self._share(words, last + 1, 1, tuple(inside[:cut]), (), extra)
        if not extra:
            return found
        more = [Found(stream.place(first)[0], stream.place(last)[1], iri) for (first, last), iri in extra.items()]
        return _merged(found, more)

    def _share(
        self, words: Sequence[Token], at: int, step: int, before: Words, after: Words, extra: dict[tuple[int, int], str]
    ) -> None:
        """Walks from a mention over "," and "and" and reads each member with the words it shares with the mention; adds
        its first and last token, with the concept, to `extra`."""
        while 0 <= at < len(words):
            separated = False
            while 0 <= at < len(words) and words[at].norm in {",", "and", "or"}:
                separated, at = True, at + step
            member = self._member(words, at, step, before, after) if separated else None
            if member is None:
                return
            first, last, key = member
            extra[first, last] = self._choose(key)
            at = (last if step > 0 else first) + step

    def _member(
        self, words: Sequence[Token], at: int, step: int, before: Words, after: Words
    ) -> tuple[int, int, Words] | None:
        """One member of a coordination, at most three words long, that gives a name with the shared words."""
        for length in (3, 2, 1):
            first, last = (at, at + length - 1) if step > 0 else (at - length + 1, at)
            if first < 0 or last >= len(words) or not all(t.is_word for t in words[first : last + 1]):
                continue
            key = (*before, *(t.norm for t in words[first : last + 1]), *after)
            if key not in self._all or (step > 0 and last + 1 < len(words) and not _ends_name(words[last + 1])):
                continue
            alone = tuple(t.norm for t in words[first : last + 1])
            if step < 0 and alone in self._all and name_words(self.vocabulary.concepts[self._choose(key)].label) != key:
                return None  # "pregnancy and blood loss": pregnancy, no pregnancy loss
            return first, last, key
        return None


def _ends_name(word: Token) -> bool:
    """Whether a name cannot go on with this word: a mark, a short word, a verb in the third person."""
    if not word.is_word or word.lower in _BEHIND_NAMES:
        return True
    verb = _verbs().get(word.lower)
    return verb is not None and THIRD in verb.forms


@cache
def _verbs() -> Verbs:
    return Verbs()


@lru_cache(maxsize=1 << 14)
def name_words(name: str) -> Words:
    """A name as it is looked for: normal forms of its words, without determiners, hyphens and possessives.

    >>> name_words("Islets of Langerhans"), name_words("β-cell")
    (('islet', 'of', 'langerhan'), ('beta', 'cell'))
    """
    return tuple(t.norm for t in tokens(name) if t.is_word and t.norm not in UNSAID)


def _with_plain(names: Iterable[str]) -> Iterable[str]:
    """The names, and "fat" for "Fat (dietary)": what stands in brackets tells a reader which fat, no text says it."""
    for name in names:
        yield name
        if match := _QUALIFIED.fullmatch(name):
            yield match[1]


def _itself(start: int, end: int) -> tuple[int, int]:
    return start, end


def _coordinated(text: str, mention: Found) -> tuple[bool, bool]:
    """Whether "," or "and" stands before a mention of several words, and whether behind it."""
    if " " not in text[mention.start : mention.end] and "-" not in text[mention.start : mention.end]:
        return False, False
    before = text[max(0, mention.start - 5) : mention.start].rstrip()
    return before.lower().endswith((",", "and", "or")), _BEGINS_APART.match(text, mention.end) is not None


def _with_abbreviations(found: list[Found], text: str, abbreviations: Mapping[str, str]) -> list[Found]:
    own = [Found(t.start, t.end, abbreviations[t.text]) for t in tokens(text) if t.text in abbreviations]
    return _merged(own, found)


def _merged(weak: Sequence[Found], strong: Sequence[Found]) -> list[Found]:
    """All of both, in order, without those of `weak` that overlap one of `strong`."""
    taken = sorted(strong, key=lambda f: f.start)
    starts = [f.start for f in taken]

    def is_free(f: Found) -> bool:
        following = bisect_left(starts, f.end)
        return following == 0 or taken[following - 1].end <= f.start

    return sorted([*filter(is_free, weak), *taken], key=lambda f: f.start)
