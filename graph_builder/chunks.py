"""Cuts a sentence into noun phrases, verb groups and the small words between them.

A shallow parse after Abney ("Parsing by chunks", 1991), by closed classes of words and the forms of known verbs; what
is neither is taken for part of a noun phrase. Mentions of concepts are never cut.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.chunk import Chunk
from nutrigraph.graph_builder.english import ING, Verbs
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
    VERB_GROUP,
    Kind,
)
from nutrigraph.graph_builder.recognition import Found
from nutrigraph.graph_builder.tokens import Token
from nutrigraph.graph_builder.word_roles import TIMELY, WordRoles

_MARKS: dict[str, Kind] = {
    ",": COMMA, ":": COLON, "(": OPEN, "[": OPEN, ")": CLOSE, "]": CLOSE,
}  # fmt: skip
_RARELY_EXAMPLES = frozenset("like mainly mostly chiefly".split())
"""Before examples only behind a noun or a comma."""
_DEGREES = frozenset("most more less least much".split())
_LIGHT = frozenset("molecule unit particle residue atom ion chain backbone".split())
"""Nouns behind a substance's name that add nothing to it: "fructose molecules"."""
_COMPARED = frozenset("more fewer less".split())
_NUMBERS = frozenset("eight nine ten twenty thirty forty fifty hundred".split())
_ROUGHLY = frozenset("about around over under".split())
COUNTED = frozenset("two three four five six seven several many both".split())
_JOINING = frozenset({",", "and", "but", "or"})
_BEFORE_ADJECTIVES = frozenset({"a", "an", "its", "their"})


def chunks(words: list[Token], mentions: list[Found], verbs: Verbs) -> list[Chunk]:
    """The chunks of a sentence, in order, covering all its tokens. `mentions` and tokens count in the same text."""
    return _Chunker(words, mentions, verbs).run()


