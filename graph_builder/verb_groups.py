"""Reads a verb with all that belongs to it: "may also result", "is usually used to treat"."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.english import BASE, ING, PARTICIPLE, PAST, THIRD, Form, VerbForm, Verbs
from nutrigraph.graph_builder.tokens import Token


class VerbGroup(NamedTuple):
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
        return self.form in (BASE, THIRD, PAST) and not self.infinitive


_THROUGH = frozenset(
    "help try tend need begin start continue use seem appear work serve act fail know think believe suspect design "
    "intend show find say claim report consider function want ease".split()
)
"""Verbs that are looked through to the infinitive that follows: "helps to control", "is used to treat"."""
_THROUGH_ADJECTIVES = frozenset(
    "able unable likely unlikely necessary needed essential important ready prone known".split()
)
_NAMING = frozenset("call name term".split())
_NEEDED = frozenset("necessary needed essential important".split())
_MAKING = frozenset("make produce form build create synthesize synthesise".split())
"""What is used or needed "to make" a thing does not make it."""
_SEEMING = frozenset({"seem", "seems"})
_DOUBTING = frozenset("seem appear think believe suspect consider say claim".split())
_LONGEST_ASIDE = 8
_MODIFYING = english.NEGATIONS | english.HEDGES
_TRAILING = english.NEGATIONS | {"also", "usually", "often"}


class VerbReader:
    """Reads verb groups in the tokens of a sentence; `mentions` are the tokens at which a mention begins."""

    def __init__(self, words: list[Token], verbs: Verbs, mentions: Container[int]) -> None:
        self.words = words
        self.lower = [w.lower for w in words]
        self.verbs = verbs
        self.mention_at = mentions

    def verb(self, n: int) -> VerbForm | None:
        """What token n is as a verb; None for none, the end, or part of a mention."""
        return self.verbs.get(self.lower[n]) if n < len(self.words) and n not in self.mention_at else None

    def is_infinitive(self, n: int) -> bool:
        """Whether "to" and a base form stand at token n, with adverbs between them or not."""
        if n >= len(self.words) or self.lower[n] != "to":
            return False
        k = self.skip_adverbs(n + 1)
        verb = self.verb(k)
        return k < len(self.words) and (self.lower[k] in {"be", "have"} or (verb is not None and BASE in verb.forms))

    def read(self, n: int) -> tuple[VerbGroup | None, int]:
        """The verb group at token n, looked through to the verb that says what happens, and the token after it."""
        group, after = self._read_verb(n, self.lower[n] == "to")
        return (None, n) if group is None else self._through(group, after)

    def skip_adverbs(self, n: int) -> int:
        """The first token from n on that is no adverb."""
        while (
            n < len(self.words)
            and n not in self.mention_at
            and (self.lower[n] in english.NEGATIONS or english.is_adverb(self.lower[n]))
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
            if word in english.AUXILIARIES or word.endswith("n't"):
                form = form or (ING if word in {"being", "having"} else BASE)
                plural = plural or word in {"are", "have", "do"}
                last_be = k if word in english.BE else (k if word in english.HAVE and last_be is None else last_be)
                passive = word in english.BE
            elif word == "," and form is not None and (after := self._over_aside(k)) is not None:
                k = after
                continue
            elif word in _SEEMING and self.is_infinitive(k + 1):
                break  # "seem to help"
            elif not (word in _MODIFYING or english.is_adverb(word) or (form is not None and word in english.FLOATED)):
                break
            k += 1
        verb = self.verbs.get(self.lower[k]) if k < len(self.words) and k not in self.mention_at else None
        main = self._main_form(verb, k, passive, form is not None or infinitive)
        if verb is None or main is None:
            return self._without_main(n, last_be, form, infinitive, hedged, negated, plural)
        if form is None and not infinitive:
            main = PAST if self._has_object(verb, k) else main
            form, plural = main, main == BASE
        is_passive = main == PARTICIPLE and (passive or form == PARTICIPLE)
        return VerbGroup(verb.lemma, form or BASE, is_passive, infinitive, hedged, negated, plural), k + 1

    def _over_aside(self, comma: int) -> int | None:
        """From the comma of "can, in rare cases, cause" to the verb, if the auxiliary waits for it over the aside."""
        if comma == 0 or self.lower[comma - 1] not in english.MODALS | english.BE:
            return None
        for n in range(comma + 2, min(comma + _LONGEST_ASIDE, len(self.words) - 1)):
            if self.lower[n] == ",":
                k = self.skip_adverbs(n + 1)
                return k if (verb := self.verb(k)) is not None and not verb.forms <= {THIRD, PAST} else None
            if not self.words[n].is_word:
                return None
        return None

    def _has_object(self, verb: VerbForm, k: int) -> bool:
        """Whether an object follows what can be past or participle at token k: "improved the flow", but "called X"."""
        if not {PAST, PARTICIPLE} <= verb.forms or verb.lemma in _NAMING:
            return False
        n = self.skip_adverbs(k + 1)
        return n in self.mention_at or (n < len(self.words) and self.lower[n] in english.DETERMINERS)

    def _main_form(self, verb: VerbForm | None, k: int, after_be: bool, has_auxiliary: bool) -> Form | None:
        """Which form the main verb has, given what stands before it; None if it cannot be the main verb here."""
        if verb is None:
            return None
        if after_be:
            following = self.lower[k + 1] if k + 1 < len(self.words) else ""
            if PARTICIPLE in verb.forms:
                return PARTICIPLE
            if ING in verb.forms and following != "of":
                return ING
            return None
        order: tuple[Form, ...] = (BASE, PARTICIPLE) if has_auxiliary else (PARTICIPLE, PAST, THIRD, ING, BASE)
        found: Form | None = next((f for f in order if f in verb.forms), None)
        if not has_auxiliary and found == PARTICIPLE and BASE in verb.forms:
            return BASE
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
        return VerbGroup(lemma, form or BASE, False, infinitive, hedged, negated, plural), last_be + 1 + self._trailing(
            last_be
        )

    def _trailing(self, k: int) -> int:
        """How many negations follow at once: "is not", "has no longer" belong to the verb."""
        count = 0
        while k + 1 + count < len(self.words) and self.lower[k + 1 + count] in _TRAILING:
            count += 1
        return count

    def _through(self, group: VerbGroup, after: int) -> tuple[VerbGroup, int]:
        """Looks through "helps to", "is used to", "is able to" to the verb that says what happens."""
        k = self.skip_adverbs(after)
        if (
            group.lemma == "be"
            and k < len(self.words)
            and self.lower[k] in _THROUGH_ADJECTIVES
            and self.lower[k + 1 : k + 2] == ["to"]
        ):
            negative = self.lower[k] in {"unable", "unlikely"}
            hedged = self.lower[k] in {"likely", "prone"}
            inner, end = self._read_verb(k + 1, True) if self.is_infinitive(k + 1) else (None, k)
            if inner is not None and not (self.lower[k] in _NEEDED and inner.lemma in _MAKING):
                return self._through(self._merge(group, inner, "able", hedged=hedged, negated=negative), end)
        if group.lemma not in _THROUGH or k >= len(self.words) or k in self.mention_at:
            return group, after
        bare = group.lemma == "help" and (v := self.verbs.get(self.lower[k])) is not None and BASE in v.forms
        if bare or self.is_infinitive(k):
            inner, end = self._read_verb(k, not bare)
            if inner is not None and not (group.passive and inner.lemma in _MAKING):
                doubt = group.lemma in _DOUBTING
                return self._through(
                    self._merge(group, inner, group.lemma, hedged=doubt, negated=group.lemma == "fail"), end
                )
        return group, after

    @staticmethod
    def _merge(outer: VerbGroup, inner: VerbGroup, through: str, *, hedged: bool, negated: bool) -> VerbGroup:
        return inner._replace(
            form=outer.form if outer.form != PARTICIPLE else PARTICIPLE,
            infinitive=outer.infinitive,
            hedged=outer.hedged or inner.hedged or hedged,
            negated=outer.negated or inner.negated or negated,
            plural=outer.plural,
            chain=(*outer.chain, through, *inner.chain),
        )
