"""The ontology's phrases found in a chunked sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile
from operator import itemgetter
from typing import NamedTuple

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.english import Verbs
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
    SUBORDINATOR,
)
from nutrigraph.graph_builder.patterns import (
    Action,
    End,
    Fixed,
    Pattern,
    Place,
    compile_phrase,
    verbs_of,
)
from nutrigraph.graph_builder.syntax import Syntax

_OF_TIME_OR_PLACE = frozenset("in among at during".split())
Fits = Callable[[int, Sequence[str]], bool]
_CLOSING = frozenset({None, STOP, COMMA, CLOSE, CONJUNCTION, SUBORDINATOR})
_LONGEST_GAP = 24
_LONGEST_SKIP = 3


def _anything(_chunk: int, _types: Sequence[str]) -> bool:
    return True


class Match(NamedTuple):
    """A pattern found: the noun phrases in its places (chunk numbers), the chunk of its verb (None without one).
    `apposed`: an apposition read as "is" ("the pancreas, an organ …")."""

    pattern: Pattern
    places: Mapping[str, tuple[int, ...]]
    verb: int | None
    gap: bool
    apposed: bool = False


_COMMA = Fixed(frozenset({","}))
_AND = Fixed(frozenset({"and"}))
_COMMON = frozenset("of in on to for by with from at as a an the , .".split())


class _Shelf:
    """Patterns of one verb or of one word, found by another word that they need."""

    def __init__(self) -> None:
        self._always: list[tuple[int, Pattern]] = []
        self._by_word: dict[str, list[tuple[int, Pattern]]] = {}

    def add(self, number: int, pattern: Pattern, word: str | None = None) -> None:
        """Files a pattern; `number` is its place in the order of the ontology, `word` what the shelf stands for."""
        telling = [words for words in pattern.needed if word not in words and not words & _COMMON]
        if not telling:
            self._always.append((number, pattern))
            return
        for needed in min(telling, key=len):
            self._by_word.setdefault(needed, []).append((number, pattern))

    def of(self, syntax: Syntax, *, verbs: bool = True) -> list[Pattern]:
        """The patterns that may be in a sentence, in the order of the ontology; their verbs are looked for or not."""
        filed = self._always
        if words := self._by_word.keys() & syntax.norms:
            found = dict(filed)
            for word in words:
                found.update(self._by_word[word])
            filed = sorted(found.items(), key=itemgetter(0))
        return [pattern for _, pattern in filed if pattern.may_be_in(syntax, verbs)]


class PatternBook:
    """All patterns of an ontology, ready to be looked up by verb or by fixed word."""

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        """`phrases` gives for each relation's name its phrases."""
        self.verbs = Verbs(verbs_of([p for listed in phrases.values() for p in listed]))
        self._by_verb: defaultdict[tuple[str, bool], _Shelf] = defaultdict(_Shelf)
        self._by_word: defaultdict[str, _Shelf] = defaultdict(_Shelf)
        self._count = 0
        announcing: set[str] = {"and"}
        for relation, listed in phrases.items():
            for phrase in listed:
                for pattern in compile_phrase(relation, phrase, self.verbs):
                    self._file(pattern)
                    leading = takewhile(lambda element: isinstance(element, Fixed), pattern.elements)
                    announcing.update(*(element.words for element in leading if isinstance(element, Fixed)))
        self.announcing = frozenset(announcing)
        """The words that begin phrases: "risk factor", "symptom", "cause"."""

    def _file(self, pattern: Pattern) -> None:
        self._count += 1
        if action := pattern.action:
            for lemma in sorted(action.lemmas):
                self._by_verb[lemma, action.passive].add(self._count, pattern)
            return
        first = next(e for e in pattern.elements if isinstance(e, Fixed))
        for word in sorted(first.words):
            self._by_word[word].add(self._count, pattern, word)

    def matches(self, syntax: Syntax, fits: Fits = _anything) -> Iterator[Match]:
        """Every match in a sentence, clause by clause, then those that hang on fixed words. `fits` tells whether the
        noun phrase at a chunk may be of one of some types."""
        opened: dict[_Shelf, list[Pattern]] = {}
        for k, part in enumerate(syntax.parts):
            if part.verb is None:
                continue
            shelf, subject = self._by_verb.get((part.verb.lemma, part.verb.passive)), syntax.subject(k)
            if shelf is None or not (subject or syntax.lacks_subject(k)):
                continue
            gap = syntax.object_gap(k)
            if shelf not in opened:
                opened[shelf] = shelf.of(syntax)
            for pattern in opened[shelf]:
                first, object_ = pattern.elements[0], pattern.elements[2] if len(pattern.elements) > 2 else None
                assert isinstance(first, Place)
                if subject and first.types and not any(fits(one, first.types) for one in subject):
                    continue
                for match in _Walk(syntax, pattern, k).run(2, part.last + 1, {first.role: subject}):
                    yield match if subject else match._replace(gap=True)
                if gap and isinstance(object_, Place):
                    places = {first.role: subject, object_.role: gap}
                    yield from _Walk(syntax, pattern, k).run(3, part.last + 1, places)
        yield from self._apposed(syntax)
        for n, word in enumerate(syntax.words):
            if (shelf := self._by_word.get(word.norm)) is not None:
                if shelf not in opened:
                    opened[shelf] = shelf.of(syntax)
                for pattern in opened[shelf]:
                    yield from self._at_word(syntax, pattern, n, fits)

    def _apposed(self, syntax: Syntax) -> Iterator[Match]:
        """Appositions read as definitions: "the pancreas, an organ …" says that the pancreas is one."""
        patterns: list[Pattern] | None = None
        for k, owners in syntax.explanations():
            if patterns is None:
                patterns = self._by_verb["be", False].of(syntax, verbs=False)
            for pattern in patterns:
                first = pattern.elements[0]
                assert isinstance(first, Place)
                for match in _Walk(syntax, pattern, None).run(2, syntax.parts[k].first, {first.role: owners}):
                    yield match._replace(apposed=True)

    @staticmethod
    def _at_word(syntax: Syntax, pattern: Pattern, n: int, fits: Fits) -> Sequence[Match]:
        first = pattern.elements[0]
        if isinstance(first, Fixed):
            return _Walk(syntax, pattern, None).run(0, n, {})
        here = syntax.chunk_at[n]
        before = syntax.back(here)
        if syntax.kind(here) == EXAMPLE and syntax.kind(here - 1) == CLOSE:
            return ()  # what the brackets say is what has the examples
        at_comma = pattern.elements[1] == _COMMA
        if not at_comma and syntax.kind(before) == COMMA:
            before = syntax.before_alias(syntax.back(before))
        if not isinstance(first, Place) or not syntax.is_noun(before):
            return ()
        if first.types and not fits(before, first.types):
            return ()
        if at_comma and isinstance(pattern.elements[2], Place) and _is_list(syntax, before, here):
            return ()
        return _Walk(syntax, pattern, None).run(1, n, {first.role: (before,)})


