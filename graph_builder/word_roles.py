"""Whether a word that can be a verb, or a noun, is one where it stands."""

from __future__ import annotations

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.chunk import Chunk
from nutrigraph.graph_builder.english import BASE, ING, PARTICIPLE, PAST, THIRD, VerbForm, Verbs
from nutrigraph.graph_builder.kinds import (
    ADVERB,
    CLOSE,
    COLON,
    COMMA,
    CONJUNCTION,
    EXAMPLE,
    NOUN_PHRASE,
    PREPOSITION,
    RELATIVE,
    STOP,
    VERB_GROUP,
)
from nutrigraph.graph_builder.recognition import Found
from nutrigraph.graph_builder.tokens import Token
from nutrigraph.graph_builder.verb_groups import VerbReader

_WITH_TO = frozenset("lead relate link contribute expose".split())
_CLAUSAL = frozenset("believe show suggest think say find mean know report suspect assume prove indicate".split())
"""Verbs that a whole clause may follow: "studies show exercise helps"."""
_AFTER_VERB = frozenset("to in by on with".split())
_LETTING = frozenset({"make", "let"})
_LONGEST_OBJECT = 7
_RANKED = frozenset("best well least".split())
_KNOWN = frozenset("known studied understood".split())
_BEFORE_VERB = english.BE | english.MODALS | english.HAVE
_NEVER_NOUNS = english.PREPOSITIONS | english.BE | english.MODALS | english.CONJUNCTIONS
_BEGINS_OBJECT = english.DETERMINERS | english.PRONOUNS | _AFTER_VERB | frozenset({"plenty", "lots"})
NAMING = frozenset("call know name term".split())
TIMELY = frozenset("daily weekly monthly".split())


