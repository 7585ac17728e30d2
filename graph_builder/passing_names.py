"""What noun phrases state in passing: "the hormone insulin", "nuts and other foods", "an enzyme called lactase"."""

from __future__ import annotations

from collections.abc import Iterator

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.claim import Claim, ClaimEnd
from nutrigraph.graph_builder.kinds import COMMA, CONJUNCTION, EXAMPLE, NOUN_PHRASE, RELATIVE, STOP, SUBORDINATOR
from nutrigraph.graph_builder.recognition import Found
from nutrigraph.graph_builder.reference import References
from nutrigraph.graph_builder.statement import Modality
from nutrigraph.graph_builder.syntax import Syntax
from nutrigraph.graph_builder.word_roles import NAMING
from nutrigraph.ontology.types import load_types

_DETERMINED = frozenset("the a an its their your".split())
_SAYS_LITTLE = frozenset({None, "Condition", "Process"})
"""Types of classes that "a condition called …" names only to go on."""


def claims_in_passing(text: str, syntax: Syntax, references: References) -> Iterator[Claim]:
    """The classes and other names that noun phrases of a sentence give by their form alone."""
    reader = _NounPhrases(text, syntax, references)
    yield from reader.class_names()
    if any(part.kind == EXAMPLE for part in syntax.parts):
        yield from reader.distant_members()
    if "other" in syntax.norms:
        yield from reader.other_members()
    if "," in syntax.norms:
        yield from reader.introduced_members()
    if any(lemma in NAMING for lemma, _ in syntax.verbs):
        yield from reader.named_members()
    yield from reader.bracketed_names()


class _NounPhrases:
    def __init__(self, text: str, syntax: Syntax, references: References) -> None:
        self.text = text
        self.syntax = syntax
        self.references = references
        self.vocabulary = references.vocabulary

    def class_names(self) -> Iterator[Claim]:
        """ "the hormone insulin": insulin is a hormone."""
        for part in self.syntax.parts:
            if part.kind != NOUN_PHRASE or len(part.mentions) < 2 or part.head is None:
                continue
            kind, named = part.mentions[-2:]
            if not self.text[kind.end : named.start].isspace() or kind.paraphrase or part.word not in _DETERMINED:
                continue
            one, other = self.vocabulary.type_of(named.concept), self.vocabulary.type_of(kind.concept)
            if one and other and kind.concept != named.concept and load_types().is_a(one, other):
                yield Claim("is_a", self._end(named), self._end(kind), Modality.ASSERTED)

    def other_members(self) -> Iterator[Claim]:
        """ "nuts, seeds and other plant-based foods": each of them is one."""
        for k, part in enumerate(self.syntax.parts):
            before = self.syntax.back(k)
            if part.word != "other" or part.head is None or self.syntax.kind(before) != CONJUNCTION:
                continue
            members = self._listed_before(k)
            for class_ in self.references.ends([k], genus=True):
                for member in self.references.ends(members):
                    yield from self._is_a(member, class_)

    def _listed_before(self, k: int) -> tuple[int, ...]:
        """The members of a list that stand before the one at chunk k."""
        for n in range(k):
            listed = self.syntax.noun_list(n)
            if listed is not None and k in listed.members:
                item = max((n for n in range(k) if self.syntax.is_bullet(n)), default=-1)
                return tuple(member for member in listed.members if item < member < k)
        return ()

    def distant_members(self) -> Iterator[Claim]:
        """ "Minerals: substances needed for health, including iron and zinc": iron is a mineral, where what stands
        right before the list is of another kind."""
        term = self.syntax.class_defined()
        for k in range(term[0] + 2, len(self.syntax.parts) - 1) if term else ():
            part = self.syntax.parts[k]
            if part.kind in (STOP, RELATIVE, SUBORDINATOR) or (part.verb is not None and part.verb.finite):
                return
            if part.kind == EXAMPLE and self.syntax.kind(k - 1) == COMMA and not self._follows_class(k):
                listed = self.syntax.noun_list(self.syntax.forward(k))
                for class_ in self.references.ends(term):
                    for member in self.references.ends(listed.members if listed is not None else ()):
                        yield from self._is_a(member, class_)

    def _follows_class(self, example: int) -> bool:
        """Whether the examples that begin at a chunk may be of the noun phrase right before it."""
        before, first = (self.syntax.back(self.syntax.back(example)), self.syntax.forward(example))
        if not self.syntax.is_noun(before) or not self.syntax.is_noun(first):
            return False
        class_, member = self.syntax.parts[before].head, self.syntax.parts[first].head
        if class_ is None or member is None:
            return member is None
        kinds = [self.vocabulary.type_of(head.concept) for head in (class_, member)]
        return load_types().same_kind(*kinds)

    def named_members(self) -> Iterator[Claim]:
        """ "an enzyme called lactase": lactase is an enzyme. "A condition called …" says too little."""
        for k, part in enumerate(self.syntax.parts):
            named = self.syntax.named(k) if part.head is not None and self.syntax.names_one(k) else None
            if named is None or part.head is None or part.head.paraphrase or self.syntax.parts[named].head is None:
                continue
            if self.vocabulary.type_of(part.head.concept) not in _SAYS_LITTLE:
                for member in self.references.ends([named])[:1]:
                    yield from self._is_a(member, self._end(part.head))

    def introduced_members(self) -> Iterator[Claim]:
        """ "A second hormone, vasopressin, …": vasopressin is a hormone."""
        for k, part in enumerate(self.syntax.parts):
            if part.head is None or part.head.paraphrase or part.word not in english.INDEFINITE:
                continue
            if (name := self.syntax.named_behind(k)) is not None:
                for member in self.references.ends([name])[:1]:
                    yield from self._is_a(member, self._end(part.head))

    def bracketed_names(self) -> Iterator[Claim]:
        """ "oral glucose tolerance test (OGTT)": two names of one concept."""
        for opened, closed in self.syntax.closing.items():
            if closed != opened + 2 or not self.syntax.is_noun(opened - 1) or not self.syntax.is_noun(opened + 1):
                continue
            one, other = self.syntax.parts[opened - 1].head, self.syntax.parts[opened + 1].head
            if one is not None and other is not None and one.concept == other.concept:
                yield Claim("same_as", self._end(one), self._end(other), Modality.ASSERTED)

    def _is_a(self, member: ClaimEnd, class_: ClaimEnd) -> Iterator[Claim]:
        if member.concept is None or class_.concept is None or member.concept == class_.concept:
            return
        if load_types().same_kind(self.vocabulary.type_of(member.concept), self.vocabulary.type_of(class_.concept)):
            yield Claim("is_a", member, class_, Modality.ASSERTED)

    def _end(self, found: Found) -> ClaimEnd:
        return ClaimEnd(found.concept, self.vocabulary.concepts[found.concept].label, found.start, found.end)
