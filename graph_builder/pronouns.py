"""What the pronouns of a sentence stand for, and "this hormone" and "the process": what was named before."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

from nutrigraph.graph_builder.claim import ClaimEnd, Context
from nutrigraph.graph_builder.kinds import CONJUNCTION, PREPOSITION, RELATIVE, STOP, SUBORDINATOR, VERB_GROUP
from nutrigraph.graph_builder.noun_phrases import Referent
from nutrigraph.graph_builder.recognition import name_words
from nutrigraph.graph_builder.syntax import Syntax
from nutrigraph.ontology.types import load_types

_CLASSES = {
    "process": "Process", "organ": "BodyPart", "gland": "BodyPart", "structure": "BodyPart", "substance": "Chemical",
    "compound": "Chemical", "molecule": "Chemical", "illness": "Condition", "hormone": "Hormone",
    "test": "DiagnosticTest",
}  # fmt: skip
"""Nouns that no vocabulary need know, for what was named before, and the type of what they can stand for."""
_ONE = frozenset({"it", "its"})
_SEVERAL = frozenset({"they", "them", "their"})


class Pronouns(ABC):
    """A chunked sentence, asked for what its pronouns stand for."""

    def __init__(self, text: str, syntax: Syntax, context: Context) -> None:
        self.text = text
        self.syntax = syntax
        self.context = context
        self.vocabulary = context.vocabulary

    @abstractmethod
    def ends(self, members: Iterable[int], *, genus: bool = False) -> list[ClaimEnd]:
        """What the noun phrases stand for."""

    @abstractmethod
    def actors(self, members: tuple[int, ...]) -> Sequence[ClaimEnd]:
        """What the noun phrases of a subject stand for."""

    def _meant_by_pronoun(self, k: int) -> list[str]:
        """The concepts that a pronoun can stand for, the likeliest first: the subject of the clause before, of the
        sentence before, or what the section is about."""
        word = self.syntax.parts[k].word
        if self.syntax.is_amount(k):
            return [self.context.topic] if self.context.topic is not None else []
        if self.syntax.is_case(k):
            ills = [c for c in self._spoken_of() if self._is_of(c, "Condition")]
            return sorted(ills, key=lambda c: c != self.context.topic)  # "most cases" are of what the section is about
        if word == "they" and k > 0 and self.syntax.parts[k - 1].word == "together":
            return []  # several, which grammar alone does not tell
        if self.syntax.is_much(k):
            topics = (c for c in (self.context.topic, self.context.page) if c is not None)
            return [c for c in topics if self._is_of(c, "Chemical") or self._is_of(c, "Food")][:1]
        if word not in {"it", "they", "them", "this", "these", "the", "its", "their"}:
            return []
        head = self.syntax.parts[k].head
        if head is not None:  # "this hormone": a hormone
            others = self.context.previous.others if self.context.previous is not None else ()
            meant = dict.fromkeys((*self._spoken_of(), *others))
            return [c for c in meant if c != head.concept and self._is_kind(c, head.concept)]
        if (class_ := _CLASSES.get(self.syntax.head_word(k))) is not None:
            others = self.context.previous.others if self.context.previous is not None else ()
            meant = dict.fromkeys((*self._named_before(k), *self._spoken_of(), *others))
            return [c for c in meant if self._is_of(c, class_)][:1]
        governor = self.syntax.governor(k)  # of whose subject it is not: "caffeine does not lower it"
        own = self.syntax.subject(governor) if governor is not None else ()
        if governor == self.syntax.back(k) and (spoken := self._object_before(k)) is not None:
            return spoken
        for j in range(k - 1, -1, -1):
            verb = self.syntax.parts[j].verb
            if verb is None or not verb.finite or self.syntax.is_helped(j) or self._tells_more(j, k):
                continue
            if (subject := self.syntax.subject(j)) and k not in subject and subject != own:
                if word in {"they", "them"} and not self.syntax.is_plural(subject):
                    continue
                if word in _ONE and self.syntax.is_plural(subject):
                    if things := self._things_behind(j, k):
                        return things
                    continue
                if concepts := [e.concept for e in self.actors(subject) if e.concept]:
                    return concepts[:1]
                if word in _ONE and self.syntax.is_new_thing(subject) and self.syntax.goes_on(k):
                    return []
                break  # "people avoid kefir, as it …": what the section is about
        nouns = [j for j in range(k) if self.syntax.is_noun(j) and j not in own]
        if word in {"they", "them"} and any(self.syntax.is_plural((j,)) for j in nouns):
            return []  # something in this very sentence, which grammar alone does not tell
        others = self.context.previous.others if own and word == "it" and self.context.previous is not None else ()
        return self._of_kind_said(k, list(dict.fromkeys((*self._spoken_of(word), *others))))

    def _owner_before(self, k: int) -> list[str]:
        """ "Substances like cholesterol block its absorption": what is one thing, where who acts are several."""
        if self.syntax.parts[k].word != "its" or self.syntax.kind(verb := self.syntax.back(k)) != VERB_GROUP:
            return []
        subject = self.syntax.subject(verb)
        if not subject or not self.syntax.is_plural(subject):
            return []
        others = (n for n in range(subject[-1] + 1, verb) if self.syntax.is_noun(n))
        single = [n for n in others if not self.syntax.is_plural((n,))]
        return [head.concept for n in reversed(single) if (head := self.syntax.parts[n].head) is not None][:1]

    def _named_before(self, k: int) -> list[str]:
        """The concepts that this very sentence names before the noun phrase at k, the nearest first."""
        return [part.head.concept for part in reversed(self.syntax.parts[:k]) if part.head is not None]

    def _of_kind_said(self, k: int, meant: list[str]) -> list[str]:
        """Those that may be what is said of the pronoun at k: "it is a device that …" is said of no hormone."""
        verb = self.syntax.forward(k)
        if self.syntax.kind(verb) != VERB_GROUP:
            return meant
        said = self.syntax.parts[verb].verb
        n = self.syntax.forward(verb)
        if said is None or said.lemma != "be" or said.passive or said.negated or not self.syntax.is_noun(n):
            return meant
        head = self.syntax.parts[n].head
        kind = self.vocabulary.type_of(head.concept) if head is not None else None
        if kind is None:
            return meant
        types = load_types()
        known = [(concept, self.vocabulary.type_of(concept)) for concept in meant]
        return [c for c, t in known if t is None or types.is_a(t, kind) or types.is_a(kind, t)] or meant

    def _things_behind(self, j: int, k: int) -> list[str]:
        """The single things that stand behind the verb at chunk j: "diets supply salt, and eating it …"."""
        those = [n for n in range(j + 1, k) if self.syntax.is_noun(n) and not self.syntax.is_plural((n,))]
        return [head.concept for n in those if (head := self.syntax.parts[n].head) is not None]

    def _tells_more(self, j: int, k: int) -> bool:
        """ "oats are rich in a fiber that lowers cholesterol, and they …": the relative clause at verb j goes on about
        something else than what the pronoun at k takes up."""
        joined = self.syntax.kind(self.syntax.back(k)) == CONJUNCTION
        return joined and self.syntax.kind(self.syntax.back(j)) == RELATIVE

    def _object_before(self, k: int) -> list[str] | None:
        """ "Insulin lowers blood sugar, and glucagon raises it": what the clause before was about, its object first;
        None if there is none."""
        own, joint = self.syntax.subject(self.syntax.back(k)), self.syntax.back(self.syntax.back(k))
        if self.syntax.kind(joint) == CONJUNCTION and (same := self._object_of_verb_before(joint)):
            return same  # "makes insulin and releases it"
        for j in range(self.syntax.back(k) - 1, -1, -1):
            verb = self.syntax.parts[j].verb
            if verb is None or not verb.finite or (own and j > max(own)):
                continue  # "a diet, which is rich in fiber, lowers it": what stands between says what the subject is
            until = next((n for n in range(j + 1, k) if self.syntax.kind(n) in (STOP, SUBORDINATOR)), k)
            behind = [n for n in range(j + 1, until) if self.syntax.is_noun(n) and n not in own]
            objects = self.ends(behind)
            if objects and self.syntax.is_new_object(j, behind) and all(end.concept is None for end in objects):
                return []  # "fiber increases the diversity, whereas sugar reduces it"
            ends = [*objects, *self.actors(self.syntax.subject(j))]
            known = list(dict.fromkeys(end.concept for end in ends if end.concept is not None and self._names(end)))
            return known or None
        return None

    def _names(self, end: ClaimEnd) -> bool:
        """Whether words stand for it that are no mere pronoun: "the process"."""
        return not end.resolved or (end.start is not None and " " in self.text[end.start : end.end])

    def _object_of_verb_before(self, joint: int) -> list[str]:
        """What the verb that a conjunction joins with another stands before."""
        j = next((n for n in range(joint - 1, -1, -1) if self.syntax.parts[n].verb is not None), None)
        behind = self.syntax.forward(j) if j is not None else -1
        if self.syntax.kind(behind) == PREPOSITION:
            behind = self.syntax.forward(behind)
        listed = self.syntax.noun_list(behind)
        if listed is None or len(listed.members) > 1 or self.syntax.forward(behind) != joint:
            return []
        return [end.concept for end in self.ends(listed.members) if end.concept is not None and not end.resolved]

    def _meant_together(self, k: int) -> list[ClaimEnd]:
        """All that "they" stand for: "milk and sugar break the fast because they …"."""
        if self.syntax.parts[k].word not in {"they", "them"}:
            return []
        parts = self.syntax.parts
        verb = next((n for n in range(k - 1, -1, -1) if (v := parts[n].verb) is not None and v.finite), None)
        subject = self.syntax.subject(verb) if verb is not None else ()
        if len(subject) < 2 or not self.syntax.is_plural(subject) or self._is_subordinate(verb or 0):
            return []
        return [end for end in self.actors(subject) if end.concept is not None]

    def _kind_spoken_of(self, k: int, referent: Referent) -> str | None:
        """ "The diet" after "a ketogenic diet": what the text is about, if that is what "the" says of its class."""
        part, head = self.syntax.parts[k], referent.found
        if (
            part.word != "the"
            or head is None
            or part.head != head
            or self.syntax.words[part.first + 1].start != head.start
        ):
            return None
        if self.syntax.kind(self.syntax.forward(k)) in (PREPOSITION, RELATIVE):
            return None
        class_ = name_words(self.vocabulary.concepts[head.concept].label)
        for meant in self._spoken_of():
            words = name_words(self.vocabulary.concepts[meant].label)
            if len(words) > len(class_) and words[-len(class_) :] == class_:
                return meant
        return None

    def _spoken_of(self, word: str = "") -> list[str]:
        """What the sentence before was about, then what the section is about; "it" is never a plural, nor are "they"
        one."""
        before = self.context.previous
        if before is not None and before.several and word in _SEVERAL:
            return []  # all of them, or what the section is about
        if before is not None and before.unknown and word in _ONE:
            return []
        other_number = before is not None and word in (_ONE if before.plural else _SEVERAL)
        subject = before.subject if before is not None and not other_number else None
        topic, page = self.context.topic, self.context.page if word in _ONE else None
        if word in _ONE and self.context.plural_topic:
            topic = page = None  # under "Medicines", "it" is one of them
        meant = subject, topic, page
        return list(dict.fromkeys(c for c in meant if c is not None))

    def _is_subordinate(self, k: int) -> bool:
        subject = self.syntax.subject(k)
        if subject and self.syntax.kind(self.syntax.back(k)) == RELATIVE and not self.syntax.is_free(subject[0]):
            return True  # "doctors use it for a disease that …"
        return bool(subject) and self.syntax.kind(self.syntax.back(subject[0])) in (SUBORDINATOR, RELATIVE)

    def _is_kind(self, concept: str, class_: str) -> bool:
        one, other = self.vocabulary.type_of(concept), self.vocabulary.type_of(class_)
        return one is None or other is None or load_types().is_a(one, other)

    def _is_of(self, concept: str, wanted: str) -> bool:
        type_ = self.vocabulary.type_of(concept)
        return type_ is not None and load_types().is_a(type_, wanted)
