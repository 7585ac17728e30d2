"""What a noun phrase stands for: a concept, what is done to one, what was said before, or words of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.chunk import Chunk
from nutrigraph.graph_builder.english import PARTICIPLE
from nutrigraph.graph_builder.kinds import COLON, COMMA, PREPOSITION, RELATIVE, STOP, SUBORDINATOR, VERB_GROUP
from nutrigraph.graph_builder.noun_lists import DEVERBAL, NounLists
from nutrigraph.graph_builder.recognition import Found
from nutrigraph.graph_builder.tokens import Token
from nutrigraph.graph_builder.word_roles import NAMING

_TRANSPARENT = frozenset(
    "form type kind class sort amount quantity level part majority one some rest presence onset development "
    "effect action example use intake consumption role function job purpose task risk member all most many each "
    "any both term name word process activity site state one more several two three feeling sense sensation dose "
    "overuse overdose misuse plenty lot case bout episode attack cup glass handful serving slice bowl".split()
)
"""Nouns that pass what is said of them on to what follows their "of": "a form of sugar", "the effects of insulin"."""
_SURFACES = frozenset({"wall", "lining", "surface"})
"""What acts on such a part of a thing acts on the thing."""
_PASSING = _TRANSPARENT | _SURFACES
_CLASSING = frozenset("form type kind class sort example".split())
_PORTIONS = frozenset("part region area portion section".split())
_AMOUNTS = frozenset({"some", "plenty", "lots"})
_INTAKE = frozenset({"intake", "consumption"})
_SCARCE = frozenset("low lower poor insufficient inadequate reduced limited deficient".split())
_PEOPLE = frozenset("people person patient adult child woman man individual anyone those infant baby".split())
_INTRODUCING = english.INDEFINITE | {"its", "their", "the"}
_ROLES = frozenset("role function job purpose task action effect work".split())
_ACTIONS = frozenset(
    "release growth storage transport repair breakdown healing burning building emptying uptake loss flow function "
    "level balance activity turnover use clearance removal renewal".split()
)
"""Nouns of what is done to a thing, or what it does, beside those with one of the endings of such nouns."""
_MEASURES = frozenset("dose amount intake level quantity".split())
_OF_TOPIC = _MEASURES | {"case"}
_MUCH = frozenset("high higher large larger excessive excess big raised elevated".split())
_RANKING = frozenset(
    "one two three four five six seven eight nine ten main major common principal chief primary".split()
)
GENERIC = frozenset(
    "condition disorder disease state substance hormone process problem group illness structure organ molecule "
    "compound test form type device treatment cell nutrient sugar protein chemical vitamin mineral drug medicine "
    "enzyme gland fat acid".split()
)
"""Nouns of classes that texts use for what was named before, and narrow: "the hormone", "drugs that …"."""

_ILLS = frozenset("disease disorder condition illness".split())


class Referent(NamedTuple):
    """What a noun phrase stands for: a concept at a place (`found`), or words that no vocabulary knows (`found` None).

    `pronoun`: the words are a pronoun's or "this condition", and what they stand for was said before. `process`: the
    noun of an action on the concept: "digestion" for "digestion of fats".
    """

    start: int
    end: int
    found: Found | None = None
    pronoun: bool = False
    process: str | None = None


class NounPhrases(NounLists):
    """Noun phrases that can be asked what they stand for."""

    def _is_transparent(self, k: int) -> bool:
        part = self.parts[k]
        return part.head is None and self.head_word(k) in _TRANSPARENT

    def is_measured(self, k: int) -> bool:
        """ "a high level of potassium", "a group of symptoms": no potassium and no symptom."""
        return self._is_transparent(k) and self.head_word(k) not in _CLASSING

    def classes(self, k: int) -> bool:
        """ "a type of fiber": fiber, of which what is defined is a kind."""
        return self.passes_on(k) and self.head_word(k) in _CLASSING

    def is_portion(self, k: int) -> bool:
        """Whether it is part of something that the noun phrase at k says or ends with: "the part of the brain"."""
        of = self.back(k)
        k = self.back(of) if self.kind(of) == PREPOSITION and self.parts[of].word == "of" else k
        return self.is_noun(k) and self.head_word(k) in _PORTIONS

    def is_scarce(self, k: int) -> bool:
        """ "insufficient amounts of iodine": it is not iodine that acts."""
        part = self.parts[k]
        return self.passes_on(k) and any(w.norm in _SCARCE for w in self.words[part.first : part.last])

    def passes_on(self, k: int) -> bool:
        """ "most forms of diabetes", "the wall of the stomach": what is said of it is said of what follows."""
        part = self.parts[k]
        return part.head is None and self.words[part.last].norm in _PASSING

    def named(self, k: int) -> int | None:
        """The noun phrase that gives "a condition called X" its name."""
        n = self.forward(k)
        verb = self.verb(n)
        if self.kind(n) == RELATIVE:
            n = self.forward(n)
            verb = self.verb(n)
        if verb is None or verb.lemma not in NAMING or not (verb.passive or verb.form == PARTICIPLE):
            return None
        n = self.forward(n)
        if self.kind(n) == PREPOSITION and self.parts[n].word == "as":
            n = self.forward(n)
        return n if self.is_noun(n) else None

    def _owned(self, k: int) -> list[Referent]:
        """ "its release", "their function": what was named before, or what is done to it."""
        part, noun = self.parts[k], self.words[self.parts[k].last]
        start, end = self.words[part.first].start, noun.end
        if self.head_word(k) in _ROLES:
            return [Referent(start, self.words[part.first].end, pronoun=True)]
        if part.last == part.first + 1 and (noun.norm.endswith(DEVERBAL) or noun.norm in _ACTIONS):
            return [Referent(start, end, pronoun=True, process=noun.norm)]
        return [self.plain(k)]

    def _is_unnamed(self, part: Chunk) -> bool:
        """Whether no concept stands behind "its", or one that only says what is done: "its absorption"."""
        noun = self.words[part.last]
        return not part.mentions or (
            part.last == part.first + 1 and (noun.norm.endswith(DEVERBAL) or noun.norm in _ACTIONS)
        )

    def had_by(self, k: int) -> tuple[int, ...]:
        """What "people with diabetes", "women on dialysis" and "patients after surgery" have, get or have had."""
        part, n = self.parts[k], self.forward(k)
        if part.head is not None or self.head_word(k) not in _PEOPLE or self.kind(n) != PREPOSITION:
            return ()
        listed = self.noun_list(self.forward(n)) if self.parts[n].word in {"with", "on", "after"} else None
        return listed.members if listed is not None else ()

    def named_behind(self, k: int) -> int | None:
        """The name that "a second hormone, vasopressin, …" and "its active form, calcitriol" give what is meant."""
        if self.parts[k].word not in _INTRODUCING or self.kind(comma := self.forward(k)) != COMMA:
            return None
        if not self.is_noun(n := self.forward(comma)):
            return None
        name = self.parts[n].head
        if name is None or name.paraphrase or self.words[self.parts[n].first].start != name.start:
            return None
        after = self.forward(n)
        if self.kind(after) == COMMA:
            verb = self.verb(self.forward(after))
            goes_on = (verb is not None and verb.finite) or self.kind(self.forward(after)) == RELATIVE
            return n if goes_on else None
        ends = self.kind(after) == STOP and not self.is_bullet(after)
        return n if ends and not self.parts[k].mentions else None

    def names_one(self, k: int) -> bool:
        """ "an enzyme called lactase": the noun phrase at k and the participle behind it name one of a class."""
        verb = self.verb(self.forward(k))
        return self.parts[k].word in english.INDEFINITE and verb is not None and not verb.finite

    def referents(self, k: int, depth: int = 0) -> list[Referent]:
        """What the noun phrase at chunk k stands for; empty if it can't be told."""
        part = self.parts[k]
        if depth > 4:
            return []
        if self.words[part.last].norm == "condition" and self._sets_the_scene(k):
            return []
        if part.word in _INTRODUCING and (name := self.named_behind(k)) is not None:
            return self.referents(name, depth + 1)
        named = self.named(k)
        if named is not None and (part.head is None or self.head_word(k) in GENERIC or self.names_one(k)):
            return self.referents(named, depth + 1)
        bare = part.word == "other" and part.last == part.first + 1
        if (part.word in {"certain", "various"} or bare) and self.is_generic(k):
            return []  # "certain conditions": members of a class that the text does not name
        if part.word in {"its", "their"} and part.first < part.last and self._is_unnamed(part):
            return self._owned(k)
        if self._is_anaphor(part, k):
            return [Referent(self.words[part.first].start, self.words[part.last].end, None, pronoun=True)]
        if part.head is not None and not self._is_narrowed(part, k):
            return [Referent(part.head.start, part.head.end, part.head)]
        n = self.forward(k)
        if (
            self.passes_on(k)
            and self.kind(n) == PREPOSITION
            and self.parts[n].word == "of"
            and self.is_noun(self.forward(n))
        ):
            inner = self.noun_list(self.forward(n))
            return [r for m in (inner.members if inner else ()) for r in self.referents(m, depth + 1)]
        if part.first == part.last and (part.word in english.PRONOUNS or part.word in _AMOUNTS):
            return [Referent(self.words[part.first].start, self.words[part.last].end, None, pronoun=True)]
        if self.head_word(k) in _ROLES and part.mentions and self._possessive(part):
            owner = part.mentions[-1]
            return [Referent(owner.start, owner.end, owner)]
        if (eaten := self._taken_in(part)) is not None:
            return [eaten]
        if self.words[part.last].norm in _OF_TOPIC and (self.is_case(k) or self.is_much(k)):
            return [Referent(self.words[part.first].start, self.words[part.last].end, None, pronoun=True)]
        return self._actions(k) or [self.plain(k)]

    def _actions(self, k: int) -> list[Referent]:
        """ "fat digestion", "the digestion of fats and starch": what is done to a concept."""
        part, noun = self.parts[k], self.words[self.parts[k].last]
        if not (noun.norm.endswith(DEVERBAL) or noun.norm in _ACTIONS):
            return []
        n = self.forward(k)
        if self.kind(n) == PREPOSITION and self.parts[n].word == "of" and self.is_noun(self.forward(n)):
            listed = self.noun_list(self.forward(n))
            heads = [head for m in (listed.members if listed else ()) if (head := self.parts[m].head) is not None]
            start = noun.start
            return [
                Referent(start if n == 0 else head.start, head.end, head, process=noun.norm)
                for n, head in enumerate(heads)
                if not head.paraphrase
            ]
        done_to = [m for m in part.mentions if m.end <= noun.start]
        if not done_to or done_to[-1].paraphrase or self.text_between(done_to[-1].end, noun.start):
            return []
        return [Referent(done_to[-1].start, noun.end, done_to[-1], process=noun.norm)]

    def text_between(self, start: int, end: int) -> bool:
        """Whether words stand between two places of the sentence."""
        return any(start <= w.start < end and w.is_word for w in self.words)

    def is_amount(self, k: int) -> bool:
        """ "Spinach contains some": of what the text is about."""
        return self.parts[k].word in _AMOUNTS and self.parts[k].first == self.parts[k].last

    def _sets_the_scene(self, k: int) -> bool:
        """ "the conditions in which enzymes work": no state of health."""
        if not self.words[self.parts[k].last].text.endswith("s"):
            return False
        n = self.forward(k)
        return self.kind(n) == PREPOSITION and self.kind(self.forward(n)) == RELATIVE

    def _taken_in(self, part: Chunk) -> Referent | None:
        """ "a high phytate intake": phytates, which act so."""
        if self.words[part.last].norm not in _INTAKE or not part.mentions:
            return None
        eaten = part.mentions[-1]
        scarce = any(w.norm in _SCARCE for w in self.words[part.first : part.last])
        if scarce or eaten.paraphrase or self.text_between(eaten.end, self.words[part.last].start):
            return None
        return Referent(eaten.start, eaten.end, eaten)

    def is_case(self, k: int) -> bool:
        """ "Severe cases", "most cases": of what the text is about."""
        if self.parts[k].mentions or self.head_word(k) != "case":
            return False
        n = self.forward(k)
        return self.kind(n) != PREPOSITION or self.parts[n].word != "of"

    def is_much(self, k: int) -> bool:
        """ "High doses", "long-term intakes above 400 mg", "high levels": of what the text is about."""
        if self.parts[k].mentions or self.head_word(k) not in _MEASURES:
            return False
        first = self.parts[k].first
        n, before = self.forward(k), self.words[max(first - 1, 0) : self.parts[k].last]  # "too high a dose"
        if self.kind(n) == PREPOSITION and self.parts[n].word in {"of", "in"}:
            return False
        above = self.kind(n) == PREPOSITION and self.parts[n].word in {"above", "over", "beyond"}
        return above or any(word.norm in _MUCH for word in before)

    def is_generic(self, k: int) -> bool:
        """Whether the noun phrase at k names a class that texts use for what was named before: "the condition"."""
        return self.head_word(k) in GENERIC

    def is_named_by_noun(self, k: int) -> bool:
        """ "Pompe disease", "storage diseases": a class, with the noun before it that tells which."""
        part = self.parts[k]
        if part.head is None or self.head_word(k) not in _ILLS or self.words[part.last].start != part.head.start:
            return False
        before = self.words[part.last - 1] if part.last > part.first else None
        if before is None or not before.is_word or before.lower in english.DETERMINERS:
            return False
        return not english.is_adjective(before.lower) and not before.lower.endswith(("ed", "ing"))

    def is_new_thing(self, members: tuple[int, ...]) -> bool:
        """Whether a subject is one thing that no vocabulary knows, named without an article: "chocolate milk"."""
        part = self.parts[members[0]]
        named = part.head is None and part.word not in english.PRONOUNS | english.DETERMINERS
        return len(members) == 1 and named and not self.words[part.last].text.endswith("s")

    def is_plural(self, members: Sequence[int]) -> bool:
        heads = [self.parts[k].head for k in members]
        if len({head.concept if head else None for head in heads}) > 1:
            return True  # not one thing by two names
        part = self.parts[members[0]]
        last = self.words[part.last].text
        return (english.is_plural(last) and not last.endswith(("ss", "us", "is", "tes"))) or part.word in {
            "they",
            "people",
            "these",
            "many",
        }

    def governor(self, k: int) -> int | None:
        """The verb whose object the noun phrase at k is, also over a preposition: "occurs with it"."""
        before = self.back(k)
        if self.kind(before) == PREPOSITION:
            before = self.back(before)
        return before if self.kind(before) == VERB_GROUP else None

    def is_new_object(self, verb: int, behind: Sequence[int]) -> bool:
        """Whether the first noun phrase `behind` a verb is its object, one thing: "increases the diversity"."""
        part = self.parts[behind[0]]
        thing = part.word not in english.PRONOUNS and not self.words[part.last].text.endswith("s")
        return thing and behind[0] == self.forward(verb)

    def is_without(self, k: int) -> bool:
        """ "a diet without vegetables" is not any diet."""
        part, n = self.parts[k], self.forward(k)
        bare = part.head is not None and self.words[part.last].start == part.head.start
        return bare and self.kind(n) == PREPOSITION and self.parts[n].word == "without"

    def goes_on(self, k: int) -> bool:
        """Whether a reason, or more about it, begins with the pronoun at k: "…, as it …", "…: it …"."""
        before = self.parts[k - 1]
        return before.kind in (COLON, STOP) or (before.kind == SUBORDINATOR and before.word != "that")

    def _is_narrowed(self, part: Chunk, k: int) -> bool:
        """ "absorption of calcium" is not absorption."""
        n = self.forward(k)
        of = self.kind(n) == PREPOSITION and self.parts[n].word == "of"
        return of and self.head_word(k).endswith(DEVERBAL) and self.is_noun(self.forward(n))

    def _is_anaphor(self, part: Chunk, k: int) -> bool:
        """ "this hormone", "the condition": a class for something that was named before."""
        if part.word in {"this", "these"} and part.head is not None and not part.head.paraphrase:
            return True
        if self.head_word(k) not in GENERIC:
            return False
        plain = part.word == "the" and part.last == part.first + 1
        follows = self.kind(self.forward(k))
        n = self.forward(k)
        participle = follows == VERB_GROUP and (v := self.parts[n].verb) is not None and not v.finite
        return part.word in {"this", "these"} or (plain and not participle and follows not in (PREPOSITION, RELATIVE))

    def _possessive(self, part: Chunk) -> bool:
        return any(w.norm == "'s" or w.text in "’'" for w in self.words[part.first : part.last + 1])

    def plain(self, k: int) -> Referent:
        """The words of a noun phrase that is no concept, without its determiner and what counts or ranks it."""
        part = self.parts[k]
        first = part.first
        while first < part.last and self._is_before_name(self.words[first]):
            first += 1
        return Referent(self.words[first].start, self.words[part.last].end)

    @staticmethod
    def _is_before_name(word: Token) -> bool:
        return word.lower in english.DETERMINERS or word.lower in _RANKING or word.text.isdigit()
