"""Who does what in a chunked sentence: subjects, antecedents, and what is explained behind a comma."""

from __future__ import annotations

from nutrigraph.graph_builder import english
from nutrigraph.graph_builder.chunk import Chunk
from nutrigraph.graph_builder.chunks import COUNTED
from nutrigraph.graph_builder.english import BASE, ING, PARTICIPLE, THIRD
from nutrigraph.graph_builder.kinds import (
    ADVERB,
    COLON,
    COMMA,
    CONJUNCTION,
    EXAMPLE,
    NOUN_PHRASE,
    OPEN,
    PREPOSITION,
    RELATIVE,
    STOP,
    SUBORDINATOR,
    VERB_GROUP,
)
from nutrigraph.graph_builder.noun_phrases import NounPhrases
from nutrigraph.graph_builder.word_roles import NAMING

_COLLECTIONS = frozenset("group set cluster collection combination series family".split())
_EXPLAINING = english.INDEFINITE | COUNTED | {"the", "its", "their"}
"""How a noun phrase begins that explains the one before it."""
_LIGHT_VERBS = frozenset("eat drink consume take use get have include add be".split())
_RELATIONAL = frozenset("result cause consequence complication source sign symptom form type kind part name".split())
"""Nouns that say what one thing is to another, and so explain it wherever they stand."""
_RESULTING = frozenset("lead result cause mean".split())
_CAUSATIVE = frozenset("help allow enable cause signal tell stimulate trigger let make prompt force encourage".split())
"""Verbs whose object does what the infinitive behind it says: "helps cells to take up glucose"."""

_ALL = frozenset("both all each most many some".split())
_CLOSE_BEFORE = 3
"""Chunks between a verb and the colon behind it."""
_HELPING = frozenset("help let make".split())
"""Those of them that a bare verb may follow."""

_TAKEN = frozenset("take receive eat drink consume swallow inject prescribe recommend give try".split())
"""Verbs whose object is what the infinitive behind it acts by: "take statins to lower cholesterol"."""