def _is_list(syntax: Syntax, noun: int, comma: int) -> bool:
    """Whether the comma parts members of a list, and not a noun phrase from what explains it."""
    listed = syntax.noun_list(noun)
    return listed is not None and any(member > comma for member in (*listed.members, *listed.examples))


class _Walk:
    """One attempt to follow a pattern through a sentence from a token on."""

    __slots__ = ("gap", "pattern", "syntax", "verb")

    def __init__(self, syntax: Syntax, pattern: Pattern, verb: int | None) -> None:
        self.syntax = syntax
        self.pattern = pattern
        self.verb = verb
        self.gap = False

    def run(self, start: int, token: int, places: Mapping[str, tuple[int, ...]]) -> Sequence[Match]:
        """The ways in which the elements from `start` on stand at the token; only a gap gives more than one."""
        elements = self.pattern.elements
        for number in range(start, len(elements)):
            element = elements[number]
            after: int | None
            if isinstance(element, Fixed):
                after = self._fixed(element, number, token)
            elif isinstance(element, Place):
                after, members = self._place(element, number, token)
                places = {**places, element.role: members}
            elif isinstance(element, End):
                after = token if self._ends(token) else None
            elif isinstance(element, Action):
                paired = number > 1 and elements[number - 2] == _AND
                after = self._action(element, token, places if paired else {})
            else:
                self.gap = True
                return self._over_gap(number + 1, token, places)
            if after is None:
                return ()
            token = after
        return (Match(self.pattern, places, self.verb, self.gap),)

    def _over_gap(self, number: int, token: int, places: Mapping[str, tuple[int, ...]]) -> list[Match]:
        following = self.pattern.elements[number]
        words, chunk_at, parts = self.syntax.words, self.syntax.chunk_at, self.syntax.parts
        found: list[Match] = []
        for n in range(token, min(token + _LONGEST_GAP, len(words))):
            if isinstance(following, Fixed):
                if words[n].norm in following.words:
                    found += self.run(number, n, places)
            elif n == (part := parts[chunk_at[n]]).first:
                if part.kind == STOP and part.word != "-":
                    break
                found += self.run(number, n, places)
        return found

    def _ends(self, token: int) -> bool:
        """Whether nothing stands at the token that the words before it govern."""
        k = self.syntax.chunk_at.get(token, len(self.syntax.parts))
        while self.syntax.kind(k) == ADVERB:
            k += 1
        if self.syntax.kind(k) == PREPOSITION:
            return self.syntax.parts[k].word in _OF_TIME_OR_PLACE
        return self.syntax.kind(k) in _CLOSING

    def _fixed(self, element: Fixed, number: int, token: int) -> int | None:
        """The token after the word, over articles, adverbs and adjectives before it."""
        words, started = self.syntax.words, number > 0
        for n in range(token, min(token + _LONGEST_SKIP + 1, len(words))):
            if n > token and words[n].norm in english.PREPOSITIONS and self._has_passed_noun(token, n):
                return None  # "is a sour taste in" is not "is in"
            if words[n].norm in element.words or (":" in element.words and self._asks(n)):
                return n + 1
            if started and (inside := self._in_mention(element, n)) is not None:
                return inside
            part = self.syntax.parts[self.syntax.chunk_at[n]]
            skippable = (part.kind == ADVERB and part.word not in english.POSTPOSED) or (
                part.kind == NOUN_PHRASE and not any(m.start <= words[n].start < m.end for m in part.mentions)
            )
            if not started or not skippable:
                if started and n == token and (after := self._after_adjunct(element, number, n)) is not None:
                    return self._fixed(element, number, after)
                bracket = self.syntax.closing.get(self.syntax.chunk_at[n])
                if started and bracket is not None and part.kind == OPEN and n == token:
                    return self._fixed(element, number, self.syntax.parts[bracket].last + 1)
                if started and part.kind == COMMA and n == token and "," not in element.words:
                    continue
                return None
        return None

    def _has_passed_noun(self, start: int, token: int) -> bool:
        """Whether a noun phrase of more than an article stands right before the token, and not before `start`."""
        k = self.syntax.chunk_at[token - 1]
        part = self.syntax.parts[k]
        return start <= part.first < part.last == token - 1 and self.syntax.is_noun(k)

    def _after_adjunct(self, element: Fixed, number: int, token: int) -> int | None:
        """The token after "through the blood" in "carried through the blood by …", where "by" is looked for."""
        k = self.syntax.chunk_at[token]
        if self.syntax.kind(k) != PREPOSITION or not element.words <= english.PREPOSITIONS:
            return None
        before = self.pattern.elements[number - 1]
        if self.syntax.parts[k].word == "by" or not (
            isinstance(before, Place) or (isinstance(before, Action) and before.passive)
        ):
            return None  # "results from this in that" does not result in that
        listed = self.syntax.noun_list(self.syntax.forward(k))
        return self.syntax.parts[listed.members[-1]].last + 1 if listed is not None else None

    def _asks(self, token: int) -> bool:
        """Whether a question mark before a list stands for a colon: "What are the symptoms? - …"."""
        k = self.syntax.chunk_at[token]
        return self.syntax.words[token].text == "?" and self.syntax.is_bullet(k + 1)

    def _in_mention(self, element: Fixed, token: int) -> int | None:
        """The token after the word where it stands further on in a name: "risk" in "non-modifiable risk factor"."""
        word = self.syntax.words[token]
        for mention in self.syntax.parts[self.syntax.chunk_at[token]].mentions:
            for n in range(token, len(self.syntax.words)) if mention.start <= word.start < mention.end else ():
                if self.syntax.words[n].start >= mention.end:
                    break
                if self.syntax.words[n].norm in element.words:
                    return n + 1
        return None

    def _action(self, element: Action, token: int, places: Mapping[str, tuple[int, ...]]) -> int | None:
        k = self.syntax.chunk_at.get(token)
        while k is not None and (self.syntax.kind(k) == ADVERB or k in self.syntax.closing):
            k = self.syntax.closing.get(k, k) + 1
        if k is not None and self.syntax.kind(k) == PREPOSITION and self.syntax.is_noun(self.syntax.forward(k)):
            if self.syntax.parts[k].word not in _OF_TIME_OR_PLACE:
                return None  # "the symptoms of it are …"
            k = self.syntax.forward(self.syntax.forward(k))  # "the main cause of it in Europe is …"
        verb = self.syntax.verb(k) if k is not None else None
        if k is None or verb is None or verb.lemma not in element.lemmas or verb.passive != element.passive:
            return None
        said_of = set(self.syntax.subject(k))
        if not all(said_of.intersection(members) for members in places.values()):
            return None  # "S and O go together" wants both as its subject
        self.verb = k
        return self.syntax.parts[k].last + 1

    def _place(self, element: Place, number: int, token: int) -> tuple[int | None, tuple[int, ...]]:
        """The token after what stands in the place, and its noun phrases; None if nothing fits."""
        syntax = self.syntax
        k = syntax.chunk_at.get(token, len(syntax.parts))
        if k < len(syntax.parts) and token > syntax.parts[k].first and self._in_name(k, token):
            return None, ()  # "a complication of pregnancy" is one name here
        while k < len(syntax.parts) and (
            syntax.kinds[k] in (ADVERB, EXAMPLE, COLON) or syntax.is_bullet(k) or syntax.is_light(k)
        ):
            k += 1
        if (
            k < len(syntax.parts)
            and syntax.parts[k].word == "that"
            and (head := syntax.parts[k].head)
            and head.paraphrase
        ):
            return None, ()  # "means that blood sugar is high" names nothing
        listed = syntax.noun_list(k)
        if listed is None or (element.indefinite and not self._indefinite(k)):
            return None, ()
        members = (*listed.members, *listed.examples) if self.pattern.with_examples[number] else listed.members
        return syntax.parts[max(members)].last + 1, members

    def _in_name(self, k: int, token: int) -> bool:
        """Whether the token stands inside a name of the noun phrase at chunk k, and does not begin it."""
        start = self.syntax.words[token].start
        return any(m.start < start < m.end for m in self.syntax.parts[k].mentions)

    def _indefinite(self, k: int) -> bool:
        """A noun phrase that says "a", "one of the", or nothing at all."""
        part = self.syntax.parts[k]
        first = self.syntax.words[part.first].text.lower()
        verb = self.syntax.parts[self.verb].verb if self.verb is not None else None
        if first in english.INDEFINITE or self._singled_out(k):
            return True
        bare = first not in english.DETERMINERS | english.PRONOUNS
        return bare and verb is not None and (verb.plural or self._is_substance(k))

    def _is_substance(self, k: int) -> bool:
        """ "is starch that …", "is water found in …": no article, and a definition behind it."""
        n = self.syntax.forward(k)
        verb = self.syntax.verb(n)
        return self.syntax.kind(n) == RELATIVE or (verb is not None and not verb.finite)

    def _singled_out(self, k: int) -> bool:
        """ "the main protein of the blood", "the hormone that …", "two hormones": one of a class, or some."""
        part = self.syntax.parts[k]
        if part.head is None:
            return False
        if any(self.syntax.words[n].norm == "'s" for n in range(part.first, part.last)):
            return self.syntax.words[part.last].end == part.head.end  # "the body's chief fuel"
        if part.word != "the":
            return False
        n = self.syntax.forward(k)
        verb = self.syntax.verb(n)
        narrowed = self.syntax.kind(n) in (RELATIVE, PREPOSITION) or (verb is not None and not verb.finite)
        return narrowed or self.syntax.words[part.first].end + 1 < part.head.start
