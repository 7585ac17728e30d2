"""Cuts a sentence into noun phrases, verb groups and the small words between them.

A shallow parse after Abney ("Parsing by chunks", 1991), by closed classes of words and the forms of known verbs; what
is neither is taken for part of a noun phrase. Mentions of concepts are never cut.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.english import Form, VerbForm, Verbs
from nutrigraph.graph_builder.recognition import Found
from nutrigraph.graph_builder.tokens import Token


class Kind(StrEnum):
    """What a chunk is."""

    NOUN_PHRASE = "noun phrase"
    VERB_GROUP = "verb group"
    PREPOSITION = "preposition"
    CONJUNCTION = "conjunction"
    RELATIVE = "relative"
    SUBORDINATOR = "subordinator"
    EXAMPLE = "example"
    ADVERB = "adverb"
    COMMA = "comma"
    COLON = "colon"
    OPEN = "open"
    CLOSE = "close"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its auxiliaries: "may also result", "is used to regulate" (the last verb counts).

    `form` is FINITE forms as BASE, THIRD or PAST, else PARTICIPLE or ING; `infinitive` after "to". `chain` holds the
    verbs that were looked through ("help", "use"), `purpose` whether the first of them was in the passive.
    """

    lemma: str
    form: Form
    passive: bool = False
    infinitive: bool = False
    hedged: bool = False
    negated: bool = False
    plural: bool = False
    chain: tuple[str, ...] = ()

    @property
    def finite(self) -> bool:
        return self.form in (Form.BASE, Form.THIRD, Form.PAST) and not self.infinitive


@dataclass(frozen=True, slots=True)
class Chunk:
    """One piece of a sentence: tokens[first:last + 1]. A noun phrase knows its mentions and, if the last of them ends
    it, its head; a verb group its verb."""

    kind: Kind
    first: int
    last: int
    word: str = ""
    mentions: tuple[Found, ...] = ()
    head: Found | None = None
    verb: VerbGroup | None = None


_MARKS = {
    ",": Kind.COMMA, ":": Kind.COLON, "(": Kind.OPEN, "[": Kind.OPEN, ")": Kind.CLOSE, "]": Kind.CLOSE,
}  # fmt: skip
_EXAMPLES = tuple(
    tuple(phrase.split())
    for phrase in (
        "such as, for example, for instance, including, especially, particularly, mainly, namely, notably, e . g ., "
        "e.g, like, chiefly, mostly, above all"
    ).split(", ")
)
"""What stands before examples, or before those members of a class that matter most."""
_THROUGH = frozenset(
    "help try tend need begin start continue use seem appear work serve act fail know think believe suspect design "
    "intend show find say consider function want ease".split()
)
"""Verbs that are looked through to the infinitive that follows: "helps to control", "is used to treat"."""
_THROUGH_ADJECTIVES = frozenset(
    "able unable likely unlikely necessary needed essential important ready prone known".split()
)
_DOUBTING = frozenset("seem appear think believe suspect consider".split())
_NAMING = frozenset("call know name term".split())


def chunks(words: list[Token], mentions: list[Found], verbs: Verbs) -> list[Chunk]:
    """The chunks of a sentence, in order, covering all its tokens. `mentions` and tokens count in the same text."""
    return _Chunker(words, mentions, verbs).run()


