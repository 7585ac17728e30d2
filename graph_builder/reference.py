"""What the noun phrases of a sentence stand for: concepts, what a pronoun means, the term that is being defined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.claim import ClaimEnd, Context, Spoken
from nutrigraph.graph_builder.defined_terms import term_defined
from nutrigraph.graph_builder.english import PARTICIPLE, THIRD
from nutrigraph.graph_builder.kinds import ADVERB, CONJUNCTION, PREPOSITION, RELATIVE, VERB_GROUP
from nutrigraph.graph_builder.noun_phrases import Referent
from nutrigraph.graph_builder.pronouns import Pronouns
from nutrigraph.graph_builder.recognition import Found, name_words
from nutrigraph.graph_builder.syntax import Syntax
from nutrigraph.graph_builder.tokens import Token, tokens
from nutrigraph.ontology.types import load_types

_ALTERING = frozenset(
    "insufficient inadequate excess excessive low high poor reduced decreased impaired deficient abnormal faulty "
    "quitting stopping avoiding losing lacking limiting cutting former anti less fewer little "
    "skipped missed skipping missing".split()
)
_SICK = frozenset(
    "dark pale cloudy foamy swollen weak weakened sore brittle stiff painful itchy yellow bleeding blocked clogged "
    "narrowed enlarged inflamed damaged hardened injured diseased failing poor loose black tarry numb aching tired "
    "dry cracked broken bad rotten ruptured scarred leaky".split()
)
"""What makes a part of the body a finding: dark urine is no urine, and swollen legs are no legs."""
_TROUBLED = frozenset("heavy irregular missed shallow painful laboured labored disturbed difficult noisy".split())
"""The same for what the body does: heavy periods are not periods."""
_DEGREES = frozenset("grade level dose".split())
STATES = frozenset({"deficiency", "toxicity"})
"""States that a text names without what they are of, where it is about that."""
_REPLACING = (("instead", "of"), ("rather", "than"))
_ACTED_ON = ("Chemical", "BodyPart", "Food", "Drug")
"""Types of what can be digested, stored, repaired or set free."""
_OVERDONE = frozenset("dose overdose overuse misuse".split())
_RICH = frozenset("high rich".split())
_EATEN = frozenset("diet meal food beverage drink product".split())
_COMPOUNDING = frozenset("free based rich restricted like soluble producing containing dependent related".split())


class References(Pronouns):
    """A chunked sentence, asked for what its noun phrases stand for.

    `term` is the span of a term that no vocabulary knows and that the sentence defines, `spoken` what it is about; both
    may be None.
    """

    def __init__(self, text: str, syntax: Syntax, context: Context) -> None:
        super().__init__(text, syntax, context)
        self._acting: dict[tuple[int, ...], list[ClaimEnd]] = {}
        self._ends: dict[tuple[int, bool], list[ClaimEnd]] = {}
        self.term = term_defined(syntax)
        self.spoken = self._spoken()

    def _spoken(self) -> Spoken | None:
        """The first subject, which a pronoun in the next sentence stands for, and what else is named."""
        named = tuple(part.head.concept for part in self.syntax.parts if part.head is not None)
        for k, part in enumerate(self.syntax.parts):
            if part.verb is None or not part.verb.finite or self._is_subordinate(k):
                continue
            subject = self.syntax.subject(k)
            if subject and self.syntax.parts[subject[0]].word in {"its", "their"}:
                return self.context.previous  # "its salts are …": goes on about what has them
            owners = self._owners(subject)
            if subject and self.syntax.head_word(subject[0]) in _OVERDONE:
                break  # what too much of a thing does, is said in passing
            for end in self.ends(owners) or self.actors(subject):
                if end.concept is not None and not self.is_relational(end.start, end.end):
                    plural = part.verb.plural or (part.verb.form != THIRD and self.syntax.is_plural(subject))
                    if not part.word[:1].isalpha():  # the colon or dash of "term: meaning"
                        plural = self.syntax.is_plural(subject)
                    if self.syntax.passes_on(subject[0]):  # "a handful of almonds covers …"
                        plural = self.text[end.start : end.end].endswith("s")
                    those = owners or subject
                    several = len(those) > 1 and len({e.concept for e in self.ends(those)}) > 1
                    return Spoken(end.concept, self.syntax.is_plural(owners) if owners else plural, named, several)
        return Spoken(None, others=named, unknown=self.term is not None) if named or self.term is not None else None

    def _owners(self, subject: Sequence[int]) -> tuple[int, ...]:
        """ "Symptoms of rickets include …" goes on about rickets."""
        if len(subject) != 1 or self.syntax.head_word(subject[0]) not in self.context.patterns.announcing:
            return ()
        n, head = self.syntax.forward(subject[0]), self.syntax.parts[subject[0]].head
        if self.syntax.kind(n) != PREPOSITION or self.syntax.parts[n].word != "of":
            return ()
        if head is not None and not self.is_relational(head.start, head.end):
            return ()  # a name that ends with such a word: "iron deficiency of infants"
        listed = self.syntax.noun_list(self.syntax.forward(n))
        return listed.members if listed is not None else ()

    def is_relational(self, start: int | None, end: int | None) -> bool:
        """ "Symptoms include …" goes on about what has them."""
        words = tokens(self.text[start:end]) if start is not None else []
        return bool(words) and all(word.norm in self.context.patterns.announcing for word in words)

    def actors(self, members: tuple[int, ...]) -> Sequence[ClaimEnd]:
        """What the noun phrases of a subject stand for, through "X is a hormone that …" and "X (a hormone that …)"."""
        if (found := self._acting.get(members)) is None:
            found = self._acting[members] = self._actors(members)
        return found

    def _actors(self, members: Iterable[int]) -> list[ClaimEnd]:
        ends: list[ClaimEnd] = []
        for k in members:
            if self.syntax.enumeration(k):
                ends.extend(self.ends([k]))
                continue
            owner = self.syntax.explained(k)
            subject = () if owner is not None else self._defined_by(k)
            ends.extend(self.actors(subject) if subject else self.ends([k if owner is None else owner]))
        return ends

    def _defined_by(self, k: int) -> tuple[int, ...]:
        """The subject that the noun phrase at k is said to be, in a definition; empty if it is none."""
        before = self.syntax.back(k)
        if before >= 0 and self.syntax.parts[before].word == "among":  # "are among the drugs that …"
            before = self.syntax.back(before)
        if before > 0 and self.syntax.parts[before].word == "of" and self.syntax.classes(self.syntax.back(before)):
            before = self.syntax.back(self.syntax.back(before))
        part = self.syntax.parts[before] if before >= 0 else None
        if part is None:
            return ()
        if part.verb is not None and part.verb.lemma == "be" and not part.verb.negated:
            subject = self.syntax.subject(before)
            return subject if k not in subject else ()
        return ()

    def ends(self, members: Iterable[int], *, genus: bool = False) -> list[ClaimEnd]:
        """What the noun phrases stand for. As the `genus` of a definition a concept may be narrowed: a fat-soluble
        vitamin is a vitamin; elsewhere what is said of it is not said of vitamins."""
        ends: list[ClaimEnd] = []
        for k in members:
            if (found := self._ends.get((k, genus))) is None:
                found = self._ends[k, genus] = self._ends_of(k, genus=genus)
            ends += found
        return ends

    def _ends_of(self, k: int, *, genus: bool) -> list[ClaimEnd]:
        """The same for one noun phrase."""
        if self.term is not None and self.syntax.is_named_by_noun(k) and self._is_term(k):
            head = self.syntax.parts[k].head
            start, end = self.term
            type_ = self.vocabulary.type_of(head.concept) if head is not None else None
            return [ClaimEnd(None, self.text[start:end], start, end, type=type_)]
        if self.syntax.is_measured(k) if genus else self._is_altered(k):
            return []
        if genus:
            if (narrowed := self._compound_head(k)) is not None:
                return [narrowed]
        elif enumerated := self.syntax.enumeration(k):
            return [*(e for r in self.syntax.referents(k) for e in self._end(r, k)), *self.ends(enumerated)]
        elif (content := self._content(k)) is not None:
            return self.ends(content)
        return [end for referent in self.syntax.referents(k) for end in self._end(referent, k)]

    def _is_term(self, k: int) -> bool:
        part = self.syntax.parts[k]
        return self.term == (self.syntax.words[part.first].start, self.syntax.words[part.last].end)

    def _compound_head(self, k: int) -> ClaimEnd | None:
        """The last concept of a compound, of which what is so defined is a kind: "brush border enzyme"."""
        part = self.syntax.parts[k]
        if part.head is not None or not part.mentions or part.mentions[-1].end != self.syntax.words[part.last].end:
            return None
        last = part.mentions[-1]
        return ClaimEnd(last.concept, self.vocabulary.concepts[last.concept].label, last.start, last.end)

    def _content(self, k: int) -> tuple[int, ...] | None:
        """What "a diet high in salt" and "foods rich in fiber" act by: salt, fiber. Empty for other narrowings ("a diet
        low in salt"), None where the noun phrase is not narrowed so."""
        adjective, preposition = k + 1, k + 2
        if self.syntax.is_without(k) and self.syntax.head_word(k) in _EATEN:
            return ()
        if self.syntax.kind(adjective) != ADVERB or self.syntax.kind(preposition) != PREPOSITION:
            return None
        if self.syntax.parts[adjective].word not in english.POSTPOSED or self.syntax.parts[preposition].word != "in":
            return None
        listed = self.syntax.noun_list(self.syntax.forward(preposition))
        rich = self.syntax.parts[adjective].word in _RICH and self.syntax.head_word(k) in _EATEN
        return listed.members if rich and listed is not None else ()

    def _end(self, referent: Referent, k: int) -> Iterator[ClaimEnd]:
        if referent.pronoun:
            k = self._chunk_of(referent.start, k)
        if referent.found is not None and referent.process is not None:
            concept = self.vocabulary.concepts[referent.found.concept]
            end = ClaimEnd(concept.iri, concept.label, referent.start, referent.end)
            if (action := self.process_of(end, referent.process)) is not None:
                yield action
        elif referent.found is not None:
            kind = self._kind_spoken_of(k, referent)
            concept = self.vocabulary.concepts[kind or referent.found.concept]
            yield ClaimEnd(concept.iri, concept.label, referent.start, referent.end, resolved=kind is not None)
        elif referent.pronoun and referent.process is not None:  # "its release"
            for meant in self._owner_before(k) or self._spoken_of(self.syntax.parts[k].word)[:1]:
                label = self.vocabulary.concepts[meant].label
                end = ClaimEnd(meant, label, referent.start, referent.end, resolved=True)
                if (action := self.process_of(end, referent.process)) is not None:
                    yield action
        elif referent.pronoun and (several := self._meant_together(k)):
            yield from several
        elif referent.pronoun:
            means = self._meant_by_pronoun(k)
            head = self.syntax.parts[k].head
            if not means and head is not None and self._says_enough(k, head):  # "these vitamins", new here
                yield ClaimEnd(head.concept, self.vocabulary.concepts[head.concept].label, head.start, head.end)
            for meant in means:
                yield ClaimEnd(
                    meant, self.vocabulary.concepts[meant].label, referent.start, referent.end, resolved=True
                )
        elif (state := self._state_spoken_of(referent, k)) is not None:
            label = self.vocabulary.concepts[state].label
            yield ClaimEnd(state, label, referent.start, referent.end, resolved=True)
        else:
            yield ClaimEnd(None, self.text[referent.start : referent.end], referent.start, referent.end)

    def _says_enough(self, k: int, head: Found) -> bool:
        """Whether a name is more than a class that stands for anything: "these fatty acids", but not "this acid"."""
        return not self.syntax.is_generic(k) or " " in self.text[head.start : head.end]

    def _chunk_of(self, start: int, k: int) -> int:
        """The noun phrase, from the one at chunk k on, in which the words at `start` stand: "most of them"."""
        words, parts = self.syntax.words, self.syntax.parts
        return next((n for n in range(k, len(parts)) if words[parts[n].last].end > start), k)

    def _state_spoken_of(self, referent: Referent, k: int) -> str | None:
        """ "Deficiency" on a page about zinc: zinc deficiency."""
        last = self.syntax.words[self.syntax.parts[k].last]
        if last.norm not in STATES or self.context.topic is None or last.end != referent.end:
            return None
        label = self.vocabulary.concepts[self.context.topic].label
        if name_words(label)[-1:] == (last.norm,):
            return self.context.topic
        named = self.vocabulary.named(f"{label} {last.norm}")
        return named[0].iri if named else None

    def process_of(self, end: ClaimEnd, process: str) -> ClaimEnd | None:
        """The process of that name of what `end` is: insulin's secretion, the digestion of fat. A process that no
        vocabulary knows is a candidate; None where the two make no sense together."""
        if end.concept is None:
            return None
        process = {"release": "secretion", "concentration": "level"}.get(process, process)
        wanted = {(*name_words(name), process) for name in self.vocabulary.concepts[end.concept].names}
        for words in sorted(wanted):
            for concept in self.vocabulary.named(" ".join(words)):
                return end._replace(concept=concept.iri, label=concept.label)
        type_ = self.vocabulary.type_of(end.concept)
        kinds = _ACTED_ON[:1] if process == "secretion" else _ACTED_ON
        if type_ is None or not any(load_types().is_a(type_, kind) for kind in kinds):
            return None
        return end._replace(concept=None, label=f"{end.label} {process}", type="Process")

    def _is_altered(self, k: int) -> bool:
        """ "insufficient iron", "quitting smoking", "a gluten-free diet": not iron, smoking, or diet."""
        part = self.syntax.parts[k]
        head = part.head
        if head is None:
            return False
        if (part.word in english.INDEFINITE or self._is_bare_subject(k)) and self._is_some_kind(k):
            return True
        if part.word in {"its", "their"} and part.last == part.first + 1 and self.syntax.is_generic(k):
            return True  # "needs iodine to make its hormones": not any hormone
        if k > 1 and (self.syntax.parts[k - 2].word, self.syntax.parts[k - 1].word) in _REPLACING:
            return True
        if head.paraphrase and part.first > 0 and self.syntax.words[part.first - 1].lower in english.NEGATIONS:
            return True  # "cannot absorb nutrients"
        if self.syntax.is_named_by_noun(k) or self._shares_a_lack(k, head.concept):
            return True
        if self.syntax.words[part.first].start == head.start:
            return False
        before = [w for w in self.syntax.words[part.first : part.last + 1] if w.end <= head.start]
        norms = {w.norm for w in before}
        if not norms.isdisjoint(_ALTERING) and any(w.norm in _ALTERING and not self._is_degree(w) for w in before):
            return True
        if not norms.isdisjoint(_SICK) and self._is_of(head.concept, "BodyPart"):
            return True
        if not norms.isdisjoint(_TROUBLED) and self._is_of(head.concept, "Process"):
            return True
        return len(before) > 1 and before[-2].text == "-" and before[-1].norm in _COMPOUNDING

    def _is_bare_subject(self, k: int) -> bool:
        part = self.syntax.parts[k]
        return part.first == part.last and self.syntax.is_free(k)

    def _is_some_kind(self, k: int) -> bool:
        """ "a drug that lowers acid", "drugs that lower acid": a kind of drug that the text does not name."""
        if not self.syntax.is_generic(k) and self.syntax.head_word(k) not in _EATEN:
            return False
        n = self.syntax.forward(k)
        narrowed = self.syntax.kind(n) == RELATIVE
        if self.syntax.kind(n) == VERB_GROUP and self.syntax.parts[k].word in english.INDEFINITE:
            verb = self.syntax.parts[n].verb
            narrowed = verb is not None and verb.form == PARTICIPLE and not verb.finite and self.syntax.named(k) is None
        return narrowed and not self._defined_by(k) and self.syntax.explained(k) is None

    def _is_degree(self, word: Token) -> bool:
        """ "low-grade inflammation" is inflammation."""
        following = [w.norm for w in self.syntax.words if word.end < w.start <= word.end + 1]
        return self.text[word.end : word.end + 1] == "-" and not _DEGREES.isdisjoint(following)

    def _shares_a_lack(self, k: int, concept: str) -> bool:
        """ "a deficiency of folate or zinc causes …": it is not zinc that does."""
        before = self.syntax.parts[k - 2].head if k > 1 and self.syntax.kind(k - 1) == CONJUNCTION else None
        type_ = self.vocabulary.type_of(concept)
        return before is not None and before.paraphrase and type_ is not None and load_types().is_a(type_, "Chemical")
