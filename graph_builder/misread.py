"""Matches of phrases whose words say something else than the phrase, or less."""

from __future__ import annotations

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.kinds import CONJUNCTION, PREPOSITION, STOP
from nutrigraph.graph_builder.modality import is_supposed
from nutrigraph.graph_builder.patterns import Fixed, Place
from nutrigraph.graph_builder.phrases import Match
from nutrigraph.graph_builder.syntax import Syntax
from nutrigraph.ontology.vocabulary import Vocabulary

_FOLLOWED_BY_KINDS = frozenset(
    "type kind form example sort symptom sign cause complication treatment source factor effect".split()
)
_CLASSING = frozenset({"is_a", "has_role"})
_USED = "S is used"
_FINDING_OUT = frozenset(
    "monitor monitoring check checking measure measuring track tracking test testing detect diagnose record".split()
)
_LISTING = "O(Role) includes S"
_PARTICLES = frozenset("up out off in".split())


class Misreadings:
    """A chunked sentence, asked whether a match in it is one. `announcing` are words that only say how things are
    related; `headed`: the section is about something."""

    def __init__(self, syntax: Syntax, vocabulary: Vocabulary, announcing: frozenset[str], headed: bool) -> None:
        self.syntax = syntax
        self.vocabulary = vocabulary
        self.announcing = announcing
        self.headed = headed
        self.has_back = "back" in syntax.norms
        self.supposes = not english.CONDITIONS.isdisjoint(syntax.norms)

    def is_misread(self, match: Match) -> bool:
        """Whether what the words of a match say is something else, or is not said."""
        name = match.pattern.relation
        if self.supposes and is_supposed(self.syntax, match):
            return True
        if name == "is_a" and (self._is_turned(match) or self._is_elliptic(match) or self._is_union(match)):
            return True
        if name == "has_role" and match.pattern.phrase == _LISTING and self._is_elliptic(match):
            return True
        if name == "has_role" and self.headed and self._is_finding(match) and self._is_elliptic(match):
            return True
        if name == "decreases" and self._turns_into(match):
            return True
        if name == "treats" and self._finds_out(match):
            return True
        if self.has_back and self._holds_back(match):
            return True
        if name == "affects" and self._acts_itself(match):
            return True
        return name in _CLASSING and self._is_relational(match)

    def _is_turned(self, match: Match) -> bool:
        """ "Two types of diabetes are …", "symptoms are …": what follows is the kind, and not what it is a kind of."""
        if match.pattern.action is None or "be" not in match.pattern.action.lemmas:
            return False
        subject = match.places.get("S", ())
        return bool(subject) and self.syntax.head_word(subject[0]) in _FOLLOWED_BY_KINDS

    def _finds_out(self, match: Match) -> bool:
        """ "a device used by people with diabetes to check their blood sugar" treats nothing."""
        return match.pattern.phrase.startswith(_USED) and not _FINDING_OUT.isdisjoint(self.syntax.norms)

    def _is_finding(self, match: Match) -> bool:
        """ "Headache and nausea are warning signs"."""
        those = match.places.get("O", ())
        ends = bool(those) and self.syntax.kind(self.syntax.forward(those[-1])) in (None, STOP)
        return ends and any(self.syntax.head_word(k) in {"sign", "symptom"} for k in those)

    def _is_union(self, match: Match) -> bool:
        """ "Complex carbohydrates – Starches and fiber": each of several things behind a term is a part of what it
        stands for."""
        kinds = match.places.get("O", ())
        if match.verb is None or len(kinds) < 2 or self.syntax.words[self.syntax.parts[match.verb].first].is_word:
            return False
        return all(self.syntax.parts[k].word not in english.DETERMINERS for k in kinds)

    def _is_elliptic(self, match: Match) -> bool:
        """ "Symptoms include pain", "pain is the main symptom": of what, is left unsaid, and not that pain is one."""
        class_ = match.places.get("O", ())
        if not class_ or self.syntax.head_word(class_[0]) not in _FOLLOWED_BY_KINDS:
            return False
        part = self.syntax.parts[class_[0]]
        return part.word == "the" or part.word not in english.DETERMINERS

    def lists_kinds(self, match: Match) -> bool:
        """ "The disaccharides are sucrose, lactose and maltose": the subject is the class of what follows."""
        if match.pattern.phrase != "S is an O" or match.verb is None:
            return False
        subject, verb = self.syntax.parts[match.places["S"][0]], self.syntax.parts[match.verb].verb
        return subject.word == "the" and verb is not None and verb.plural and len(match.places["O"]) > 1

    def _acts_itself(self, match: Match) -> bool:
        """ "a disease in which the immune system destroys beta cells": what acts is not what is affected."""
        *_, before, last = match.pattern.elements
        where = isinstance(before, Fixed) and bool(before.words & {"which", "where"})
        if not where or not isinstance(last, Place):
            return False
        verb = self.syntax.forward(match.places[last.role][-1])
        part = self.syntax.parts[verb] if verb < len(self.syntax.parts) else None
        acts = part is not None and part.verb is not None and not part.verb.passive and part.verb.lemma != "be"
        following = self.syntax.forward(verb)
        if acts and self.syntax.kind(following) == PREPOSITION and self.syntax.parts[following].word in _PARTICLES:
            following = self.syntax.forward(following)  # "takes up iron"
        return acts and (self.syntax.is_noun(following) or self.syntax.kind(following) == CONJUNCTION)

    def _turns_into(self, match: Match) -> bool:
        """ "reduces nitrate to nitrite": it is made another substance, and not less."""
        verb = self.syntax.parts[match.verb].verb if match.verb is not None else None
        last = max(match.places.get("O", ()), default=-1)
        to = self.syntax.forward(last)
        if verb is None or verb.lemma != "reduce" or self.syntax.kind(to) != PREPOSITION:
            return False
        n = self.syntax.forward(to)
        head = self.syntax.parts[n].head if self.syntax.is_noun(n) else None
        return self.syntax.parts[to].word == "to" and head is not None

    def _holds_back(self, match: Match) -> bool:
        """ "holds back water" is another verb than "holds"."""
        if match.verb is None:
            return False
        after = self.syntax.parts[match.verb].last + 1
        return self.syntax.words[after : after + 1] != [] and self.syntax.words[after].lower == "back"

    def _is_relational(self, match: Match) -> bool:
        """ "a risk factor for stroke" says what of; that it is a risk factor says less, and is not said again."""
        return any(self._has_complement(k) for members in match.places.values() for k in members)

    def _has_complement(self, k: int) -> bool:
        """A role of the most general kind with "for …"; "a modifiable risk factor for …" says more than what of."""
        head, n = self.syntax.parts[k].head, self.syntax.forward(k)
        role = head is not None and self.vocabulary.type_of(head.concept) == "Role"
        role = role and head is not None and not self.vocabulary.concepts[head.concept].broader
        role = role and self.syntax.head_word(k) in self.announcing
        return role and self.syntax.kind(n) == PREPOSITION and self.syntax.parts[n].word == "for"