class _Chunker:
    def __init__(self, words: list[Token], mentions: list[Found], verbs: Verbs) -> None:
        self.words = words
        self.lower = [w.text.lower().replace("’", "'") for w in words]
        self.verbs = verbs
        self.mention_at: dict[int, Found] = {}
        self.mention_last: dict[int, int] = {}
        for mention in mentions:
            inside = [n for n, w in enumerate(words) if mention.start <= w.start < mention.end]
            if inside:
                self.mention_at[inside[0]] = mention
                self.mention_last[inside[0]] = inside[-1]
        self.done: list[Chunk] = []
        self.noun_start: int | None = None
        self.noun_mentions: list[Found] = []
        self.has_noun = False

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
        if length := self._fixed(n, english.ADVERBIALS):
            return self._simple(Kind.ADVERB, n, n + length - 1)
        if length := self._example(n):
            return self._simple(Kind.EXAMPLE, n, n + length - 1)
        if not self.words[n].is_word:
            return self._mark(n)
        if (after := self._verb_group(n)) is not None:
            return after
        return self._small_word(n, word)

    def _small_word(self, n: int, word: str) -> int:
        following = self.lower[n + 1] if n + 1 < len(self.words) else ""
        if word in english.CONJUNCTIONS:
            return self._simple(Kind.CONJUNCTION, n, n)
        if word == "as" and self.lower[n : n + 3] == ["as", "well", "as"]:
            return self._simple(Kind.CONJUNCTION, n, n + 2)
        if word in english.RELATIVES and not (word == "that" and not self._after_noun() and self._starts_noun(n + 1)):
            return self._simple(Kind.RELATIVE, n, n)
        if word == "so" and following == "that":
            return self._simple(Kind.SUBORDINATOR, n, n + 1)
        if word in english.SUBORDINATORS:
            return self._simple(Kind.SUBORDINATOR, n, n)
        if word in english.PREPOSITIONS:
            return self._simple(Kind.PREPOSITION, n, n)
        if word in english.DETERMINERS and self._starts_noun(n + 1):
            if self.has_noun:
                self._close_noun(n - 1)
            self._open_noun(n)
            return n + 1
        if word in english.PRONOUNS:
            self._close_noun(n - 1)
            self.done.append(Chunk(Kind.NOUN_PHRASE, n, n, word))
            return n + 1
        if (word in english.ADVERBS or word.endswith("ly")) and not (self.noun_start is not None and not self.has_noun):
            return self._simple(Kind.ADVERB, n, n)
        if word in english.NEGATIONS and following:
            return self._simple(Kind.ADVERB, n, n)
        if word in english.POSTPOSED and self.noun_mentions and following in english.PREPOSITIONS:
            return self._simple(Kind.ADVERB, n, n)
        self._open_noun(n)
        self.has_noun = True
        return n + 1

    def _mention(self, n: int) -> int:
        verb = self.verbs.get(self.lower[n]) if self.mention_at[n].paraphrase else None
        if verb is not None and Form.ING not in verb.forms and not Verbs.noun_too(verb.lemma):
            self._close_noun(n - 1)  # "cells | take up glucose": an action of what stands before it
        self._open_noun(n)
        self.noun_mentions.append(self.mention_at[n])
        self.has_noun = True
        return self.mention_last[n] + 1

    def _mark(self, n: int) -> int:
        text = self.words[n].text
        glued = 0 < n < len(self.words) - 1 and self.words[n - 1].end == self.words[n].start
        if (text in "-/" and glued and self.words[n + 1].start == self.words[n].end) or self.words[n].norm == "'s":
            return n + 1
        if text == '"' or text in "“”‘’'":
            return n + 1 if self.noun_start is not None else self._simple(Kind.ADVERB, n, n)
        return self._simple(_MARKS.get(text, Kind.STOP), n, n)

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
        head = mentions[-1] if mentions and mentions[-1].end == self.words[last].end else None
        if head is not None and len(mentions) > 1 and self._is_compound(mentions[-2], head, first):
            head = None
        self.done.append(Chunk(Kind.NOUN_PHRASE, first, last, self.lower[first], mentions, head))
        self.noun_mentions, self.has_noun = [], False

    def _is_compound(self, modifier: Found, head: Found, first: int) -> bool:
        """ "calcium absorption" is neither calcium nor absorption; "the hormone insulin" is insulin."""
        if head.paraphrase:
            return False  # "cells becoming resistant to insulin" is that state
        between = [w for w in self.words if modifier.end <= w.start < head.start]
        apposed = self.lower[first] in english.DETERMINERS and self.words[first].end < modifier.start
        return not apposed and all(w.text == "-" for w in between)

    def _fixed(self, n: int, phrases: tuple[str, ...]) -> int:
        for phrase in phrases:
            parts = phrase.split()
            if self.lower[n : n + len(parts)] == parts and not self._mentioned(n, len(parts)):
                if phrase == "as well" and self.lower[n + 2 : n + 3] == ["as"]:
                    return 0
                return len(parts)
        return 0

    def _example(self, n: int) -> int:
        if n == 0:
            return 0
        for parts in _EXAMPLES:
            if tuple(self.lower[n : n + len(parts)]) == parts and not self._mentioned(n, len(parts)):
                if parts in (("like",), ("mainly",), ("mostly",)) and not self._after_noun_or_comma():
                    return 0
                return len(parts)
        return 0

    def _mentioned(self, n: int, length: int) -> bool:
        return any(k in self.mention_at for k in range(n, n + length))

    def _after_noun(self) -> bool:
        if self.noun_start is not None:
            return self.has_noun
        before = self._before()
        return before is not None and before.kind in (Kind.NOUN_PHRASE, Kind.CLOSE)

    def _after_noun_or_comma(self) -> bool:
        before = self._before()
        return self._after_noun() or (before is not None and before.kind is Kind.COMMA)

    def _before(self) -> Chunk | None:
        return next((c for c in reversed(self.done) if c.kind is not Kind.ADVERB), None)

    def _starts_noun(self, n: int) -> bool:
        """Whether what follows a determiner can be its noun: not the end, a verb form, a preposition or a mark."""
        if n >= len(self.words):
            return False
        if n in self.mention_at:
            return True
        word = self.lower[n]
        if (
            not self.words[n].is_word
            or word in english.PREPOSITIONS | english.BE | english.MODALS | english.CONJUNCTIONS
        ):
            return False
        verb = self.verbs.get(word)
        return verb is None or Verbs.noun_too(verb.lemma) or Form.THIRD not in verb.forms

    # Verb groups

    def _verb_group(self, n: int) -> int | None:
        start = self._verb_start(n)
        if start is None:
            return None
        group, after = self._read_verb(n, start)
        if group is None:
            return None
        group, after = self._through(group, after)
        self._close_noun(n - 1)
        self.done.append(Chunk(Kind.VERB_GROUP, n, after - 1, " ".join(self.lower[n:after]), verb=group))
        return after

    def _verb_start(self, n: int) -> bool | None:
        """Whether a verb group starts at token n: True for an infinitive, False for any other, None for none."""
        word = self.lower[n]
        if word == "to":
            k = self._skip_adverbs(n + 1)
            verb = self.verbs.get(self.lower[k]) if k < len(self.words) and k not in self.mention_at else None
            if k < len(self.words) and (self.lower[k] in {"be", "have"} or (verb and Form.BASE in verb.forms)):
                return True if not (verb and self._is_noun_after_to(k, verb)) else None
            return None
        if word in english.MODALS | english.BE | english.DO | english.HAVE or word.endswith("n't"):
            return None if word in {"being", "having"} and self.noun_start is not None and not self.has_noun else False
        verb = self.verbs.get(word)
        if verb is None or not self._is_verb(n, verb):
            return None
        return False

    def _is_noun_after_to(self, k: int, verb: VerbForm) -> bool:
        """ "exposed to stress", "due to damage": a noun where no object follows a preposition that governs nouns."""
        before = self._before()
        governs = (
            before is not None
            and before.verb is not None
            and before.verb.lemma in {"lead", "relate", "link", "contribute", "expose"}
        )
        return Verbs.noun_too(verb.lemma) and (governs or self.lower[k - 2 : k - 1] == ["due"])

    def _is_verb(self, n: int, verb: VerbForm) -> bool:
        """Whether a word that can be a verb is one here."""
        in_noun = self.noun_start is not None
        if in_noun and not self.has_noun:
            return False
        following = self.lower[n + 1] if n + 1 < len(self.words) else ""
        before = self._before()
        if Form.ING in verb.forms:
            return following != "of" or before is None or before.kind is not Kind.PREPOSITION
        if Form.PARTICIPLE in verb.forms or Form.PAST in verb.forms:
            return self._is_participle(n, verb, in_noun)
        if not in_noun and before is not None and before.kind is Kind.PREPOSITION:
            return False
        if following == "of" and Verbs.noun_too(verb.lemma):
            return False
        if Form.THIRD in verb.forms:
            return self._third_is_verb(n, verb, in_noun)
        return self._base_is_verb(n, verb, in_noun)

    def _third_is_verb(self, n: int, verb: VerbForm, in_noun: bool) -> bool:
        if not Verbs.noun_too(verb.lemma):
            return True
        if not in_noun and not self._after_clause_part():
            return False
        k = self._skip_adverbs(n + 1)
        following = self.lower[k] if k < len(self.words) else ""
        return not (
            following in english.BE | english.MODALS | english.HAVE and k not in self.mention_at
        ) and following not in {"", ",", "."}

    def _base_is_verb(self, n: int, verb: VerbForm, in_noun: bool) -> bool:
        before = self._before()
        if not Verbs.noun_too(verb.lemma):
            return in_noun or (before is not None and before.kind not in (Kind.VERB_GROUP,)) or before is None
        if in_noun:
            joined = before is not None and before.kind is Kind.CONJUNCTION
            return (joined or self.words[n - 1].text.endswith("s")) and self._object_follows(n)
        if before is None:
            return False
        if before.kind is Kind.NOUN_PHRASE and before.word in {"they", "we", "you", "who"}:
            return True
        return before.kind in (Kind.RELATIVE, Kind.CONJUNCTION, Kind.NOUN_PHRASE, Kind.CLOSE) and self._object_follows(
            n
        )

    def _object_follows(self, n: int) -> bool:
        following = self.lower[n + 1] if n + 1 < len(self.words) else ""
        return n + 1 in self.mention_at or following in english.DETERMINERS | english.PRONOUNS | {
            "to",
            "in",
            "by",
            "on",
            "with",
        }

    def _after_clause_part(self) -> bool:
        before = self._before()
        return before is not None and before.kind in (
            Kind.NOUN_PHRASE,
            Kind.RELATIVE,
            Kind.CONJUNCTION,
            Kind.CLOSE,
            Kind.COMMA,
        )

    def _is_participle(self, n: int, verb: VerbForm, in_noun: bool) -> bool:
        following = self.lower[n + 1] if n + 1 < len(self.words) else ""
        governs = following in english.PREPOSITIONS or following in {"as", "to"} or verb.lemma in _NAMING
        if in_noun:
            return (
                governs
                or Form.PARTICIPLE not in verb.forms
                or n + 1 in self.mention_at
                or following in english.DETERMINERS
            )
        before = self._before()
        if before is None:
            return governs
        if before.kind is Kind.PREPOSITION:
            return False
        if before.kind in (Kind.VERB_GROUP, Kind.EXAMPLE) and not governs:
            return False
        return governs or (before.kind in (Kind.RELATIVE, Kind.NOUN_PHRASE, Kind.CLOSE) and bool(following))

    def _skip_adverbs(self, n: int) -> int:
        while (
            n < len(self.words)
            and n not in self.mention_at
            and (
                self.lower[n] in english.ADVERBS | english.NEGATIONS
                or (self.lower[n].endswith("ly") and self.lower[n] not in {"supply", "rely"})
            )
        ):
            n += 1
        return n

    def _read_verb(self, n: int, infinitive: bool) -> tuple[VerbGroup | None, int]:
        """Reads auxiliaries and one main verb from token n on."""
        hedged = negated = passive = False
        form: Form | None = None
        k = n + 1 if infinitive else n
        last_be = None
        plural = False
        while k < len(self.words) and k not in self.mention_at:
            word = self.lower[k]
            if word in english.NEGATIONS or word.endswith("n't"):
                negated = True
            if word in english.HEDGES:
                hedged = True
            if word in english.BE | english.MODALS | english.DO | english.HAVE or word.endswith("n't"):
                form = form or (Form.ING if word in {"being", "having"} else Form.BASE)
                plural = plural or word in {"are", "have", "do"}
                last_be = k if word in english.BE else (k if word in english.HAVE and last_be is None else last_be)
                passive = word in english.BE
            elif not (
                word in english.ADVERBS | english.NEGATIONS
                or word in english.HEDGES
                or (word.endswith("ly") and word not in {"supply", "rely"})
            ):
                break
            k += 1
        verb = self.verbs.get(self.lower[k]) if k < len(self.words) and k not in self.mention_at else None
        main = self._main_form(verb, k, passive, form is not None or infinitive)
        if verb is None or main is None:
            return self._without_main(n, last_be, form, infinitive, hedged, negated, plural)
        if form is None and not infinitive:
            form, plural = main, main is Form.BASE
        is_passive = main is Form.PARTICIPLE and (passive or form is Form.PARTICIPLE)
        return VerbGroup(verb.lemma, form or Form.BASE, is_passive, infinitive, hedged, negated, plural), k + 1

    def _main_form(self, verb: VerbForm | None, k: int, after_be: bool, has_auxiliary: bool) -> Form | None:
        """Which form the main verb has, given what stands before it; None if it cannot be the main verb here."""
        if verb is None:
            return None
        if after_be:
            following = self.lower[k + 1] if k + 1 < len(self.words) else ""
            if Form.PARTICIPLE in verb.forms:
                return Form.PARTICIPLE
            if Form.ING in verb.forms and following != "of":
                return Form.ING
            return None
        order = (
            (Form.BASE, Form.PARTICIPLE)
            if has_auxiliary
            else (Form.PARTICIPLE, Form.PAST, Form.THIRD, Form.ING, Form.BASE)
        )
        found = next((f for f in order if f in verb.forms), None)
        if not has_auxiliary and found is Form.PARTICIPLE and Form.BASE in verb.forms:
            return Form.BASE
        return found

    def _without_main(
        self,
        n: int,
        last_be: int | None,
        form: Form | None,
        infinitive: bool,
        hedged: bool,
        negated: bool,
        plural: bool,
    ) -> tuple[VerbGroup | None, int]:
        """ "is", "has" and "does" as main verbs; the adverbs behind them are left for the next chunk."""
        if last_be is None:
            return None, n
        lemma = "be" if self.lower[last_be] in english.BE else "have"
        return VerbGroup(
            lemma, form or Form.BASE, False, infinitive, hedged, negated, plural
        ), last_be + 1 + self._trailing(last_be)

    def _trailing(self, k: int) -> int:
        """How many negations follow at once: "is not", "has no longer" belong to the verb."""
        count = 0
        while k + 1 + count < len(self.words) and self.lower[k + 1 + count] in english.NEGATIONS | {
            "also",
            "usually",
            "often",
        }:
            count += 1
        return count

    def _through(self, group: VerbGroup, after: int) -> tuple[VerbGroup, int]:
        """Looks through "helps to", "is used to", "is able to" to the verb that says what happens."""
        k = self._skip_adverbs(after)
        if (
            group.lemma == "be"
            and k < len(self.words)
            and self.lower[k] in _THROUGH_ADJECTIVES
            and self.lower[k + 1 : k + 2] == ["to"]
        ):
            negative = self.lower[k] in {"unable", "unlikely"}
            hedged = self.lower[k] in {"likely", "prone"}
            inner, end = self._read_verb(k + 1, True) if self._verb_start(k + 1) else (None, k)
            if inner is not None:
                return self._through(self._merge(group, inner, "able", hedged=hedged, negated=negative), end)
        if group.lemma not in _THROUGH or k >= len(self.words) or k in self.mention_at:
            return group, after
        bare = group.lemma == "help" and (v := self.verbs.get(self.lower[k])) is not None and Form.BASE in v.forms
        if bare or self._verb_start(k):
            inner, end = self._read_verb(k, not bare)
            if inner is not None:
                doubt = group.lemma in _DOUBTING
                return self._through(
                    self._merge(group, inner, group.lemma, hedged=doubt, negated=group.lemma == "fail"), end
                )
        return group, after

    @staticmethod
    def _merge(outer: VerbGroup, inner: VerbGroup, through: str, *, hedged: bool, negated: bool) -> VerbGroup:
        return replace(
            inner,
            form=outer.form if outer.form is not Form.PARTICIPLE else Form.PARTICIPLE,
            infinitive=outer.infinitive,
            hedged=outer.hedged or inner.hedged or hedged,
            negated=outer.negated or inner.negated or negated,
            plural=outer.plural,
            chain=(*outer.chain, through, *inner.chain),
        )
