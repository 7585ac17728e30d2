"""The ontology's phrases as patterns over a chunked sentence.

A phrase is a small English sentence in the third person singular, with S and O for subject and object:

    S produces O             a verb and its object; the passive ("O is produced by S") follows from it
    O is produced in S       a passive of its own
    S is due to O            a verb and fixed words; articles, adjectives and adverbs may stand between them
    _ converts S into O      _ is somebody who does not matter
    S is an O                "an" before a place: only an indefinite noun phrase fits
    risk factor for O … such as S    … skips words; what does not begin with a place begins anywhere
    S raises risk .          the clause ends there; of what (O) is left to what the text is about
    raises|lifts             either word
    O(secretion) is released in response to S    the process of that name, of what stands there
    S(BodyPart) in O         only something of that type; S(Food|Product) of one of them
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from nutrigraph.graph_builder.english import PARTICIPLE, THIRD, Verbs
from nutrigraph.graph_builder.syntax import Syntax
from nutrigraph.graph_builder.tokens import normal_form

_PLACE = re.compile(r"([SO_])(?:\(([a-z]+)\)|\(([A-Z][\w|]*)\))?")
_GAP = "…"
_END = "."
_SAYS_WHAT = frozenset({"is", "includes", "involves", "includes|involves"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where an end of the statement stands. `process` names a process of what stands there ("secretion"), `types` the
    semantic types of which it must have one."""

    role: str
    indefinite: bool = False
    process: str | None = None
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fixed:
    """One of these words, in normal form."""

    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gap:
    """Some words of the same sentence."""


@dataclass(frozen=True, slots=True)
class Action:
    """A verb in any of its forms."""

    lemmas: frozenset[str]
    passive: bool


@dataclass(frozen=True, slots=True)
class End:
    """Where the clause ends, or goes on with when, where or why."""


Element = Place | Fixed | Gap | Action | End


@dataclass(frozen=True)
class Pattern:
    """A phrase, compiled: what it expresses, its elements, and how it was written."""

    relation: str
    elements: tuple[Element, ...]
    phrase: str

    @cached_property
    def needed(self) -> tuple[frozenset[str], ...]:
        """Sets of words of each of which a sentence that says this has one."""
        return tuple(element.words for element in self.elements if isinstance(element, Fixed))

    @cached_property
    def needed_verbs(self) -> tuple[frozenset[tuple[str, bool]], ...]:
        """The same for verbs, each with whether it is in the passive."""
        actions = (element for element in self.elements if isinstance(element, Action))
        return tuple(frozenset((lemma, action.passive) for lemma in action.lemmas) for action in actions)

    def may_be_in(self, syntax: Syntax, verbs: bool) -> bool:
        """Whether a sentence has the words for this, wherever they stand, and its verbs if they are looked for."""
        for words in self.needed:
            if words.isdisjoint(syntax.norms):
                return False
        return not (verbs and any(map(syntax.verbs.isdisjoint, self.needed_verbs)))

    @cached_property
    def action(self) -> Action | None:
        """The verb whose grammatical subject the first place is, if the pattern is such a clause."""
        if len(self.elements) > 1 and isinstance(self.elements[0], Place) and isinstance(self.elements[1], Action):
            return self.elements[1]
        return None

    @cached_property
    def ends(self) -> Mapping[str, Place]:
        """The first place of each role."""
        return {element.role: element for element in reversed(self.elements) if isinstance(element, Place)}

    @cached_property
    def typed(self) -> Mapping[str, Place]:
        """Those behind the first element that want something of a type."""
        return {role: place for role, place in self.ends.items() if place.types and place is not self.elements[0]}

    @cached_property
    def explains(self) -> bool:
        """Whether a place takes only an indefinite noun phrase."""
        return any(isinstance(element, Place) and element.indefinite for element in self.elements)

    @cached_property
    def with_examples(self) -> tuple[bool, ...]:
        """For each element whether it is a place that takes in the examples of what stands there."""
        nominal = self.action is None and isinstance(self.elements[0], Place)
        following = (*self.elements[1:], None)
        return tuple(
            isinstance(element, Place)
            and not nominal
            and not (self.relation == "is_a" and element.role == "O")
            and not isinstance(after, Fixed)
            for element, after in zip(self.elements, following, strict=True)
        )

    @cached_property
    def weight(self) -> int:
        """How much a phrase says of itself: fixed words and verbs; gaps count against it."""
        return sum({Fixed: 2, Action: 2, Gap: -1, Place: 0, End: 0}[type(element)] for element in self.elements)

    @cached_property
    def loose(self) -> bool:
        """Whether only the kinds of its ends tell that it says this: no verb but a short word, a gap, an end that is
        left unsaid, or a clause of which only the subject is looked at."""
        has_gap = any(isinstance(e, Gap) for e in self.elements) or not {"S", "O"} <= self.ends.keys()
        clause = any(isinstance(e, Fixed) and e.words & {"which", "when", "where"} for e in self.elements)
        return has_gap or clause or (self.action is None and isinstance(self.elements[0], Place))