def _by_first_word(phrases: Iterable[str]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        found.setdefault(phrase.split()[0], []).append(phrase.split())
    return found


_ADVERBIALS = _by_first_word(english.ADVERBIALS)
_EXAMPLES = _by_first_word(english.EXAMPLES)


_CLOSED = frozenset[str]().union(
    english.AUXILIARIES, english.CONJUNCTIONS, english.DETERMINERS, english.FLOATED, english.NEGATIONS,
    english.POSTPOSED, english.PREPOSITIONS, english.PRONOUNS, english.RELATIVES, english.SUBORDINATORS,
    _ADVERBIALS, _DEGREES, _EXAMPLES, {"so", "to"},
)  # fmt: skip


@lru_cache(maxsize=1 << 16)
def _is_ordinary(word: str) -> bool:
    """Whether a word is of no closed class and no adverb: part of a noun phrase wherever it stands, if no verb."""
    if not word[0].isalnum() or word in _CLOSED or english.is_adverb(word):
        return False
    return not word.endswith(("n't", *english.VERBAL))


class _Chunker(WordRoles):
    def __init__(self, words: list[Token], mentions: list[Found], verbs: Verbs) -> None:
        super().__init__(words, verbs)
        self.mention_last: dict[int, int] = {}
        starts = [word.start for word in words] if mentions else []
        for mention in mentions:
            first, after = bisect_left(starts, mention.start), bisect_left(starts, mention.end)
            verb = first > 0 and self.lower[first - 1] in english.MODALS and self._is_verb_and_object(first, after)
            if first < after and not verb:
                self.mention_at[first] = mention
                self.mention_last[first] = after - 1
        self.noun_mentions: list[Found] = []

    def _is_verb_and_object(self, first: int, after: int) -> bool:
        """ "may upset the stomach" is no upset stomach."""
        return first + 1 < after and self.lower[first + 1] in english.DETERMINERS

    def run(self) -> list[Chunk]:
        n = 0
        while n < len(self.words):
            n = self._step(n)
        self._close_noun(len(self.words) - 1)
        return self.done

    def _step(self, n: int) -> int:
        """Takes what stands at token n; returns the token after it."""
        if n in self.mention_at:
            return self._mention(n)
        word = self.lower[n]
        if _is_ordinary(word) and word not in self.reader.verbs:
            if self.noun_start is None and word in TIMELY and self.done and self.done[-1].verb is not None:
                return self._simple(ADVERB, n, n)  # "eaten daily"
            self._open_noun(n)
            self.has_noun = True
            return n + 1
        if length := self._adverbial(n):
            return self._simple(ADVERB, n, n + length - 1)
        if length := self._example(n):
            return self._simple(EXAMPLE, n, n + length - 1)
        if word in _JOINING and self._joins_adjectives(n):
            return n + 1
        if not self.words[n].is_word:
            return self._mark(n)
        if (after := self._verb_group(n)) is not None:
            return after
        return self._small_word(n, word)

    def _joins_adjectives(self, n: int) -> bool:
        """Whether a comma or "and" stands between adjectives: "a small, pear-shaped organ", "a rare but serious …"."""
        if self.noun_start is None or self.noun_mentions or n + 1 >= len(self.words):
            return False
        opened = self.lower[self.noun_start] in _BEFORE_ADJECTIVES and self.noun_start < n - 1
        opened = opened or (self.noun_start == n - 1 and self._opens(n - 1))  # "Hollow, muscular organ"
        if not opened or not english.is_adjective(self.lower[n - 1]):
            return False
        following = self.lower[n + 1]
        known = self.reader.verbs.get(following)
        return (_is_ordinary(following) or n + 1 in self.mention_at) and (
            known is None or english.is_adjective(following) or Verbs.adjective_too(known.lemma)
        )

    def _opens(self, n: int) -> bool:
        """Whether token n opens the sentence, or the meaning of a term."""
        return n == 0 or (len(self.done) == 2 and self.done[1].kind in (STOP, COLON))

    def _small_word(self, n: int, word: str) -> int:
        following = self.lower[n + 1] if n + 1 < len(self.words) else ""
        if word in english.CONJUNCTIONS:
            return self._simple(CONJUNCTION, n, n)
        if word == "as" and self.lower[n : n + 3] == ["as", "well", "as"]:
            return self._simple(CONJUNCTION, n, n + 2)
        if word in english.RELATIVES and not (word == "that" and not self._after_noun() and self._starts_noun(n + 1)):
            return self._simple(RELATIVE, n, n)
        if word == "so" and following == "that":
            return self._simple(SUBORDINATOR, n, n + 1)
        if word in english.SUBORDINATORS:
            return self._simple(SUBORDINATOR, n, n)
        if word in _COMPARED and following == "than" and self._is_joined() and self._is_number(n + 2):
            return self._simple(ADVERB, n, n + 1)  # "and more than thirty polyphenols"
        if word in _ROUGHLY and following[:1].isdigit():
            return self._simple(ADVERB, n, n)  # "into about 25 proteins"
        if word in english.PREPOSITIONS and not self._is_name(n):
            return self._simple(PREPOSITION, n, n)
        if (
            word in english.FLOATED
            and self.noun_start is not None
            and self.has_noun
            and self.reader.verb(n + 1) is not None
        ):
            return self._simple(ADVERB, n, n)  # "hormones all influence …"
        if word in _DEGREES and english.is_adverb(following):
            return self._simple(ADVERB, n, n)  # "most often", "more slowly"
        if word in _DEGREES and self.noun_start is not None and self.lower[n - 1] in COUNTED:
            return n + 1  # "the two most common causes"
        if word in english.DETERMINERS and self._starts_noun(n + 1):
            if self.has_noun:
                self._close_noun(n - 1)
            self._open_noun(n)
            return n + 1
        if word in english.PRONOUNS:
            self._close_noun(n - 1)
            self.done.append(Chunk(NOUN_PHRASE, n, n, word))
            return n + 1
        if english.is_adverb(word) and not (self.noun_start is not None and not self.has_noun):
            return self._simple(ADVERB, n, n)
        if word in english.NEGATIONS and following:
            return self._simple(ADVERB, n, n)
        if (
            word in english.POSTPOSED
            and following in english.PREPOSITIONS
            and (self.has_noun or self._is_joined() or self._after_be())
        ):
            return self._simple(ADVERB, n, n)
        self._open_noun(n)
        self.has_noun = self.has_noun or not english.is_adverb(word)  # "a widely used drug"
        return n + 1

    def _is_joined(self) -> bool:
        """Whether a conjunction stands right before."""
        return self.noun_start is None and self.done != [] and self.done[-1].kind == CONJUNCTION

    def _is_number(self, n: int) -> bool:
        word = self.lower[n] if n < len(self.words) else ""
        return word[:1].isdigit() or word in COUNTED or word in _NUMBERS

    def _is_name(self, n: int) -> bool:
        """ "Down syndrome": a capital in the midst of a sentence is that of a name."""
        text, before = self.words[n].text, self.lower[n - 1] if n else ""
        return text.istitle() and (before == "," or before.isalpha()) and self.words[n + 1 : n + 2] != []

    def _mention(self, n: int) -> int:
        verb = self.reader.verbs.get(self.lower[n]) if self.mention_at[n].paraphrase else None
        if verb is not None and ING not in verb.forms and not Verbs.noun_too(verb.lemma):
            self._close_noun(n - 1)  # "cells | take up glucose": an action of what stands before it
        self._open_noun(n)
        self.noun_mentions.append(self.mention_at[n])
        self.has_noun = True
        return self.mention_last[n] + 1

    def _mark(self, n: int) -> int:
        text = self.words[n].text
        glued = 0 < n < len(self.words) - 1 and self.words[n - 1].end == self.words[n].start
        joins = text in "-/" and glued and self.words[n + 1].start == self.words[n].end
        if joins or self.words[n].norm == "'s" or text == '"' or text in "“”‘’'":
            return n + 1 if self.noun_start is not None else self._simple(ADVERB, n, n)
        return self._simple(_MARKS.get(text, STOP), n, n)

    def _simple(self, kind: Kind, first: int, last: int) -> int:
        self._close_noun(first - 1)
        self.done.append(Chunk(kind, first, last, " ".join(self.lower[first : last + 1])))
        return last + 1

    def _open_noun(self, n: int) -> None:
        if self.noun_start is None:
            self.noun_start, self.noun_mentions, self.has_noun = n, [], False

    def _close_noun(self, last: int) -> None:
        if self.noun_start is None:
            return
        first, self.noun_start = self.noun_start, None
        mentions = tuple(self.noun_mentions)
        ends = {self.words[last].end} | ({self.words[last - 1].end} if self.words[last].norm in _LIGHT else set())
        head = mentions[-1] if mentions and mentions[-1].end in ends else None
        if head is not None and len(mentions) > 1 and self._is_compound(mentions[-2], head, first):
            head = None
        self.done.append(Chunk(NOUN_PHRASE, first, last, self.lower[first], mentions, head))
        self.noun_mentions, self.has_noun = [], False

    def _is_compound(self, modifier: Found, head: Found, first: int) -> bool:
        """ "calcium absorption" is neither calcium nor absorption; "the hormone insulin" is insulin."""
        if head.paraphrase:
            return False  # "cells becoming resistant to insulin" is that state
        between = [w for w in self.words if modifier.end <= w.start < head.start]
        apposed = self.lower[first] in english.DETERMINERS and self.words[first].end < modifier.start
        return not apposed and all(w.text == "-" for w in between)

    def _adverbial(self, n: int) -> int:
        """How many tokens of a fixed phrase ("over time") begin at n."""
        length = self._phrase(n, _ADVERBIALS)
        return 0 if self.lower[n : n + 3] == ["as", "well", "as"] else length

    def _example(self, n: int) -> int:
        """How many tokens of what stands before examples begin at n."""
        length = self._phrase(n, _EXAMPLES) if n > 0 else 0
        return 0 if self.lower[n] in _RARELY_EXAMPLES and not self._after_noun_or_comma() else length

    def _phrase(self, n: int, phrases: Mapping[str, Sequence[list[str]]]) -> int:
        for parts in phrases.get(self.lower[n], ()):
            if self.lower[n : n + len(parts)] == parts and not self._mentioned(n, len(parts)):
                return len(parts)
        return 0

    def _mentioned(self, n: int, length: int) -> bool:
        return any(k in self.mention_at for k in range(n, n + length))

    def _after_noun(self) -> bool:
        if self.noun_start is not None:
            return self.has_noun
        before = self._before()
        return before is not None and before.kind in (NOUN_PHRASE, CLOSE)

    def _after_be(self) -> bool:
        before = self._before() if self.noun_start is None else None
        return before is not None and before.verb is not None and before.verb.lemma == "be"

    def _after_noun_or_comma(self) -> bool:
        before = self._before()
        return self._after_noun() or (before is not None and before.kind == COMMA)

    def _verb_group(self, n: int) -> int | None:
        """Takes the verb group at token n, if one starts there; returns the token after it."""
        if not self._starts_verb(n):
            return None
        group, after = self.reader.read(n)
        if group is None:
            return None
        self._close_noun(n - 1)
        if self.done and self.done[-1].kind == ADVERB:  # "never cures", "possibly causes"
            adverb = self.done[-1].word
            negated, hedged = adverb in english.NEGATIONS, adverb in english.HEDGES
            group = group._replace(negated=group.negated or negated, hedged=group.hedged or hedged)
        self.done.append(Chunk(VERB_GROUP, n, after - 1, " ".join(self.lower[n:after]), verb=group))
        return after
