"""Who does what in a chunked sentence: subjects, antecedents, lists, and what a noun phrase stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.chunks import Chunk, Kind
from nutrigraph.graph_builder.english import Form
from nutrigraph.graph_builder.recognition import Found
from nutrigraph.graph_builder.tokens import Token

_TRANSPARENT = frozenset(
    "form type kind class sort amount level part majority one some rest presence onset development effect action "
    "example use intake consumption role function job purpose task risk member "
    "all most many each any both term name word process activity site state one more several two three".split()
)
"""Nouns that pass what is said of them on to what follows their "of": "a form of sugar", "the effects of insulin"."""
_CLASSING = frozenset("form type kind class sort example".split())
_COLLECTIONS = frozenset("group set cluster collection combination series family".split())
_ROLES = frozenset("role function job purpose task action effect work".split())
_NAMING = frozenset("call know name term".split())
_DEVERBAL = ("tion", "sion", "ment", "ism", "esis", "ysis")
_ACTIONS = frozenset(
    "release growth storage transport repair breakdown healing burning building emptying uptake loss flow function "
    "balance activity turnover use clearance removal renewal".split()
)
"""Nouns of what is done to a thing, or what it does, beside those with one of the endings of such nouns."""
_COUNTED = frozenset("two three four five six seven several many both".split())
_GENERIC = frozenset(
    "condition disorder disease state substance hormone process problem group illness structure organ molecule "
    "compound test form type device treatment cell nutrient sugar protein chemical vitamin mineral drug medicine "
    "enzyme gland fat acid".split()
)
_EXPLAINING = english.INDEFINITE | _COUNTED | {"the", "its", "their"}
"""How a noun phrase begins that explains the one before it."""
_LIGHT_VERBS = frozenset("eat drink consume take use get have include add be".split())
_RELATIONAL = frozenset("result cause consequence complication source sign symptom form type kind part name".split())
"""Nouns that say what one thing is to another, and so explain it wherever they stand."""
_RESULTING = frozenset("lead result cause mean".split())
_CAUSATIVE = frozenset("help allow enable cause signal tell stimulate trigger let make prompt force encourage".split())
"""Verbs whose object does what the infinitive behind it says: "helps cells to take up glucose"."""


@dataclass(frozen=True, slots=True)
class Referent:
    """What a noun phrase stands for: a concept at a place (`found`), or words that no vocabulary knows (`found` None).

    `pronoun`: the words are a pronoun's or "this condition", and what they stand for was said before. `process`: the
    noun of an action on the concept: "digestion" for "digestion of fats".
    """

    start: int
    end: int
    found: Found | None = None
    pronoun: bool = False
    process: str | None = None


@dataclass(frozen=True, slots=True)
class NounList:
    """Coordinated noun phrases: their chunk numbers, those that only exemplify the others, and the chunk after them."""

    members: tuple[int, ...]
    examples: tuple[int, ...]
    after: int


class Syntax:
    """A chunked sentence that can be asked for its clauses' parts."""

    def __init__(self, words: list[Token], parts: list[Chunk]) -> None:
        self.words = words
        self.parts = parts
        self.chunk_at = {n: k for k, part in enumerate(parts) for n in range(part.first, part.last + 1)}
        self.closing = self._brackets()
        self.opening = {close: open_ for open_, close in self.closing.items()}
        self.norms = frozenset(word.norm for word in words)
        if "?" in self.norms:
            self.norms |= {":"}  # "What are the symptoms? - …" may be read as "Symptoms: …"
        self.verbs = frozenset((part.verb.lemma, part.verb.passive) for part in parts if part.verb is not None)
        self._kinds = [part.kind for part in parts]
        self._after = self._steps(range(len(parts) - 1, -2, -1), 1, self.closing)
        self._before = self._steps(range(len(parts) + 1), -1, self.opening)
        self._subjects: dict[int, tuple[int, ...]] = {}
        self._lists: dict[int, NounList] = {}

    def _steps(self, order: Iterable[int], step: int, brackets: Mapping[int, int]) -> list[int]:
        """For each chunk the next one in a direction, over adverbs and whole brackets; and for where the sentence
        begins (-1) or ends."""
        reached = [0] * (len(self.parts) + 1)
        for k in order:
            n = k + step
            while 0 <= n < len(self.parts) and (n in brackets or self._kinds[n] is Kind.ADVERB):
                n = brackets[n] + step if n in brackets else reached[n]
            reached[k] = n
        return reached

    def _brackets(self) -> dict[int, int]:
        pairs: dict[int, int] = {}
        stack: list[int] = []
        for k, part in enumerate(self.parts):
            if part.kind is Kind.OPEN:
                stack.append(k)
            elif part.kind is Kind.CLOSE and stack:
                pairs[stack.pop()] = k
        return pairs

    def kind(self, k: int) -> Kind | None:
        return self._kinds[k] if 0 <= k < len(self._kinds) else None

    def is_noun(self, k: int) -> bool:
        return 0 <= k < len(self._kinds) and self._kinds[k] is Kind.NOUN_PHRASE

    def back(self, k: int) -> int:
        """The chunk before k, over adverbs and whole brackets."""
        return self._before[k] if 0 <= k <= len(self.parts) else k - 1

    def forward(self, k: int) -> int:
        """The chunk after k, over adverbs and whole brackets."""
        return self._after[k] if -1 <= k < len(self.parts) else k + 1

    def head_word(self, k: int) -> str:
        return self.words[self.parts[k].last].norm

    def chain_start(self, k: int) -> int:
        """The first noun phrase of "cells of the body": the one that the prepositions behind it hang on."""
        while self.kind(b := self.back(k)) is Kind.PREPOSITION and self.is_noun(a := self.back(b)):
            k = a
        return k

    # Subjects

    def subject(self, k: int) -> tuple[int, ...]:
        """The noun phrases that are the subject of the verb group at chunk k (of its action, for a passive too: what
        the verb is said of); empty if none is found."""
        if k not in self._subjects:
            self._subjects[k] = ()  # a verb group that leads back to itself has none
            self._subjects[k] = self._find_subject(k)
        return self._subjects[k]

    def _find_subject(self, k: int) -> tuple[int, ...]:
        verb = self.parts[k].verb
        assert verb is not None
        b = self.back(k)
        kind = self.kind(b)
        if kind is Kind.RELATIVE:
            return self._antecedent(b, verb.form is Form.THIRD)
        if kind is Kind.COLON or self.is_bullet(b):
            return self._before_colon(b)
        if verb.infinitive or verb.form is Form.ING or verb.form is Form.PARTICIPLE:
            return self._of_nonfinite(k, b)
        if kind is Kind.CONJUNCTION and (infinitive := self._infinitive_before(k, b)) is not None:
            return self.subject(infinitive)
        if kind is Kind.CONJUNCTION or (kind is Kind.COMMA and self.kind(self.back(b)) is not Kind.NOUN_PHRASE):
            return self._of_previous(k)
        return self._before_verb(k, b)

    def _before_colon(self, k: int) -> tuple[int, ...]:
        """Of the items of "Cortisol: - raises blood sugar - calms inflammation": what stands before the colon."""
        colon = next((n for n in range(k, 0, -1) if self.kind(n) is Kind.COLON), 0)
        return self.members_to(self.back(colon)) if colon else ()

    def _infinitive_before(self, k: int, conjunction: int) -> int | None:
        """ "helps the liver to break down fat and release …": the infinitive that the bare verb at k goes on from."""
        verb = self.parts[k].verb
        if verb is None or verb.form is not Form.BASE or self.parts[k].first != self.parts[k].last:
            return None
        before = next((n for n in range(conjunction - 1, -1, -1) if self.parts[n].verb is not None), None)
        outer = self.parts[before].verb if before is not None else None
        return before if outer is not None and outer.infinitive else None

    def _of_previous(self, k: int) -> tuple[int, ...]:
        """ "produces insulin and releases it": the subject of the last finite verb."""
        for j in range(k - 1, -1, -1):
            verb = self.parts[j].verb
            if verb is not None and (verb.finite or self.kind(self.back(j)) is Kind.RELATIVE):
                return self.subject(j)
        return ()

    def _antecedent(self, relative: int, singular: bool) -> tuple[int, ...]:
        """What "that", "which" or "who" stands for: the noun phrase before it, but for "a hormone made by the pancreas
        which …" the hormone."""
        k = self.back(relative)
        if self.kind(k) is Kind.COMMA:
            k = self.back(k)
        if not self.is_noun(k):
            return ()
        k = self._collection(self._first_of_pair(k) if singular else k)
        start = self.chain_start(k)
        if start != k:
            governor = self.back(self.back(k))
            if self._is_transparent(governor):
                return (governor,)
            if self._is_genus(start):
                return (start,)
        governor = self.back(start)
        if self.kind(governor) is Kind.PREPOSITION:
            governor = self.back(governor)
        part = self.parts[governor] if governor >= 0 else None
        if part is not None and part.verb is not None and part.verb.form is Form.PARTICIPLE:
            return self.subject(governor)
        if singular and self.words[self.parts[k].last].text.endswith("s") and self.chain_start(k) != k:
            return (self.chain_start(k),)
        return (k,)

    def _collection(self, k: int) -> int:
        """From the end of "a group of traits and conditions" back to the group, which has what they have."""
        start = self.chain_start(self._first_of_pair(k))
        return start if self.head_word(start) in _COLLECTIONS else k

    def _first_of_pair(self, k: int) -> int:
        """From "colon" back to "ileum" in "cells in the ileum and colon", which hang on one preposition."""
        first = k
        while self.kind(conjunction := self.back(first)) is Kind.CONJUNCTION and self.is_noun(self.back(conjunction)):
            first = self.back(conjunction)
        return first if self.kind(self.back(first)) is Kind.PREPOSITION else k

    def _is_genus(self, k: int) -> bool:
        """ "X is an organ of the belly that …": what X is said to be, of which a definition goes on to speak."""
        before = self.back(k)
        verb = self.parts[before].verb if before >= 0 else None
        defines = self.parts[k].word in english.INDEFINITE or (before >= 0 and self.parts[before].word == ":")
        return verb is not None and verb.lemma == "be" and defines

    def _of_nonfinite(self, k: int, b: int) -> tuple[int, ...]:
        """ "a hormone produced by …", "by lowering …", "…, leading to …", "is to transport …"."""
        verb = self.parts[k].verb
        assert verb is not None
        if self.is_noun(b):
            if verb.infinitive:
                return self._of_infinitive(k, b, passive=verb.passive)
            return (self._collection(b),)
        if self.kind(b) is Kind.COMMA and verb.form is Form.PARTICIPLE:
            if verb.lemma not in _NAMING and self._continues_passive(k):
                return self._of_previous(k)
            a = self.before_alias(self.back(b))
            return (self.chain_start(a),) if self.is_noun(a) else ()
        if self.kind(b) is Kind.COMMA and verb.lemma in _RESULTING and self.is_noun(self.back(b)):
            a = self.back(b)
            return (a,) if self.parts[a].head is not None else self._of_whole_clause(k)
        if self.kind(b) is Kind.CONJUNCTION:
            for j in range(b - 1, -1, -1):
                other = self.parts[j].verb
                if other is not None and (other.infinitive == verb.infinitive and other.form is verb.form):
                    return self.subject(j)
        return self._of_previous(k)

    def before_alias(self, k: int) -> int:
        """From "fats" back to "lipids" in "lipids, or fats, made of …"."""
        conjunction = self.back(k)
        comma = self.back(conjunction)
        is_alias = self.kind(conjunction) is Kind.CONJUNCTION and self.parts[conjunction].word == "or"
        return self.back(comma) if is_alias and self.kind(comma) is Kind.COMMA and self.is_noun(self.back(comma)) else k

    def _continues_passive(self, k: int) -> bool:
        """ "is made by the liver, stored in the gallbladder and …": one passive after another."""
        verb = next((v for n in range(k - 1, -1, -1) if (v := self.parts[n].verb) is not None), None)
        return verb is not None and verb.finite and verb.passive

    def _of_whole_clause(self, k: int) -> tuple[int, ...]:
        """ "X is a condition in which …, leading to …": what is defined leads to it, not what acts in the clause."""
        subject = self._of_previous(k)
        if subject and self.kind(relative := self.back(subject[0])) is Kind.RELATIVE:
            preposition = self.back(relative)
            if self.kind(preposition) is Kind.PREPOSITION and self.is_noun(genus := self.back(preposition)):
                return (genus,)
        return subject

    def _of_infinitive(self, k: int, noun: int, *, passive: bool) -> tuple[int, ...]:
        """Of "to …" behind a noun phrase: that noun phrase after "helps cells to", "done by a person to" and before
        "to be done", else the subject of the clause ("helps people to": the helper does it)."""
        if self.kind(before := self.back(noun)) is Kind.PREPOSITION and self.parts[before].word == "by":
            return (noun,)
        if passive:
            start = self.chain_start(noun)
            head = self.parts[start].head
            return () if head is not None and head.paraphrase else (start,)
        return (noun,) if self.parts[noun].mentions and self._causative(noun) else self._of_previous(k)

    def _causative(self, noun: int) -> bool:
        """ "helps cells (to) …", "signals the liver to …": the noun phrase is what acts."""
        before = self.back(noun)
        verb = self.parts[before].verb if before >= 0 else None
        return verb is not None and verb.lemma in _CAUSATIVE

    def _before_verb(self, k: int, b: int) -> tuple[int, ...]:
        if self.kind(b) is Kind.COMMA:
            owner = self._over_aside(b)
            if owner is None and not self._is_free(self.chain_start(self.back(b))):
                return self._of_previous(k)  # "widens the airways, speeds up the heart and …"
            b = self.back(b) if owner is None else owner
        members = self.members_to(self._described(b))
        return () if members and self._is_gerund(self.back(members[0])) else members

    def _described(self, k: int) -> int:
        """From the end of "folic acid taken before pregnancy" back to what is described: folic acid; from the end of
        "factors that raise the risk" back to the factors."""
        start = self.chain_start(k) if self.is_noun(k) else k
        before = self.back(start)
        if self.kind(before) is Kind.VERB_GROUP and self.kind(relative := self.back(before)) is Kind.RELATIVE:
            described = self.back(relative)
            return described if self.is_noun(described) else k
        while self.is_noun(k) and self.kind(preposition := self.back(self.chain_start(k))) is Kind.PREPOSITION:
            participle = self.back(preposition)
            verb = self.parts[participle].verb if participle >= 0 else None
            if verb is None or verb.form is not Form.PARTICIPLE or not self.is_noun(described := self.back(participle)):
                break
            k = described
        return k

    def members_to(self, b: int) -> tuple[int, ...]:
        """The coordinated noun phrases that end with the one at chunk b; empty if none stands there."""
        if not self.is_noun(b):
            return ()
        members = [self.chain_start(b)]
        while self.parts[b].word not in english.PRONOUNS:
            separator = self.back(members[0])
            joins = Kind.CONJUNCTION if len(members) == 1 else Kind.COMMA
            if self.kind(separator) not in (joins, Kind.CONJUNCTION, Kind.EXAMPLE):
                break
            if self.kind(separator) is Kind.CONJUNCTION and self.kind(self.back(separator)) is Kind.COMMA:
                separator = self.back(separator)
            other = self.back(separator)
            if self.kind(other) is Kind.COMMA:
                other = self.back(other)
            if not self.is_noun(other) or not self._is_free(self.chain_start(other)):
                break
            if self._is_listed_within(other, members):
                return (self.chain_start(other),)
            members.insert(0, self.chain_start(other))
        return tuple(members)

    def _is_listed_within(self, k: int, members: list[int]) -> bool:
        """Whether the list begins inside a phrase: "purines in meat, seafood and beer" are purines."""
        before = self.back(k)
        if len(members) < 2 or self.kind(before) is not Kind.PREPOSITION or self.chain_start(k) == k:
            return False
        return not any(self.parts[n].word in english.DETERMINERS for n in (k, *members))

    def _is_gerund(self, k: int) -> bool:
        """ "Losing body fat lowers …": the loss does it, not the fat."""
        if k < 0 or self.kind(self.back(k)) not in (None, Kind.SUBORDINATOR):
            return False
        verb = self.parts[k].verb
        return verb is not None and verb.form is Form.ING and not self.is_light(k)

    def is_light(self, k: int) -> bool:
        """Whether the verb group at k adds nothing to its object: "eating eggs", "having diabetes"."""
        verb = self.parts[k].verb
        if verb is None or verb.form is not Form.ING or verb.lemma not in _LIGHT_VERBS:
            return False
        return not (verb.passive or verb.negated or (k > 0 and self.parts[k - 1].word in english.NEGATIONS))

    def _is_free(self, k: int) -> bool:
        """Whether a noun phrase is no complement of a verb or preposition."""
        before = self.back(k)
        while self.kind(before) in (Kind.COMMA, Kind.CONJUNCTION) and self.is_noun(self.back(before)):
            before = self.back(self.chain_start(self.back(before)))
        return self.kind(before) not in (Kind.VERB_GROUP, Kind.PREPOSITION, Kind.RELATIVE)

    def _over_aside(self, comma: int) -> int | None:
        """From the comma that closes an aside (", also called …,") back to the noun phrase it follows, if it does."""
        for k in range(comma - 1, 0, -1):
            if self.kind(k) is Kind.COMMA and self.is_noun(self.back(k)) and self.kind(k + 1) is not Kind.CONJUNCTION:
                inside = self.parts[k + 1 : comma]
                if not inside or self._is_finite(inside[0]):
                    continue
                first = next((n for n in range(k + 1, comma) if self.kind(n) is not Kind.ADVERB), k + 1)
                if len(inside) <= 3 or not self.is_noun(first) or self.explained(first) is not None:
                    return self.back(k)
        return None

    @staticmethod
    def _is_finite(part: Chunk) -> bool:
        return part.verb is not None and part.verb.finite

    def explained(self, k: int) -> int | None:
        """The noun phrase that the one at k explains: "the pancreas, an organ of …", "prediabetes (a condition …)"."""
        part = self.parts[k]
        if part.kind is not Kind.NOUN_PHRASE or part.word not in _EXPLAINING:
            return None
        opening = k - 1
        while self.kind(opening) is Kind.ADVERB:
            opening -= 1
        if self.kind(opening) not in (Kind.OPEN, Kind.COMMA):
            return None
        owner = self.back(opening)
        if not self.is_noun(owner) or self.parts[owner].word in english.PRONOUNS:
            return None
        if part.word not in english.INDEFINITE and self.kind(opening) is Kind.COMMA:
            before = self.back(self.chain_start(owner))
            fronted = self.kind(before) is Kind.SUBORDINATOR or (
                self.kind(before) is Kind.PREPOSITION and not self._has_verb(before)
            )
            if fronted or self._begins_clause(k):
                return None
        listed = self.noun_list(owner) if self.head_word(k) not in _RELATIONAL else None
        if listed is not None and any(m > opening for m in (*listed.members, *listed.examples)):
            return None
        return owner

    def _has_verb(self, k: int) -> bool:
        return any(self._is_finite(part) for part in self.parts[:k])

    def explanations(self) -> list[tuple[int, int]]:
        """Every noun phrase that explains another, and the one it explains."""
        return [(k, owner) for k in range(1, len(self.parts)) if (owner := self.explained(k)) is not None]

    def object_gap(self, k: int) -> tuple[int, ...]:
        """ "a hormone that the stomach releases": what stands before the relative clause is the object of its verb at
        chunk k; empty if the verb has an object of its own or stands in no such clause."""
        verb = self.parts[k].verb
        subject = self.subject(k)
        if verb is None or not verb.finite or verb.passive or not subject or self.is_noun(self.forward(k)):
            return ()
        relative = self.back(subject[0])
        if self.kind(relative) is not Kind.RELATIVE or self.parts[relative].word not in {"that", "which"}:
            return ()
        if self.kind(self.back(relative)) is Kind.PREPOSITION or subject[0] < relative:
            return ()
        return self._antecedent(relative, singular=False)

    # Noun phrases

    def noun_list(self, k: int) -> NounList | None:
        """The coordinated noun phrases that begin at chunk k, with their examples ("such as", "especially")."""
        if not self.is_noun(k):
            return None
        if k not in self._lists:
            self._lists[k] = self._noun_list(k)
        return self._lists[k]

    def _noun_list(self, k: int) -> NounList:
        members: list[int] = [k]
        examples: list[int] = []
        at, exemplified, joined = k, False, 1
        own_clause = self._is_complement(k)
        while (step := self._next_member(at, stop_at_clause=own_clause)) is not None:
            opens_examples, conjunction = self._between(at, step)
            at, exemplified = step, exemplified or opens_examples
            (examples if exemplified else members).append(at)
            joined = len(members) if conjunction and not exemplified else joined
        if joined < len(members):  # only commas: not a list, but one noun phrase and what follows it
            members, examples, at = members[:joined], [], members[joined - 1]
        return NounList(tuple(members), tuple(examples), self.forward(at))

    def _between(self, one: int, other: int) -> tuple[bool, bool]:
        """Whether examples begin between two neighbouring noun phrases, and whether they are joined as a list is."""
        marks = self.parts[one + 1 : other]
        opens = any(part.kind in (Kind.EXAMPLE, Kind.COLON) for part in marks)
        return opens, any(part.kind in (Kind.CONJUNCTION, Kind.STOP) for part in marks)

    def enumeration(self, k: int) -> tuple[int, ...]:
        """The members that a colon gives to the noun phrase at k: "Two hormones do that: insulin and glucagon"."""
        if self.parts[k].word not in _COUNTED:
            return ()
        colon = next((n for n in range(k, len(self.parts)) if self.kind(n) is Kind.COLON), None)
        listed = self.noun_list(self.forward(colon)) if colon is not None else None
        return listed.members if listed is not None and len(listed.members) > 1 else ()

    def _is_complement(self, k: int) -> bool:
        """Whether the noun phrase hangs on a verb or preposition before it, and so is no subject."""
        return self.kind(self.back(k)) in (Kind.VERB_GROUP, Kind.PREPOSITION)

    def _is_alias(self, conjunction: int, noun: int) -> bool:
        """ "high blood pressure, or hypertension, …": another name, not another thing."""
        asides = self.kind(conjunction - 1) is Kind.COMMA and self.kind(self.forward(noun)) is Kind.COMMA
        return self.parts[conjunction].word == "or" and asides and not self.is_noun(self.forward(self.forward(noun)))

    def _next_member(self, k: int, *, stop_at_clause: bool) -> int | None:
        n = self.forward(k)
        if self.head_word(k).endswith(_DEVERBAL) and self.kind(n) is Kind.PREPOSITION:
            return None  # "digestion of fat, protein and starch" is one thing, with a list of its own
        while self.kind(n) is Kind.PREPOSITION and self.parts[n].word in {"of", "in"} and self.is_noun(self.forward(n)):
            beyond = self.forward(self.forward(n))
            if (
                not self._is_parallel(n, beyond)
                and self.kind(beyond)
                not in (
                    Kind.COMMA,
                    Kind.EXAMPLE,
                    Kind.COLON,
                )
                and not self._is_semicolon(beyond)
            ):
                return None
            n = beyond
        marks = 0
        while (
            self.kind(n) in (Kind.COMMA, Kind.CONJUNCTION, Kind.EXAMPLE, Kind.COLON)
            or self._is_semicolon(n)
            or self.is_bullet(n)
        ):
            if self.kind(n) is Kind.CONJUNCTION and self.parts[n].word == "but":
                return None
            if self.kind(n) is Kind.COLON and not self._announces(n):
                return None
            if self.kind(n) is Kind.EXAMPLE and self.kind(n - 1) is Kind.CLOSE:
                return None  # what the brackets say is what has the examples
            marks += 1
            n = self._over_condition(self.forward(n))
            if self.kind(n) is Kind.PREPOSITION and self.parts[n].word == self.parts[max(k - 1, 0)].word:
                n = self.forward(n)  # "in this and in that"
        if not marks or not self.is_noun(n) or (stop_at_clause and self._begins_clause(n)):
            return None
        before = self.back(n)
        if self.kind(before) is Kind.CONJUNCTION and self._is_alias(before, n):
            return None
        if stop_at_clause and marks > 1 and self.kind(self.forward(k)) is Kind.COMMA and self._has_own_clause(n):
            return None
        return n

    def _has_own_clause(self, k: int) -> bool:
        """ "…, and chief cells, which …": a relative clause of its own sets it off from what stands before."""
        n = self.forward(k)
        return self.kind(n) is Kind.COMMA and self.kind(self.forward(n)) is Kind.RELATIVE

    def _is_parallel(self, preposition: int, conjunction: int) -> bool:
        """ "rickets in children and osteomalacia in adults": one pair after another."""
        other = self.forward(conjunction)
        if self.kind(conjunction) is not Kind.CONJUNCTION or not self.is_noun(other):
            return False
        n = self.forward(other)
        return self.kind(n) is Kind.PREPOSITION and self.parts[n].word == self.parts[preposition].word

    def _over_condition(self, comma: int) -> int:
        """From the comma of "and, in severe cases, surgery" to what the aside stands before."""
        preposition = self.forward(comma)
        if self.kind(comma) is not Kind.COMMA or self.kind(preposition) is not Kind.PREPOSITION:
            return comma
        end = self.forward(self.forward(preposition)) if self.is_noun(self.forward(preposition)) else -1
        return self.forward(end) if self.kind(end) is Kind.COMMA else comma

    def _is_semicolon(self, k: int) -> bool:
        return self.kind(k) is Kind.STOP and self.parts[k].word == ";"

    def is_bullet(self, k: int) -> bool:
        """Whether chunk k is the mark before an item of a list."""
        return self.kind(k) is Kind.STOP and self.parts[k].word in {"-", "–", "•", "*"}

    def _announces(self, colon: int) -> bool:
        """ "one of the following tests: …", "these tests: - …": what stands behind the colon is meant before it."""
        before = {w.norm for w in self.words[max(0, self.parts[colon].first - 8) : self.parts[colon].first]}
        return bool(before & {"following", "these"}) or self.is_bullet(colon + 1)

    def _begins_clause(self, k: int) -> bool:
        """Whether the noun phrase at k is the subject of a finite verb that follows it, alone or with others."""
        n = self.forward(k)
        joins = Kind.PREPOSITION, Kind.COMMA, Kind.CONJUNCTION
        while self.kind(n) in joins:
            if self.kind(n) is Kind.COMMA and self.kind(self.forward(n)) is Kind.CONJUNCTION:
                n = self.forward(n)
            if not self.is_noun(self.forward(n)):
                break
            n = self.forward(self.forward(n))
        verb = self.parts[n].verb if n < len(self.parts) else None
        return verb is not None and verb.finite

    def _is_transparent(self, k: int) -> bool:
        part = self.parts[k]
        return part.head is None and self.head_word(k) in _TRANSPARENT

    def is_measured(self, k: int) -> bool:
        """ "a high level of potassium", "a group of symptoms": no potassium and no symptom."""
        return self._is_transparent(k) and self.head_word(k) not in _CLASSING

    def named(self, k: int) -> int | None:
        """The noun phrase that gives "a condition called X" its name."""
        n = self.forward(k)
        verb = self.parts[n].verb if n < len(self.parts) else None
        if self.kind(n) is Kind.RELATIVE:
            n = self.forward(n)
            verb = self.parts[n].verb if n < len(self.parts) else None
        if verb is None or verb.lemma not in _NAMING or not (verb.passive or verb.form is Form.PARTICIPLE):
            return None
        n = self.forward(n)
        if self.kind(n) is Kind.PREPOSITION and self.parts[n].word == "as":
            n = self.forward(n)
        return n if self.is_noun(n) else None

    def _owned(self, k: int) -> list[Referent]:
        """ "its release", "their function": what was named before, or what is done to it."""
        part, noun = self.parts[k], self.words[self.parts[k].last]
        start, end = self.words[part.first].start, noun.end
        if self.head_word(k) in _ROLES:
            return [Referent(start, self.words[part.first].end, pronoun=True)]
        if part.last == part.first + 1 and (noun.norm.endswith(_DEVERBAL) or noun.norm in _ACTIONS):
            return [Referent(start, end, pronoun=True, process=noun.norm)]
        return [self._plain(part)]

    def names_one(self, k: int) -> bool:
        """ "an enzyme called lactase": the noun phrase at k and the participle behind it name one of a class."""
        verb = self.parts[n].verb if (n := self.forward(k)) < len(self.parts) else None
        return self.parts[k].word in english.INDEFINITE and verb is not None and not verb.finite

    def referents(self, k: int, depth: int = 0) -> list[Referent]:
        """What the noun phrase at chunk k stands for; empty if it can't be told."""
        part = self.parts[k]
        if depth > 4:
            return []
        named = self.named(k)
        if named is not None and (part.head is None or self.head_word(k) in _GENERIC or self.names_one(k)):
            return self.referents(named, depth + 1)
        bare = part.word == "other" and part.last == part.first + 1
        if (part.word in {"certain", "various"} or bare) and self.is_generic(k):
            return []  # "certain conditions": members of a class that the text does not name
        if part.word in {"its", "their"} and not part.mentions and part.first < part.last:
            return self._owned(k)
        if self._is_anaphor(part, k):
            return [Referent(self.words[part.first].start, self.words[part.last].end, None, pronoun=True)]
        if part.head is not None and not self._is_narrowed(part, k):
            return [Referent(part.head.start, part.head.end, part.head)]
        n = self.forward(k)
        if (
            self._is_transparent(k)
            and self.kind(n) is Kind.PREPOSITION
            and self.parts[n].word == "of"
            and self.is_noun(self.forward(n))
        ):
            inner = self.noun_list(self.forward(n))
            return [r for m in (inner.members if inner else ()) for r in self.referents(m, depth + 1)]
        if part.first == part.last and part.word in english.PRONOUNS:
            return [Referent(self.words[part.first].start, self.words[part.last].end, None, pronoun=True)]
        if self.head_word(k) in _ROLES and part.mentions and self._possessive(part):
            owner = part.mentions[-1]
            return [Referent(owner.start, owner.end, owner)]
        return self._actions(k) or [self._plain(part)]

    def _actions(self, k: int) -> list[Referent]:
        """ "fat digestion", "the digestion of fats and starch": what is done to a concept."""
        part, noun = self.parts[k], self.words[self.parts[k].last]
        if not (noun.norm.endswith(_DEVERBAL) or noun.norm in _ACTIONS):
            return []
        n = self.forward(k)
        if self.kind(n) is Kind.PREPOSITION and self.parts[n].word == "of" and self.is_noun(self.forward(n)):
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

    def is_generic(self, k: int) -> bool:
        """Whether the noun phrase at k names a class that texts use for what was named before: "the condition"."""
        return self.head_word(k) in _GENERIC

    def _is_narrowed(self, part: Chunk, k: int) -> bool:
        """ "absorption of calcium" is not absorption."""
        n = self.forward(k)
        of = self.kind(n) is Kind.PREPOSITION and self.parts[n].word == "of"
        return of and self.head_word(k).endswith(_DEVERBAL) and self.is_noun(self.forward(n))

    def _is_anaphor(self, part: Chunk, k: int) -> bool:
        """ "this hormone", "the condition": a class for something that was named before."""
        if part.word in {"this", "these"} and part.head is not None and not part.head.paraphrase:
            return True
        if self.head_word(k) not in _GENERIC:
            return False
        plain = part.word == "the" and part.last == part.first + 1
        follows = self.kind(self.forward(k))
        n = self.forward(k)
        participle = follows is Kind.VERB_GROUP and (v := self.parts[n].verb) is not None and not v.finite
        return part.word in {"this", "these"} or (
            plain and not participle and follows not in (Kind.PREPOSITION, Kind.RELATIVE)
        )

    def _possessive(self, part: Chunk) -> bool:
        return any(w.norm == "'s" or w.text in "’'" for w in self.words[part.first : part.last + 1])

    def _plain(self, part: Chunk) -> Referent:
        """The words of a noun phrase that is no concept, without its determiner."""
        first = part.first
        while first < part.last and self.words[first].lower in english.DETERMINERS:
            first += 1
        return Referent(self.words[first].start, self.words[part.last].end)
