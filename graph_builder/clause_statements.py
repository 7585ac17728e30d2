"""The claims of one sentence: patterns of the ontology found in its clauses, read by the kinds of their ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.chunks import chunks
from nutrigraph.graph_builder.claim import Claim, ClaimEnd, Context, SentenceClaims, Spoken
from nutrigraph.graph_builder.confidence import with_confidence
from nutrigraph.graph_builder.definition_colon import with_definition_colon
from nutrigraph.graph_builder.entries import Term, is_fragment
from nutrigraph.graph_builder.kinds import (
    PREPOSITION,
)
from nutrigraph.graph_builder.misread import Misreadings
from nutrigraph.graph_builder.modality import modality
from nutrigraph.graph_builder.passing_names import claims_in_passing
from nutrigraph.graph_builder.phrases import Match
from nutrigraph.graph_builder.recognition import Found, name_words
from nutrigraph.graph_builder.reference import References
from nutrigraph.graph_builder.statement import DIFFERENT_KINDS, NOT_OF_PEOPLE, OUTSIDE_DOMAIN, Modality
from nutrigraph.graph_builder.syntax import Syntax
from nutrigraph.graph_builder.taken_back import is_taken_back
from nutrigraph.graph_builder.tokens import tokens
from nutrigraph.graph_builder.unique_claims import unique
from nutrigraph.ontology.relations import Relation, load_relations
from nutrigraph.ontology.types import load_types

_ADVICE = re.compile(
    r"^(?:please|ask|talk|speak|consult|call|contact|see|visit|choose|try|eat|drink|avoid|aim|limit|check|make sure|"
    r"learn|click|read|remember|consider|take|keep|get|follow|do not|don't|always|never)\b|"
    r"\byou (?:should|must|need to|may want|can also)\b|"
    r"\b(?:ask|talk to|speak with|consult) (?:your|a|with)\b|\bwe recommend\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:myth|misconception|false|untrue|not true|no (?:\w+ )?(?:proof|evidence)|mistaken(?:ly)?|wrongly|"
    r"few \w+ (?:believe|think)|(?:nothing|nobody) (?:proves|shows|says|believes)|would\b.*\bif)\b|^if\b.*\bwould\b",
    re.IGNORECASE,
)
"""What takes back all that the sentence around it says: "It is a myth that …"."""
_ELSEWHERE = re.compile(
    r"^(?:in|among) (?:\w+ )?(?:animals|guinea pigs|monkeys|rabbits|dogs|cats)\b|\b(?:rats?|mice|mouse|rodents?)\b"
    r"|\banimal (?:stud(?:y|ies)|models?|experiments?|research|tests)\b|\bin vitro\b|\btest tubes?\b"
    r"|\bcell (?:cultures?|lines?)\b|\b(?:in (?:the )?|of )laborator(?:y|ies) (?:animals|stud(?:y|ies)|experiments?)\b",
    re.IGNORECASE,
)
"""What was found in animals or in glass holds of people only if a person says so."""
_LONGEST_SENTENCE = 400
"""Words and marks. What goes on for longer without a full stop is a table or noise, and no sentence."""
_OF_TOPIC = frozenset({"prevents", "risk_factor_for", "treats", "causes"})
_EASING = frozenset({"treats", "decreases"})
_RELIEVING = "S reduces|improves O"
_QUALIFIED = {"from": "from", "into": "to", "to": "to"}


def claims(text: str, found: list[Found], context: Context) -> SentenceClaims:
    """The claims of a sentence with the mentions `found` in it (spans count in `text`)."""
    if text.rstrip().endswith("?"):
        return SentenceClaims((), _asked(text, found, context))
    if _ADVICE.search(text) or _DENIED.search(text):
        return SentenceClaims((), None)
    words = tokens(text)
    if len(words) > _LONGEST_SENTENCE:
        return SentenceClaims((), None)
    cut = chunks(words, found, context.patterns.verbs)
    parts = with_definition_colon(cut, words, context.opens)
    if context.entry is not None and parts is cut and is_fragment(parts):
        read = _of_term(context.entry, text, found, context)
        if any(claim.subject.start is None or claim.object.start is None for claim in read.claims if not claim.flags):
            return read
    return _Reader(text, Syntax(words, parts), context).run()


def _of_term(term: Term, text: str, found: list[Found], context: Context) -> SentenceClaims:
    """ "An enzyme in saliva" below "Amylase": what "Amylase: an enzyme in saliva" says, with no words for amylase."""
    before = len(term.words) + 2
    moved = [f._replace(start=f.start + before, end=f.end + before) for f in found]
    if term.concept is not None:
        moved.insert(0, Found(0, len(term.words), term.concept))
    read = claims(f"{term.words}: {text}", moved, replace(context, entry=None))
    kept = (c._replace(subject=_behind_term(c.subject, before), object=_behind_term(c.object, before)) for c in read[0])
    return read._replace(claims=tuple(kept))


def _behind_term(end: ClaimEnd, before: int) -> ClaimEnd:
    if end.start is None or end.end is None:
        return end
    if end.start < before:
        return end._replace(start=None, end=None)
    return end._replace(start=end.start - before, end=end.end - before)


def _asked(text: str, found: list[Found], context: Context) -> Spoken | None:
    """What a question is about, on which the answer goes on: "Are sports drinks healthy? They contain …"."""
    for f in found:
        words = tokens(text[f.start : f.end])
        if not all(word.norm in context.patterns.announcing for word in words):
            return Spoken(f.concept, text[f.start : f.end].endswith("s"))
    return None


_Place = tuple[int | None, str | None]
"""Where an end stands in the sentence, and its concept."""


def _behind(claim: Claim, other: Claim) -> bool:
    """Whether both claims are made of the same words behind the verb: the subject of `other`."""
    ends = {(end.start, end.concept) for end in (claim.subject, claim.object)}
    first = min((e.start for e in (other.subject, other.object) if e.start is not None), default=0)
    return (other.subject.start, other.subject.concept) in ends and (other.subject.start or 0) > first


def _without_food_as_places(claims: list[Claim]) -> list[Claim]:
    """ "Biotin is found in eggs, nuts and liver" speaks of liver to eat, and not of where in the body it is."""
    eaten = {(c.object.start, c.object.concept) for c in claims if c.relation == "contains"}
    return [c for c in claims if c.relation != "located_in" or (c.subject.start, c.subject.concept) not in eaten]


class _Reader:
    def __init__(self, text: str, syntax: Syntax, context: Context) -> None:
        self.text = text
        self.syntax = syntax
        self.context = context
        self.vocabulary = context.vocabulary
        self.references = References(text, syntax, context)
        self.relations = load_relations()
        self.types = load_types()
        self.misreadings = Misreadings(syntax, self.vocabulary, context.patterns.announcing, context.topic is not None)
        self.said: dict[tuple[int | None, int | None], Modality] = {}
        self.ends: dict[tuple[tuple[int, ...], bool, bool], Sequence[ClaimEnd]] = {}

    def run(self) -> SentenceClaims:
        best: dict[tuple[frozenset[_Place], int | None], tuple[tuple[int, ...], Claim]] = {}
        for match in self.context.patterns.matches(self.syntax, self._may_be):
            for rank, claim in self._readings(match):
                ends = ((end.start, end.concept) for end in (claim.subject, claim.object))
                key = (frozenset(ends), match.verb)
                if key not in best or rank > best[key][0]:
                    best[key] = rank, claim
        found = _without_food_as_places(self._without_classes_of_parts(best))
        found += claims_in_passing(self.text, self.syntax, self.references)
        if found and _ELSEWHERE.search(self.text):
            found = [c._replace(flags=(*c.flags, NOT_OF_PEOPLE)) for c in found]
        found = with_confidence(found, self.text)
        return SentenceClaims(tuple(unique(found)), self.references.spoken)

    def _without_classes_of_parts(
        self, best: Mapping[tuple[frozenset[_Place], int | None], tuple[tuple[int, ...], Claim]]
    ) -> list[Claim]:
        """ "Symptoms of rickets include bone pain" says what rickets shows, not that bone pain is a symptom."""
        said: list[Claim] = []
        plain = {
            (verb, claim.subject.start, claim.object.start) for (_, verb), (_, claim) in best.items() if not claim.flags
        }
        for (ends, verb), (_, claim) in best.items():
            if claim.flags and (verb, claim.subject.start, claim.object.start) in plain:
                continue  # the same words are read in a way that clashes with nothing
            if claim.relation == "is_a" and verb is not None:
                subject = (claim.subject.start, claim.subject.concept)
                others = [c for (e, v), (_, c) in best.items() if v == verb and e != ends and subject in e]
                others = [c for c in others if c.relation not in {"is_a", "has_role", "same_as"}]
                if any(_behind(c, claim) or self._completes(c, claim) for c in others):
                    continue
            said.append(claim)
        return said

    def _completes(self, claim: Claim, is_a: Claim) -> bool:
        """ "a side effect of insulin" says what of; that it is a side effect says less."""
        start, behind = is_a.object.end, [e.start for e in (claim.subject, claim.object) if e.start is not None]
        if start is None or not self.references.is_relational(is_a.object.start, is_a.object.end):
            return False
        between = [self.text[start:place].lower().split() for place in behind if place > start]
        return any(words and set(words) <= {"of", "for", "the", "a", "an"} for words in between)

    def _readings(self, match: Match) -> Iterator[tuple[tuple[int, ...], Claim]]:
        if (match.pattern.typed and not self._has_types(match)) or self.misreadings.is_misread(match):
            return
        relation = self.relations[match.pattern.relation]
        subjects, objects = self._role(match, "S"), self._role(match, "O")
        if not subjects or not objects or is_taken_back(self.syntax, match):
            return
        best: dict[tuple[object, ...], tuple[tuple[int, ...], Claim]] = {}
        if self.misreadings.lists_kinds(match):
            subjects, objects = objects, subjects
        for subject in subjects:
            for object_ in objects:
                if subject.concept is not None and subject.concept == object_.concept and relation.name != "same_as":
                    continue
                if (subject.start, subject.end) == (object_.start, object_.end):
                    continue
                if subject.resolved and self._is_named_in(subject, object_):
                    return  # "it slows the breakdown of melatonin": it is not melatonin
                claim = self._claim(match, relation, subject, object_)
                if claim is not None:
                    alternatives = subject.resolved or object_.resolved
                    place = (subject.start, object_.start) if alternatives else (subject, object_)
                    if place not in best or claim[0] > best[place][0]:
                        best[place] = claim
        fits = [one for one in best.values() if OUTSIDE_DOMAIN not in one[1].flags]
        yield from fits or best.values()  # where one member of a list fits, another that doesn't is no member of it

    def _role(self, match: Match, role: str) -> Sequence[ClaimEnd]:
        place = match.pattern.ends.get(role)
        if place is None:
            return self._unsaid(match, role)
        relation = self.relations[match.pattern.relation]
        members = match.places.get(role, ())
        if len(members) > 1 and place is not match.pattern.elements[0]:
            others = {k for name, there in match.places.items() if name != role for k in there}
            members = tuple(k for k in members if k not in others)
        if not members and place is match.pattern.elements[0]:
            return [end for end in self._unsaid(match, role) if not place.types or self._is_of(end, place.types)]
        if relation.name == "risk_factor_for" and role == "S":
            members = tuple(n for k in members for n in self.syntax.had_by(k) or (k,))
        members = self._without_examples_of_others(members)
        if relation.name != "associated_with":
            members = tuple(k for k in members if not self.syntax.is_scarce(k))
        if place.types:
            members = tuple(k for k in members if self._may_be(k, place.types))
        is_subject = match.pattern.elements[0] is place and (match.pattern.action is not None or not relation.same_kind)
        before_verb = match.verb is not None and bool(members) and members[-1] < match.verb
        genus = relation.name == "is_a" and role == "O"
        acts = (is_subject and not match.apposed and not genus) or (before_verb and not relation.same_kind)
        if (ends := self.ends.get((members, acts, genus))) is None:
            ends = self.references.actors(members) if acts else self.references.ends(members, genus=genus)
            self.ends[members, acts, genus] = ends
        if place.types:
            ends = [end for end in ends if self._is_of(end, place.types)]
        if place.process is None:
            return ends
        return [named for end in ends if (named := self.references.process_of(end, place.process)) is not None]

    def _without_examples_of_others(self, members: tuple[int, ...]) -> tuple[int, ...]:
        """ "Macronutrients: nutrients needed by the body, namely fats": examples of the term, and not of the body."""
        listed = self.syntax.noun_list(members[0]) if len(members) > 1 else None
        if listed is None or not listed.examples or not self.syntax.class_defined():
            return members
        kinds = [self._kind_of(k) for k in listed.members]
        if kinds == [None] and not self.syntax.is_plural(listed.members):
            return listed.members
        return tuple(
            k
            for k in members
            if k not in listed.examples or any(self.types.same_kind(self._kind_of(k), kind) for kind in kinds)
        )

    def _kind_of(self, k: int) -> str | None:
        head = self.syntax.parts[k].head
        return self.vocabulary.type_of(head.concept) if head is not None else None

    def _unsaid(self, match: Match, role: str) -> list[ClaimEnd]:
        """What "Symptoms include …" leaves unsaid: what "whose symptoms" says, what the sentence before was about, if
        it fits, else the topic; "the risk" is that of the topic first."""
        relation = self.relations[match.pattern.relation]
        if owner := self.syntax.possessor(min(k for members in match.places.values() for k in members)):
            return self.references.ends(owner)
        allowed = relation.domain if role == "S" else relation.range
        before = self.context.previous.subject if self.context.previous is not None else None
        topical = role == "O" and relation.name in _OF_TOPIC and self._fits(self._topic(), allowed)
        others = self.syntax.words[0].lower == "other" and self._fits(self._topic(), allowed)
        topical = topical or others or self._says_less(before) or self._is_source(match, before)
        meant = before if self._fits(before, allowed) and not topical else self._topic()
        return [ClaimEnd(meant, self.vocabulary.concepts[meant].label, None, None)] if meant else []

    def _topic(self) -> str | None:
        """What the section is about; where its heading only names a class of all ("Medical conditions"), the page."""
        topic, page = self.context.topic, self.context.page
        class_ = topic is not None and not self.vocabulary.concepts[topic].broader
        return page if class_ and page is not None else topic

    def _is_source(self, match: Match, before: str | None) -> bool:
        """ "Seaweed is rich in it. Eggs are good sources": of what the section is about, and not of food."""
        food = match.pattern.relation == "contains" and self._fits(before, ("Food",))
        return food and self.context.topic is not None and not self._fits(self.context.topic, ("Food",))

    def _fits(self, concept: str | None, allowed: Sequence[str]) -> bool:
        return concept is not None and self._is_one_of(concept, allowed)

    def _says_less(self, before: str | None) -> bool:
        """Whether what the sentence before was about is only a finding, or a class, of what the section is about."""
        topic = self.context.topic
        if topic is None or before is None or before == topic:
            return False
        concepts, types = self.vocabulary.concepts, load_types()
        one, other = self.vocabulary.type_of(before), self.vocabulary.type_of(topic)
        finding = one is not None and types.is_a(one, "Finding") and other is not None and types.is_a(other, "Disease")
        return finding or before in concepts[topic].broader

    def _is_of(self, end: ClaimEnd, wanted: Sequence[str]) -> bool:
        return end.concept is not None and self._is_one_of(end.concept, wanted)

    def _has_types(self, match: Match) -> bool:
        """Whether something of the right type can stand in each place that wants one."""
        for role, place in match.pattern.typed.items():
            members = match.places.get(role, ())
            if members and not any(self._may_be(k, place.types) for k in members):
                return False
        return True

    def _may_be(self, k: int, wanted: Sequence[str]) -> bool:
        """Whether the noun phrase names something of such a type, or stands for what may be ("it", "bouts of pain"); a
        paraphrase ("inability to …") is of none."""
        part = self.syntax.parts[k]
        if part.head is None:
            return part.word in english.PRONOUNS or self.syntax.passes_on(k) or self.syntax.is_case(k)
        return not part.head.paraphrase and self._is_one_of(part.head.concept, wanted)

    def _is_one_of(self, concept: str, wanted: Sequence[str]) -> bool:
        type_ = self.vocabulary.type_of(concept)
        if type_ is not None:
            for one in wanted:
                if self.types.is_a(type_, one):
                    return True
        return False

    def _is_named_in(self, meant: ClaimEnd, other: ClaimEnd) -> bool:
        """Whether what a pronoun is taken for is named among the words of the other end."""
        if other.start is None or other.end is None or other.concept is not None:
            return False
        named = (m for part in self.syntax.parts for m in part.mentions)
        return any(m.concept == meant.concept and other.start <= m.start < other.end for m in named)

    def _claim(
        self, match: Match, relation: Relation, subject: ClaimEnd, object_: ClaimEnd
    ) -> tuple[tuple[int, ...], Claim] | None:
        fit, named = _fit(relation.name, self._type(subject), self._type(object_))
        if not self._may_be_unknown(relation, subject, object_):
            return None
        loose = match.pattern.loose or match.gap or match.apposed
        if loose and (fit < 2 or (not match.pattern.explains and self._says_nothing(relation, subject, object_))):
            return None
        if fit == 0 and not relation.same_kind:
            return None  # neither end makes sense there: misread
        flags: tuple[str, ...] = ()
        if fit < 2:
            flags = (DIFFERENT_KINDS if relation.same_kind else OUTSIDE_DOMAIN,)
        qualifiers = self._qualifiers(match) if relation.name == "transports" else ()
        if relation.name == "same_as" and match.pattern.action is not None and self._is_behind(subject, match.verb):
            return None  # "a condition called X": the name is all that there is of it
        if relation.name == "associated_with" and all(self._is_of(end, ("BodyPart",)) for end in (subject, object_)):
            return None  # "is connected to the kidneys" by a tube
        if relation.name in _EASING and self.references.is_relational(object_.start, object_.end):
            return None  # "reduces the side effects of chemotherapy"
        if relation.name == "treats" and match.pattern.phrase == _RELIEVING and self._is_of(subject, ("Hormone",)):
            return None  # "a hormone that reduces hunger" is at work in the body, and no medicine
        if relation.name == "same_as" and self._names_something_else(match, subject, object_):
            return None
        behind = subject if self._is_behind(subject, match.verb) and match.verb is not None else object_
        if (said := self.said.get((match.verb, behind.start))) is None:
            said = self.said[match.verb, behind.start] = modality(self.syntax, match, behind)
        if relation.name != "contains" and object_.resolved and self._is_amount(object_):
            return None  # "bacteria make some": of what, only food tells
        if said is Modality.NEGATED and object_.start is not None and self._opens_with(object_.start, "enough"):
            return None  # too little is made, not none
        claim = Claim(relation.name, subject, object_, said, flags=flags, qualifiers=qualifiers, loose=match.gap)
        return (fit, match.pattern.weight, named), claim

    def _is_amount(self, end: ClaimEnd) -> bool:
        words = self.syntax.words
        return any(
            words[part.first].start == end.start and self.syntax.is_amount(k)
            for k, part in enumerate(self.syntax.parts)
        )

    def _names_something_else(self, match: Match, subject: ClaimEnd, object_: ClaimEnd) -> bool:
        """ "an enzyme called lactase" is one enzyme, "the part of the brain called …" no brain, and "the hunger
        hormone" more than a hormone."""
        if any(self.syntax.names_one(k) or self.syntax.is_portion(k) for k in match.places.get("S", ())):
            return True
        return subject.concept != object_.concept and (self._is_epithet(subject) or self._is_epithet(object_))

    def _opens_with(self, start: int, word: str) -> bool:
        """Whether the noun phrase of what stands at `start` begins with the word."""
        words = self.syntax.words
        return any(p.word == word for p in self.syntax.parts if words[p.first].start <= start <= words[p.last].start)

    def _is_epithet(self, end: ClaimEnd) -> bool:
        """ "known as the hunger hormone": what it is called is more than the concept that its words end with."""
        for part in self.syntax.parts:
            head = part.head
            if head is not None and (head.start, head.end) == (end.start, end.end):
                before = [w for w in self.syntax.words[part.first : part.last + 1] if w.start < head.start]
                return any(w.is_word and w.text.lower() not in english.DETERMINERS for w in before)
        return False

    def _is_behind(self, end: ClaimEnd, verb: int | None) -> bool:
        return verb is None or end.start is None or end.start > self.syntax.words[self.syntax.parts[verb].first].start

    def _says_nothing(self, relation: Relation, subject: ClaimEnd, object_: ClaimEnd) -> bool:
        """ "cells, especially liver cells": the name alone says that a liver cell is a cell."""
        return relation.name == "is_a" and name_words(subject.label)[-1:] == name_words(object_.label)

    def _may_be_unknown(self, relation: Relation, subject: ClaimEnd, object_: ClaimEnd) -> bool:
        """Whether an end may be a term that no vocabulary knows: what the sentence defines and what it says it is, or
        a process of something known where the relation wants a process."""
        for end, allowed in ((subject, relation.domain), (object_, relation.range)):
            process = end.type is not None and end.type in allowed and "Condition" not in allowed
            known = end.concept is not None or process
            if not known and (end.start, end.end) != self.references.term:
                return False
        return subject.concept is not None or object_.concept is not None

    def _type(self, end: ClaimEnd) -> str | None:
        return self.vocabulary.type_of(end.concept) if end.concept is not None else end.type

    def _qualifiers(self, match: Match) -> tuple[tuple[str, str], ...]:
        """ "from the blood into muscle and tissues", behind what is moved."""
        last = max((*match.places.get("S", ()), *match.places.get("O", ())), default=0)
        qualifiers: list[tuple[str, str]] = []
        k = self.syntax.forward(last)
        while self.syntax.kind(k) == PREPOSITION:
            role = _QUALIFIED.get(self.syntax.parts[k].word)
            listed = self.syntax.noun_list(self.syntax.forward(k))
            if listed is None:
                break
            if role is not None:
                ends = self.references.ends(listed.members)
                qualifiers += [(role, end.concept) for end in ends if end.concept is not None]
            k = self.syntax.forward(listed.members[-1])
        return tuple(qualifiers)


@cache
def _fit(relation: str, one: str | None, other: str | None) -> tuple[int, int]:
    """How many ends of these types are of a kind that the relation expects, where an unknown kind fits; and how many
    are known to be of a kind that it names, which tells it from a relation of anything to anything."""
    types, expected = load_types(), load_relations()[relation]
    if expected.same_kind:
        return (2 if types.same_kind(one, other) else 0), 0
    fits = named = 0
    for type_, allowed in ((one, expected.domain), (other, expected.range)):
        known = type_ is not None and any(types.is_a(type_, a) for a in allowed)
        fits += type_ is None or not allowed or known
        named += known
    return fits, named