class Syntax(NounPhrases):
    """A chunked sentence that can be asked for its clauses' parts."""

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
        if (kind := self.kind(b)) == COMMA:
            b = self._over_adverb(b)
            kind = self.kind(b)
        if kind == RELATIVE and verb.lemma in _RESULTING and self._is_undone(b):
            return ()
        if kind == RELATIVE:
            return self._with_examples(k, self._antecedent(b, verb.form == THIRD, several=verb.form == BASE))
        if kind == COLON or self.is_bullet(b):
            return self._before_colon(b)
        if verb.infinitive or verb.form == ING or verb.form == PARTICIPLE:
            return self._of_nonfinite(k, b)
        if kind == CONJUNCTION and (infinitive := self._infinitive_before(k, b)) is not None:
            return self.subject(infinitive)
        if kind == CONJUNCTION or (kind == COMMA and self.kind(self.back(b)) != NOUN_PHRASE):
            return self._of_previous(k)
        return self._before_verb(k, b)

    def _over_adverb(self, b: int) -> int:
        """From the comma of "insulin, however, …" back to insulin."""
        aside = self.kind(b - 1) == ADVERB and self.kind(b - 2) == COMMA
        return self.back(b - 2) if aside and self.is_noun(self.back(b - 2)) else b

    def _is_undone(self, relative: int) -> bool:
        """ "cannot break down fat, which causes pain": not to break it down does, and not fat."""
        if self.parts[relative].word != "which" or self.kind(self.back(relative)) != COMMA:
            return False
        verb = next((v for n in range(relative - 1, -1, -1) if (v := self.parts[n].verb) is not None), None)
        return verb is not None and verb.negated

    def class_defined(self) -> tuple[int, ...]:
        """The plural term whose meaning stands behind a colon or a dash: "Minerals: substances that …"."""
        verb = next((k for k, part in enumerate(self.parts) if part.verb is not None), None)
        if verb is None or self.words[self.parts[verb].first].is_word:
            return ()
        term = self.subject(verb)
        return term if len(term) == 1 and self.is_plural(term) else ()

    def _with_examples(self, k: int, antecedent: tuple[int, ...]) -> tuple[int, ...]:
        """ "drugs that harm the kidneys, such as ibuprofen": ibuprofen does, and the others of a class need not."""
        if len(antecedent) != 1 or not self.words[self.parts[antecedent[0]].last].text.endswith("s"):
            return antecedent
        for n in range(k + 1, len(self.parts) - 1):
            verb = self.parts[n].verb
            if self.kind(n) in (STOP, SUBORDINATOR, RELATIVE) or (verb is not None and verb.finite):
                break
            if self.kind(n) == EXAMPLE and self.kind(n - 1) == COMMA:
                listed = self.noun_list(self.forward(n))
                examples = listed.members if listed is not None else ()
                return examples if examples and self.is_generic(antecedent[0]) else (*antecedent, *examples)
        return antecedent

    def _before_colon(self, k: int) -> tuple[int, ...]:
        """Of the items of "Cortisol: - raises blood sugar - calms inflammation": what stands before the colon, or the
        subject of the verb before it ("The test is used to: - …")."""
        colon = next((n for n in range(k, 0, -1) if self.kind(n) == COLON), 0)
        if members := self.members_to(self.back(colon)) if colon else ():
            return members
        verb = next((n for n in range(colon - 1, 0, -1) if (v := self.parts[n].verb) is not None and v.finite), None)
        return self.subject(verb) if verb is not None and colon - verb <= _CLOSE_BEFORE else ()

    def _infinitive_before(self, k: int, conjunction: int) -> int | None:
        """ "helps the liver to break down fat and release …": the infinitive that the bare verb at k goes on from."""
        verb = self.parts[k].verb
        if verb is None or verb.form != BASE or self.parts[k].first != self.parts[k].last:
            return None
        before = next((n for n in range(conjunction - 1, -1, -1) if self.parts[n].verb is not None), None)
        outer = self.parts[before].verb if before is not None else None
        return before if outer is not None and outer.infinitive else None

    def _of_previous(self, k: int) -> tuple[int, ...]:
        """ "produces insulin and releases it": the subject of the last finite verb."""
        for j in range(k - 1, -1, -1):
            verb = self.parts[j].verb
            if self._opens_unread_clause(j):
                return self._antecedent(j, singular=False)
            if verb is not None and (verb.finite or self.kind(self.back(j)) == RELATIVE) and not self.is_helped(j):
                return self.subject(j)
        return ()

    def _opens_unread_clause(self, k: int) -> bool:
        """ "enzymes, which flow into the gut and help with …": a relative clause whose verb is taken for a noun."""
        relative = self.kind(k) == RELATIVE and self.parts[k].word in {"which", "that"}
        noun = self.forward(k)
        bare = self.is_noun(noun) and not self.parts[noun].mentions and self.parts[noun].first == self.parts[noun].last
        after_noun = self.is_noun(self.back(self.back(k)))
        return relative and bare and after_noun and self.kind(self.forward(noun)) == PREPOSITION

    def is_helped(self, k: int) -> bool:
        """ "helps the body respond by …": the bare verb at k is no verb of the clause."""
        verb, noun = self.parts[k].verb, self.chain_start(self.back(k))
        bare = verb is not None and verb.form == BASE and self.parts[k].first == self.parts[k].last
        return bare and self.is_noun(noun) and self._is_object(noun, _HELPING)

    def _antecedent(self, relative: int, singular: bool, *, several: bool = False) -> tuple[int, ...]:
        """What "that", "which" or "who" stands for: the noun phrase before it, but for "a hormone made by the pancreas
        which …" the hormone."""
        k = self.back(relative)
        if self.kind(k) == PREPOSITION and self.parts[k - 1].word in _ALL:  # "…, both of which raise …"
            comma = self.back(k - 1)
            return self.members_of_complement(self.chain_start(self.back(comma))) if self.kind(comma) == COMMA else ()
        if set_off := self.kind(k) == COMMA:
            k = self.back(k)
        if not self.is_noun(k):
            return ()
        if set_off and self._is_whole_clause(relative, k, singular):
            return self._of_previous(relative)
        k = self._collection(self._first_of_pair(k) if singular else k)
        start = self.chain_start(k)
        if start != k:
            governor = self.back(self.back(k))
            if self._is_transparent(governor):
                return (governor,)
            if self._is_genus(start) or self.explained(start) is not None:
                return (start,)
        listed = self.members_of_complement(k)
        governor = self.back(listed[0] if len(listed) > 1 else start)
        if self.kind(governor) == PREPOSITION:
            if set_off and len(listed) > 1 and self.is_noun(self.back(governor)):
                return (self.back(governor),)  # "tannins in tea and coffee, which …"
            governor = self.back(governor)
        part = self.parts[governor] if governor >= 0 else None
        if part is not None and part.verb is not None and part.verb.form == PARTICIPLE:
            return self.subject(governor)
        if (
            part is not None
            and part.verb is not None
            and part.verb.form == ING
            and several
            and self.is_noun(self.back(governor))
            and not self.is_plural((k,))
        ):
            return self.subject(governor)  # "substances resembling cholesterol that block …"
        if singular and self.words[self.parts[k].last].text.endswith("s") and self.chain_start(k) != k:
            return (self.chain_start(k),)
        return (k,)

    def _is_whole_clause(self, relative: int, noun: int, singular: bool) -> bool:
        """ "binds calcium in crystals, which prevents …": the doing does, and so who does it."""
        part = self.parts[noun]
        if self.parts[relative].word != "which" or part.mentions or part.word in english.INDEFINITE:
            return False
        return self.chain_start(noun) == noun and not (singular and not self.words[part.last].text.endswith("s"))

    def members_of_complement(self, k: int) -> tuple[int, ...]:
        """The members of the list that ends with the noun phrase at chunk k, wherever it stands."""
        members: tuple[int, ...] = ()
        for n in range(k, -1, -1):
            listed = self.noun_list(n)
            if listed is not None and k in listed.members:
                members = listed.members
                if self.kind(self.back(n)) in (PREPOSITION, VERB_GROUP):
                    break
        return members

    def lacks_subject(self, k: int) -> bool:
        """Whether the verb at chunk k opens a fragment: "Found in eggs and meat", of what the list is about."""
        verb = self.parts[k].verb
        opens = all(self.kind(n) == ADVERB for n in range(k))
        return opens and verb is not None and (verb.form == THIRD or (verb.form == PARTICIPLE and verb.passive))

    def possessor(self, k: int) -> tuple[int, ...]:
        """ "anemia, whose symptoms include pallor": what "whose" before the noun phrase at k stands for, if it does."""
        relative = next((n for n in range(k - 1, -1, -1) if self.kind(n) == RELATIVE), None)
        if relative is None or self.parts[relative].word != "whose":
            return ()
        return self._antecedent(relative, singular=False)

    def _collection(self, k: int) -> int:
        """From the end of "a group of traits and conditions" back to the group, which has what they have."""
        start = self.chain_start(self._first_of_pair(k))
        return start if self.head_word(start) in _COLLECTIONS else k

    def _first_of_pair(self, k: int) -> int:
        """From "colon" back to "ileum" in "cells in the ileum and colon", which hang on one preposition."""
        first = k
        while self.kind(conjunction := self.back(first)) == CONJUNCTION and self.is_noun(self.back(conjunction)):
            first = self.back(conjunction)
        return first if self.kind(self.back(first)) == PREPOSITION else k

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
        if self.kind(b) == COMMA and verb.form == PARTICIPLE:
            if verb.lemma not in NAMING and self._continues_passive(k):
                return self._of_previous(k)
            a = self.before_alias(self.back(b))
            return (self.chain_start(a),) if self.is_noun(a) else ()
        if self.kind(b) == COMMA and verb.lemma in _RESULTING and self.is_noun(self.back(b)):
            a = self.back(b)
            return (a,) if self.parts[a].head is not None else self._of_whole_clause(k)
        if self.kind(b) == PREPOSITION and self.back(b) == -1:  # "By lowering …, insulin …"
            main = next((n for n in range(k + 1, len(self.parts)) if self._is_finite(self.parts[n])), None)
            return self.subject(main) if main is not None and self.kind(self.back(main)) == NOUN_PHRASE else ()
        if self.kind(b) == PREPOSITION and self.parts[b].word == "from" and self.is_noun(self.back(b)):
            return ()  # "keeps calcium from forming crystals": nothing does it
        if self.kind(b) == CONJUNCTION:
            for j in range(b - 1, -1, -1):
                other = self.parts[j].verb
                if other is not None and (other.infinitive == verb.infinitive and other.form is verb.form):
                    return self.subject(j)
        return self._of_previous(k)

    def before_alias(self, k: int) -> int:
        """From "fats" back to "lipids" in "lipids, or fats, made of …"."""
        conjunction = self.back(k)
        comma = self.back(conjunction)
        is_alias = self.kind(conjunction) == CONJUNCTION and self.parts[conjunction].word == "or"
        return self.back(comma) if is_alias and self.kind(comma) == COMMA and self.is_noun(self.back(comma)) else k

    def _continues_passive(self, k: int) -> bool:
        """ "is made by the liver, stored in the gallbladder and …": one passive after another."""
        verb = next((v for n in range(k - 1, -1, -1) if (v := self.parts[n].verb) is not None), None)
        return verb is not None and verb.finite and verb.passive

    def _of_whole_clause(self, k: int) -> tuple[int, ...]:
        """ "X is a condition in which …, leading to …": what is defined leads to it, not what acts in the clause."""
        subject = self._of_previous(k)
        if subject and self.kind(relative := self.back(subject[0])) == RELATIVE:
            preposition = self.back(relative)
            if self.kind(preposition) == PREPOSITION and self.is_noun(genus := self.back(preposition)):
                return (genus,)
        return subject

    def _of_infinitive(self, k: int, noun: int, *, passive: bool) -> tuple[int, ...]:
        """Of "to …" behind a noun phrase: that noun phrase after "helps cells to", "done by a person to" and before
        "to be done", else the subject of the clause ("helps people to": the helper does it)."""
        if self.kind(before := self.back(noun)) == PREPOSITION and self.parts[before].word == "by":
            return self._of_previous(k) if self.parts[noun].word in _ALL else (noun,)  # "is said by some to …"
        if self.parts[before].word == "with" and self._is_done_before(before):
            return self.members_to(noun)  # "is fortified with folic acid to prevent …"
        if passive:
            start = self.chain_start(noun)
            head = self.parts[start].head
            return () if head is not None and head.paraphrase else (start,)
        if self._is_object(noun, _CAUSATIVE) and (self.parts[noun].mentions or self.parts[noun].word in {"it", "them"}):
            return (noun,)
        start = self.chain_start(noun)
        of = self.parts[self.back(noun)].word == "of" and self.back(self.back(noun)) == start
        if of and self._is_object(start, _CAUSATIVE):  # "prompts the wall of the stomach to …"
            return (start,) if self.parts[start].mentions else (noun,)
        members = self.members_to(noun)
        return members if members and self._is_object(members[0], _TAKEN) else self._of_previous(k)

    def _is_done_before(self, preposition: int) -> bool:
        """Whether "with" follows a passive, or goes on from one: "is enriched with iron, and flour with folic acid"."""
        k = self.back(preposition)
        if self.is_noun(k) and self.kind(self.back(k)) in (COMMA, CONJUNCTION):
            k = next((n for n in range(k, 0, -1) if (v := self.parts[n].verb) is not None and v.finite), 0)
        verb = self.verb(k) if k >= 0 else None
        return verb is not None and verb.passive

    def _is_object(self, noun: int, verbs: frozenset[str]) -> bool:
        """Whether the noun phrase at chunk `noun` stands behind one of these verbs."""
        before = self.back(noun)
        verb = self.verb(before) if before >= 0 else None
        return verb is not None and verb.lemma in verbs and not verb.passive

    def _before_verb(self, k: int, b: int) -> tuple[int, ...]:
        examples: tuple[int, ...] = ()
        if self.kind(b) == COMMA:
            owner = self._over_aside(b)
            if owner is None and (self._is_singular(k) or not self.is_free(self.chain_start(self.back(b)))):
                return self._of_previous(k)  # "widens the airways, speeds up the heart and …"
            examples = self._examples(owner, b)
            b = self.back(b) if owner is None else owner
        members = self._with_gerunds(self.members_to(self._described(b)))
        return () if members and self._is_gerund(self.back(members[0])) else (*members, *examples)

    def _is_singular(self, k: int) -> bool:
        """Whether the verb at k is said of one thing, and so not of a list before it."""
        verb, before = self.parts[k].verb, self.back(self.back(k))
        members = self.members_to(before) if verb is not None and verb.form == THIRD else ()
        return any(part.word == "and" for part in self.parts[min(members, default=before) : before])

    def _with_gerunds(self, members: tuple[int, ...]) -> tuple[int, ...]:
        """ "stress, poor sleep and eating too much salt raise …": of a list that ends with a gerund what else is in it,
        and its object only where the gerund adds nothing."""
        gerund = self.back(members[0]) if members else -1
        verb = self.parts[gerund].verb if gerund >= 0 else None
        if verb is None or verb.form != ING or verb.passive or self.kind(joint := self.back(gerund)) != CONJUNCTION:
            return members
        others: list[int] = []
        last = self.back(joint)
        last = self.back(last) if self.kind(last) == COMMA else last
        while self.is_noun(last) and self.is_free(self.chain_start(last)):
            others.insert(0, self.chain_start(last))
            comma = self.back(others[0])
            last = self.back(comma) if self.kind(comma) == COMMA else -1
        if not others:
            return members
        return (*others, *members) if self.is_light(gerund) else tuple(others)

    def _examples(self, owner: int | None, comma: int) -> tuple[int, ...]:
        """Those of "enzymes, such as lipase and pepsin, digest …", which the verb is said of as well."""
        listed = self.noun_list(owner) if owner is not None else None
        return tuple(n for n in listed.examples if n < comma) if listed is not None else ()

    def _described(self, k: int) -> int:
        """From the end of "folic acid taken before pregnancy" back to what is described: folic acid; from the end of
        "factors that raise the risk" and "factors that lead to harm" back to the factors."""
        start = self.chain_start(k) if self.is_noun(k) else k
        before = self.back(start)
        before = self.back(before) if self.kind(before) == PREPOSITION else before
        if self.kind(before) == VERB_GROUP and self.kind(relative := self.back(before)) == RELATIVE:
            described = self.back(relative)
            return described if self.is_noun(described) else k
        while self.is_noun(k) and self.kind(preposition := self.back(self.chain_start(k))) == PREPOSITION:
            participle = self.back(preposition)
            verb = self.parts[participle].verb if participle >= 0 else None
            if verb is None or verb.form != PARTICIPLE or not self.is_noun(described := self.back(participle)):
                break
            k = described
        return k

    def _is_gerund(self, k: int) -> bool:
        """ "Losing body fat lowers …": the loss does it, not the fat."""
        if k < 0:
            return False
        before = self.back(k)
        opens = self.kind(before) == CONJUNCTION and self.kind(self.back(before)) == COMMA
        if not opens and self.kind(before) not in (None, SUBORDINATOR):
            return False
        verb = self.parts[k].verb
        return verb is not None and verb.form == ING and not self.is_light(k)

    def is_light(self, k: int) -> bool:
        """Whether the verb group at k adds nothing to its object: "eating eggs", "having diabetes"."""
        verb = self.parts[k].verb
        if verb is None or verb.form != ING or verb.lemma not in _LIGHT_VERBS:
            return False
        return not (verb.passive or verb.negated or (k > 0 and self.parts[k - 1].word in english.NEGATIONS))

    def _over_aside(self, comma: int) -> int | None:
        """From the comma that closes an aside (", also called …,") back to the noun phrase it follows, if it does."""
        for k in range(comma - 1, 0, -1):
            if self.kind(k) == COMMA and self.is_noun(self.back(k)) and self.kind(k + 1) != CONJUNCTION:
                inside = self.parts[k + 1 : comma]
                if not inside or self._is_finite(inside[0]):
                    continue
                first = next((n for n in range(k + 1, comma) if self.kind(n) != ADVERB), k + 1)
                short = len(inside) <= 3 and all(part.word != "and" for part in inside)
                if short or not self.is_noun(first) or self.explained(first) is not None:
                    return self.back(k)
        return None

    @staticmethod
    def _is_finite(part: Chunk) -> bool:
        return part.verb is not None and part.verb.finite

    def explained(self, k: int) -> int | None:
        """The noun phrase that the one at k explains: "the pancreas, an organ of …", "prediabetes (a condition …)"."""
        part = self.parts[k]
        if part.kind != NOUN_PHRASE or part.word not in _EXPLAINING:
            return None
        opening = k - 1
        while self.kind(opening) == ADVERB:
            opening -= 1
        if self.kind(opening) not in (OPEN, COMMA):
            return None
        owner = self.back(opening)
        if not self.is_noun(owner) or self.parts[owner].word in english.PRONOUNS:
            return None
        if part.word not in english.INDEFINITE and self.kind(opening) == COMMA:
            before = self.back(self.chain_start(owner))
            fronted = self.kind(before) == SUBORDINATOR or (
                self.kind(before) == PREPOSITION and not self._has_verb(before)
            )
            if fronted or self._begins_clause(k):
                return None
        listed = self.noun_list(owner) if self.head_word(k) not in _RELATIONAL else None
        if listed is not None and any(m > opening for m in (*listed.members, *listed.examples)):
            return None
        return owner

    def _has_verb(self, k: int) -> bool:
        return any(self._is_finite(part) for part in self.parts[:k])

    def explanations(self) -> list[tuple[int, tuple[int, ...]]]:
        """Every noun phrase that explains others, and those it explains: of a list "the two main causes" all."""
        found: list[tuple[int, tuple[int, ...]]] = []
        for k in range(1, len(self.parts)):
            if (owner := self.explained(k)) is not None:
                part = self.parts[k]
                counted = any(self.words[n].lower in COUNTED for n in range(part.first, part.last))
                found.append((k, (self.members_of_complement(owner) if counted else ()) or (owner,)))
        return found

    def object_gap(self, k: int) -> tuple[int, ...]:
        """ "a hormone that the stomach releases": what stands before the relative clause is the object of its verb at
        chunk k; empty if the verb has an object of its own or stands in no such clause."""
        verb = self.parts[k].verb
        subject = self.subject(k)
        if verb is None or not verb.finite or verb.passive or not subject or self.is_noun(self.forward(k)):
            return ()
        relative = self.back(subject[0])
        if self.kind(relative) != RELATIVE or self.parts[relative].word not in {"that", "which"}:
            return ()
        if self.kind(self.back(relative)) == PREPOSITION or subject[0] < relative:
            return ()
        return self._antecedent(relative, singular=False)