class WordRoles:
    """The words of a sentence that is being cut into chunks: `done` are those that are finished, `noun_start` is where
    the noun phrase begins that is open."""

    def __init__(self, words: list[Token], verbs: Verbs) -> None:
        self.words = words
        self.mention_at: dict[int, Found] = {}
        self.reader = VerbReader(words, verbs, self.mention_at)
        self.lower = self.reader.lower
        self.done: list[Chunk] = []
        self.noun_start: int | None = None
        self.has_noun = False

    def _starts_noun(self, n: int) -> bool:
        """Whether what follows a determiner can be its noun: not the end, a verb form, a preposition or a mark."""
        if n >= len(self.words):
            return False
        if n in self.mention_at:
            return True
        word = self.lower[n]
        if not self.words[n].is_word or word in _NEVER_NOUNS:
            return False
        verb = self.reader.verbs.get(word)
        return verb is None or Verbs.noun_too(verb.lemma) or THIRD not in verb.forms

    # Verb groups

    def _starts_verb(self, n: int) -> bool:
        word = self.lower[n]
        if word == "to":
            return self.reader.is_infinitive(n) and not self._is_noun_after_to(n)
        if word in english.AUXILIARIES or word.endswith("n't"):
            return not (word in {"being", "having"} and self.noun_start is not None and not self.has_noun)
        verb = self.reader.verb(n)
        return verb is not None and self._is_verb(n, verb)

    def _is_noun_after_to(self, n: int) -> bool:
        """ "exposed to stress", "due to damage": behind such words "to" governs a noun."""
        verb = self.reader.verb(n + 1)
        before = self._before()
        governs = before is not None and before.verb is not None and before.verb.lemma in _WITH_TO
        return verb is not None and Verbs.noun_too(verb.lemma) and (governs or self.lower[n - 1 : n] == ["due"])

    def _is_verb(self, n: int, verb: VerbForm) -> bool:
        """Whether a word that can be a verb is one here."""
        in_noun = self.noun_start is not None
        if in_noun and not self.has_noun:
            return False
        if n > 0 and self.words[n - 1].text == "-" and self.words[n - 1].end == self.words[n].start:
            return False  # "insulin-producing cells"
        following = self.lower[n + 1] if n + 1 < len(self.words) else ""
        before = self._before()
        if ING in verb.forms and following in {",", "and", "or"} and self._wants_object(before):
            return False  # "may notice straining, bloating and …"
        if ING in verb.forms:
            return following != "of" or before is None or before.kind != PREPOSITION
        if PARTICIPLE in verb.forms or PAST in verb.forms:
            return self._is_participle(n, verb, in_noun)
        if not in_noun and before is not None and before.kind == PREPOSITION:
            return False
        if following == "of" and Verbs.noun_too(verb.lemma):
            return False
        if THIRD in verb.forms:
            return self._third_is_verb(n, verb, in_noun)
        return self._base_is_verb(n, verb, in_noun)

    def _third_is_verb(self, n: int, verb: VerbForm, in_noun: bool) -> bool:
        if not Verbs.noun_too(verb.lemma):
            return True
        if n == 0 and (1 in self.mention_at or self.lower[1:2] in (["the"], ["a"], ["an"])):
            return True  # "Causes fatigue and …", of what a list is about
        if not in_noun and not self._after_clause_part():
            return False
        before = self._before()
        if not in_noun and before is not None and before.kind == CONJUNCTION and not self._goes_on_from_verb():
            return False  # "stress and changes in routine can …"
        if in_noun and before is not None and before.verb is not None and before.verb.finite:
            opened = self.noun_start is not None and self.lower[self.noun_start] == "that"
            if not opened and before.verb.lemma not in _CLAUSAL:
                return False  # "carry pain signals"
        k = self.reader.skip_adverbs(n + 1)
        following = self.lower[k] if k < len(self.words) else ""
        auxiliary = following in _BEFORE_VERB and k not in self.mention_at
        return not auxiliary and following not in {"", ",", "."}

    def _base_is_verb(self, n: int, verb: VerbForm, in_noun: bool) -> bool:
        before = self._before()
        if Verbs.adjective_too(verb.lemma) and (before is None or before.kind == COMMA):
            told = (
                in_noun and english.is_plural(self.lower[n - 1]) and self._object_follows(n)
            )  # "high doses lower fat"
            if not told and not self._is_one_of_verbs(n):
                return False  # "dry skin" opens a sentence more often than an order to dry it
        if not Verbs.noun_too(verb.lemma):
            return in_noun or (before is not None and before.kind not in (VERB_GROUP,)) or before is None
        if in_noun:
            if before is not None and before.verb is not None and before.verb.lemma in _LETTING:
                return self.lower[self.noun_start or 0] in english.DETERMINERS  # "makes the stomach contract"
            joined = before is not None and before.kind == CONJUNCTION
            several = joined or english.is_plural(self.words[n - 1].text) or self._is_of_several(before)
            return several and self._object_follows(n)
        if before is None:
            return False
        if before.kind == STOP and self._after_to():
            return self._object_follows(n)
        if before.kind == NOUN_PHRASE and before.word in {"they", "we", "you", "who"}:
            return True
        links = (RELATIVE, CONJUNCTION, NOUN_PHRASE, CLOSE, COMMA)
        return before.kind in links and self._object_follows(n)

    @staticmethod
    def _wants_object(before: Chunk | None) -> bool:
        """Whether a noun is to be expected: behind a finite verb other than "be", or before examples."""
        if before is None or before.verb is None:
            return before is not None and before.kind == EXAMPLE
        return before.verb.finite and before.verb.lemma != "be" and not before.verb.passive

    def _is_one_of_verbs(self, n: int) -> bool:
        """ "raise LDL, lower HDL and increase the risk": between two other verbs without an ending."""
        last = next((part.verb for part in reversed(self.done) if part.verb is not None), None)
        if last is None or last.form != BASE or last.lemma == "be":
            return False
        for k in range(n + 2, min(n + _LONGEST_OBJECT, len(self.words) - 1)):
            if self.lower[k] == "and":
                verb = self.reader.verb(self.reader.skip_adverbs(k + 1))
                return verb is not None and BASE in verb.forms
        return False

    def _is_of_several(self, before: Chunk | None) -> bool:
        """ "Bacteria in the colon ferment …": whether what the noun phrase hangs on, the first of all, is a plural."""
        if before is None or before.kind != PREPOSITION or len(self.done) != 2:
            return False
        return english.is_plural(self.lower[self.done[0].last])

    def _goes_on_from_verb(self) -> bool:
        """Whether a verb stands before, which one behind a conjunction can go on from."""
        return any(part.verb is not None or part.kind == COLON for part in self.done)

    def _after_to(self) -> bool:
        """Whether a list that stands behind "to:" goes on: "is used to: - check kidney function"."""
        return any(part.kind == COLON and n > 0 and self.done[n - 1].word == "to" for n, part in enumerate(self.done))

    def _object_follows(self, n: int) -> bool:
        following = self.lower[n + 1] if n + 1 < len(self.words) else ""
        if english.is_adverb(following) or english.is_adjective(following):
            return True
        return n + 1 in self.mention_at or following in _BEGINS_OBJECT

    def _after_clause_part(self) -> bool:
        before = self._before()
        links = (NOUN_PHRASE, RELATIVE, CONJUNCTION, CLOSE, COMMA, STOP)
        return before is not None and before.kind in links

    def _is_participle(self, n: int, verb: VerbForm, in_noun: bool) -> bool:
        k = self.reader.skip_adverbs(n + 1)
        k += k < len(self.words) and self.lower[k] in TIMELY
        following = self.lower[k] if k < len(self.words) else ""
        governs = following in english.PREPOSITIONS or following in {"as", "to"} or verb.lemma in NAMING
        if in_noun and self.lower[n] in _KNOWN and self.lower[n - 1] in _RANKED and following in {",", ")"}:
            return False  # "beta-carotene, the best known, …"
        if in_noun:
            has_object = k in self.mention_at or following in english.DETERMINERS
            return governs or has_object or PARTICIPLE not in verb.forms
        before = self._before()
        if before is None:
            return governs
        if before.kind == PREPOSITION:
            return False
        if before.kind in (VERB_GROUP, EXAMPLE) and not governs:
            return False
        return governs or (before.kind in (RELATIVE, NOUN_PHRASE, CLOSE) and bool(following))

    def _before(self) -> Chunk | None:
        return next((c for c in reversed(self.done) if c.kind != ADVERB), None)
