"""What follows from facts by the rules of rules.ttl: each triple with its rule and its shortest derivation."""

from __future__ import annotations

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import pyoxigraph as ox

from nutrigraph.ontology.namespaces import INFERRED_GRAPH, NGO, OWL, RDF, SKOS

MOST_PREMISES: Final = 6
"""Longer derivations are left out: each step may be a little off, and their number would grow without end."""
_BROADER: Final = SKOS + "broader"

Fact = tuple[str, str, str]
"""Subject, predicate and object, as IRIs."""


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """`steps` are one or two (predicate, whether it is walked backwards); the first and the last thing of that walk
    are subject and object of `concludes`. All are IRIs."""

    iri: str
    steps: tuple[tuple[str, bool], ...]
    concludes: str


@dataclass(frozen=True, slots=True)
class Inference:
    """A triple that nobody stated: `rule` is the IRI of the one used last, `premises` are the facts that it follows
    from, along the way."""

    triple: Fact
    rule: str
    premises: tuple[Fact, ...]


@cache
def load_rules() -> tuple[Rule, ...]:
    """The rules of rules.ttl, sorted."""
    data = files("nutrigraph.ontology").joinpath("rules.ttl").read_bytes()
    said: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for quad in ox.parse(data, format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            said[quad.subject.value][quad.predicate.value] = quad.object.value
    return tuple(
        sorted(
            Rule(iri, tuple(map(_step, values[NGO + "steps"].split())), values[NGO + "concludes"])
            for iri, values in said.items()
        )
    )


def _step(word: str) -> tuple[str, bool]:
    name = word.removeprefix("^")
    return _BROADER if name == "skos:broader" else NGO + name, word.startswith("^")


def derive(facts: Iterable[Fact], rules: Sequence[Rule] | None = None) -> list[Inference]:
    """Everything that follows from `facts` in at most MOST_PREMISES of them and is none of them, sorted.

    Facts may be steps of skos:broader too. The result does not depend on the order of `facts`: of several derivations
    that are equally short the first in alphabetical order is taken.
    """
    rules = load_rules() if rules is None else rules
    used = {predicate for rule in rules for predicate in (rule.concludes, *(name for name, _ in rule.steps))}
    search = _Search(rules)
    given = sorted({fact for fact in facts if fact[1] in used and fact[0] != fact[2]})
    search.run(given)
    known = set(given)
    return [Inference(*found) for found in sorted(search.found) if found[0] not in known and found[1]]


class _Search:
    """Settles triples in the order of the length of their derivations (Dijkstra's algorithm on rules)."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.found: list[tuple[Fact, str, tuple[Fact, ...]]] = []
        self._rules: defaultdict[str, list[tuple[Rule, int]]] = defaultdict(list)
        for rule in rules:
            for place, (predicate, _) in enumerate(rule.steps):
                self._rules[predicate].append((rule, place))
        # By predicate and, walked in a step's direction, by where a triple begins or ends: where it leads to, and how.
        self._from: defaultdict[tuple[str, bool, str], list[tuple[str, int, tuple[Fact, ...]]]] = defaultdict(list)
        self._waiting: list[tuple[int, int, Fact, str, tuple[Fact, ...]]] = []

    def run(self, facts: Iterable[Fact]) -> None:
        self._waiting = [(1, 0, fact, "", (fact,)) for fact in facts if self._rules[fact[1]]]
        heapq.heapify(self._waiting)
        settled: set[Fact] = set()
        while self._waiting:
            _, depth, fact, rule, premises = heapq.heappop(self._waiting)
            if fact not in settled:
                settled.add(fact)
                self.found.append((fact, rule, premises))
                self._remember(fact, depth, premises)
                self._apply(fact, depth, premises)

    def _remember(self, fact: Fact, depth: int, premises: tuple[Fact, ...]) -> None:
        subject, predicate, object_ = fact
        self._from[predicate, False, subject].append((object_, depth, premises))
        self._from[predicate, True, object_].append((subject, depth, premises))

    def _apply(self, fact: Fact, depth: int, premises: tuple[Fact, ...]) -> None:
        """Walks on from a triple, and from others to it."""
        for rule, place in self._rules[fact[1]]:
            start, end = (fact[2], fact[0]) if rule.steps[place][1] else (fact[0], fact[2])
            if len(rule.steps) == 1:
                self._conclude(rule, start, end, depth, premises)
                continue
            predicate, backwards = rule.steps[1 - place]
            if place == 0:
                for other_end, other_depth, more in self._from[predicate, backwards, end]:
                    self._conclude(rule, start, other_end, max(depth, other_depth), (*premises, *more))
            else:
                for other_start, other_depth, more in self._from[predicate, not backwards, start]:
                    self._conclude(rule, other_start, end, max(depth, other_depth), (*more, *premises))

    def _conclude(self, rule: Rule, start: str, end: str, depth: int, premises: tuple[Fact, ...]) -> None:
        if start != end and len(premises) <= MOST_PREMISES:
            fact = (start, rule.concludes, end)
            heapq.heappush(self._waiting, (len(premises), depth + 1, fact, rule.iri, premises))


def inference_quads(inferences: Iterable[Inference]) -> Iterator[ox.Quad]:
    """The graph of what was derived: the plain triples, and for each an ngo:Inference. It has no rdf:Statement, so that
    nobody takes one for what a page says."""
    graph = ox.NamedNode(INFERRED_GRAPH)
    for inference in inferences:
        digest = hashlib.sha256("\x1f".join(inference.triple).encode()).hexdigest()[:16]
        node = ox.NamedNode(f"{INFERRED_GRAPH}/{digest}")
        subject, predicate, object_ = map(ox.NamedNode, inference.triple)
        yield ox.Quad(subject, predicate, object_, graph)
        yield ox.Quad(node, ox.NamedNode(RDF + "type"), ox.NamedNode(NGO + "Inference"), graph)
        yield ox.Quad(node, ox.NamedNode(NGO + "rule"), ox.NamedNode(inference.rule), graph)
        yield from _described(node, inference.triple, graph)
        for number, premise in enumerate(inference.premises, 1):
            part = ox.NamedNode(f"{node.value}/{number}")
            yield ox.Quad(node, ox.NamedNode(NGO + "premise"), part, graph)
            yield from _described(part, premise, graph)


def _described(node: ox.NamedNode, fact: Fact, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    for name, iri in zip(("annotatedSource", "annotatedProperty", "annotatedTarget"), fact, strict=True):
        yield ox.Quad(node, ox.NamedNode(OWL + name), ox.NamedNode(iri), graph)