def verbs_of(phrases: Sequence[str]) -> frozenset[str]:
    """The lemmas of verbs that the phrases use and a general list may lack: in the third person, behind a place."""
    found: set[str] = set()
    for phrase in phrases:
        words = phrase.split()
        for before, alternatives in pairwise(words):
            if _PLACE.fullmatch(before) and before == words[0]:
                for word in alternatives.split("|"):
                    if word.isalpha() and word.endswith("s"):
                        found.update(_lemmas(word))
    return frozenset(found)


def _lemmas(word: str) -> Iterator[str]:
    """The base form that gives this third person, if it is regular and no short word ("as", "is", "does")."""
    if len(word) < 5 or word in {"towards"}:
        return
    if word.endswith("ies"):
        yield word.removesuffix("ies") + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        yield word.removesuffix("es")
    elif not word.endswith(("ss", "us")):
        yield word.removesuffix("s")


def compile_phrase(relation: str, phrase: str, verbs: Verbs) -> list[Pattern]:
    """The patterns of a phrase: itself, and its passive if the verb has an object. ValueError if it lacks S or O."""
    elements = tuple(_elements(phrase, verbs))
    roles = {e.role for e in elements if isinstance(e, Place)}
    if ("S" not in roles and "O" not in roles) or not roles <= {"S", "O", "_"}:
        raise ValueError(f'the phrase "{phrase}" of {relation} has no place for its subject (S) or object (O)')
    patterns = [Pattern(relation, elements, phrase)]
    action = patterns[0].action
    if action and not action.passive and len(elements) > 2 and isinstance(elements[2], Place):
        subject, _, object_, *rest = elements
        assert isinstance(subject, Place)
        turned: tuple[Element, ...] = (object_, Action(action.lemmas, True))
        by = () if subject.role == "_" else (Fixed(frozenset({"by"})), subject)
        patterns.append(Pattern(relation, (*turned, *by, *rest), phrase))
        if rest and by:
            patterns.append(Pattern(relation, (*turned, *rest, *by), phrase))
    return patterns


def _elements(phrase: str, verbs: Verbs) -> Iterator[Element]:
    words = phrase.replace("...", _GAP).replace(",", " ,").replace("(an", "( an").split()
    indefinite = False
    passive = False
    had_verb = False
    for n, word in enumerate(words):
        place = _PLACE.fullmatch(word)
        if place:
            yield Place(place[1], indefinite, place[2], tuple(place[3].split("|")) if place[3] else ())
        elif word == _GAP:
            yield Gap()
        elif word == _END:
            yield End()
        elif word in {"a", "an"}:
            indefinite = True
            continue
        elif word in {"the"}:
            continue
        elif not had_verb and _may_be_verb(words, n) and (action := _action(words, n, verbs)):
            had_verb, passive = True, action.passive
            yield action
        elif passive and words[n - 1] == "is":
            passive = False  # the participle belongs to the verb that was read
        else:
            yield Fixed(frozenset(normal_form(w) for w in word.split("|")))
        indefinite = False


def _may_be_verb(words: Sequence[str], n: int) -> bool:
    """Whether the word follows a place, or is that of "symptom includes O", where nothing says whose."""
    unsaid = not any(_PLACE.fullmatch(word) for word in words[:n])
    return n > 0 and (_PLACE.fullmatch(words[n - 1]) is not None or (unsaid and words[n] in _SAYS_WHAT))


def _action(words: Sequence[str], n: int, verbs: Verbs) -> Action | None:
    if words[n] == "is":
        participle = verbs.get(words[n + 1].split("|")[0]) if n + 1 < len(words) else None
        if participle and PARTICIPLE in participle.forms:
            lemmas = {v.lemma for w in words[n + 1].split("|") if (v := verbs.get(w))}
            return Action(frozenset(lemmas), True)
        return Action(frozenset({"be"}), False)
    lemmas = {v.lemma for w in words[n].split("|") if (v := verbs.get(w)) and THIRD in v.forms}
    return Action(frozenset(lemmas), False) if lemmas else None
