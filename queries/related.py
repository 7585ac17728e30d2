"""Missing relations: pairs of concepts that text, names and graph suggest are related although nothing says so."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from nutrigraph.graph_builder.decisions import REFUSING, Decision
from nutrigraph.graph_builder.sentences import sentences
from nutrigraph.ontology.namespaces import SKOS
from nutrigraph.page_cache import PageRecord
from nutrigraph.queries.gap import fold
from nutrigraph.queries.labels import labels_of
from nutrigraph.queries.likeness import Known, Likeness, words
from nutrigraph.queries.related_term_gaps import related_term_pairs
from nutrigraph.queries.relatedness import Model, adapted, candidates, evidence
from nutrigraph.queries.site import Site
from nutrigraph.queries.statements import ConceptRef, Evidence, Json, pages

MIN_PROBABILITY: Final = 0.1
_SHOWN: Final = 3
_ALIKE: Final = 0.15
"""From that cosine on people see that two short texts are about the same."""
_NAMES: Final = f"""SELECT ?concept ?property ?text WHERE {{
  VALUES ?property {{ <{SKOS}prefLabel> <{SKOS}altLabel> <{SKOS}definition> }}
  #VALUES concept
  ?concept ?property ?text
}}"""


@dataclass(frozen=True, slots=True)
class RelatedSuggestion:
    """Two concepts that an editor may want to relate: how probable that is, why (for people), and the sentences of the
    pages that name both, or in which one's page names the other."""

    id: str
    subject: ConceptRef
    object: ConceptRef
    probability: float
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    def as_json(self) -> Json:
        """The shape that `related --format json` prints."""
        return {
            "id": self.id,
            "subject": self.subject.as_json(),
            "object": self.object.as_json(),
            "probability": self.probability,
            "reasons": list(self.reasons),
            "evidence": [one.as_json() for one in self.evidence],
        }


def related(
    site: Site,
    decisions: Sequence[Decision] = (),
    concept: str | None = None,
    min_probability: float = MIN_PROBABILITY,
) -> list[RelatedSuggestion]:
    """The missing relations, the most probable first: of all concepts that pages are about or make statements about,
    or of one (its IRI). Left out are those that a statement, a vocabulary, a hyperlink between their pages or an entry
    among related terms ties already, and those that people refused.

    The probability is that of a tenth of the known relations being hidden and this pair among them: editors leave good
    relations out, so the share that one would accept is higher.
    """
    graph = _Graph(site)
    if graph.likeness.size < 3:
        return []
    chosen = None if concept is None else graph.number.get(site.key(concept))
    if concept is not None and chosen is None:
        return []
    refused = _refused(decisions)
    found: list[RelatedSuggestion] = []
    for chance, one, other in graph.pairs(chosen, min_probability):
        ends = graph.reference(one), graph.reference(other)
        identifier = related_id(ends[0].label, ends[1].label)
        if identifier not in refused and frozenset((fold(ends[0].label), fold(ends[1].label))) not in refused:
            reasons, sentences_ = graph.reasons(one, other), tuple(graph.sentences(one, other))
            found.append(RelatedSuggestion(identifier, *ends, round(chance, 2), reasons, sentences_))
    return found


def related_id(one: str, other: str) -> str:
    """The id of a suggestion: 16 hexadecimal digits of a hash of the two labels, in either order."""
    content = "\x1f".join(("relation", *sorted((fold(one), fold(other)))))
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:16]


def _refused(decisions: Sequence[Decision]) -> set[str | frozenset[str]]:
    last = {d.id or (d.subject, d.object): d for d in decisions if d.kind == "relation"}
    refusals = [decision for decision in last.values() if decision.decision in REFUSING]
    refused: set[str | frozenset[str]] = {decision.id for decision in refusals}
    return refused | {frozenset((fold(decision.subject), fold(decision.object))) for decision in refusals}


class _Graph:
    """The concepts of a site as the model sees them."""

    def __init__(self, site: Site) -> None:
        self.site = site
        edges = site.edges
        spoken = {site.key(page.about): page.about for page in site.pages if page.about}
        for edge in edges:
            if edge.claims:
                for end in (edge.subject, edge.object):
                    spoken.setdefault(site.key(end), end)
        self.keys = sorted(spoken)
        self.number = {key: number for number, key in enumerate(self.keys)}
        self._spoken = spoken
        self._facts = pages(site.store)
        self._labels = labels_of(site.store, spoken.values())
        ties = {(site.key(edge.subject), site.key(edge.object)) for edge in edges}
        ties |= {(site.key(page.about or ""), site.key(other)) for page, other in self._linked()}
        ties |= set(related_term_pairs(site))
        numbered = [(self.number[a], self.number[b]) for a, b in ties if a in self.number and b in self.number]
        pairs = frozenset((min(pair), max(pair)) for pair in numbered if pair[0] != pair[1])
        names, texts = self._names_and_texts()
        self.known = Known(names, texts, [self._named(key) for key in self.keys], pairs)
        self.likeness = Likeness(self.known)

    def _linked(self) -> Iterator[tuple[PageRecord, str]]:
        about = {page.iri: page.about for page in self.site.pages if page.about}
        for page in self.site.pages:
            for link in page.hyperlinks if page.about else ():
                if link.iri in about:
                    yield page, str(about[link.iri])

    def _names_and_texts(self) -> tuple[list[list[str]], list[str]]:
        """The names of each concept, its label first, and what its page says, else its definition."""
        texts: defaultdict[str, list[str]] = defaultdict(list)
        others: defaultdict[str, list[str]] = defaultdict(list)
        for iri, property_, text in self.site.store.rows(_NAMES, values={"concept": sorted(self._spoken.values())}):
            (texts if property_ == SKOS + "definition" else others)[str(iri)].append(str(text))
        names, said = [], []
        for key in self.keys:
            iri = self._spoken[key]
            names.append([self._labels[iri], *sorted(set(others[iri]) - {self._labels[iri]})])
            page = self.site.page_about.get(key)
            blocks = self.site.blocks(page) if page else []
            said.append(" ".join(block.text.visible for block in blocks) or " ".join(texts[iri]))
        return names, said

    def _named(self, key: str) -> dict[int, tuple[int, float]]:
        """Which concepts the page about this one names: how often, and how far down for the first time."""
        page = self.site.page_about.get(key)
        mentions = [mention for part in self.site.paragraphs(page) for mention in part] if page else []
        end = max((mention.end for mention in mentions), default=1)
        row: dict[int, tuple[int, float]] = {}
        for mention in mentions:
            other = self.number.get(self.site.key(mention.concept))
            if other is not None and self.keys[other] != key:
                count, place = row.get(other, (0, mention.start / end))
                row[other] = (count + 1, place)
        return row

    def reference(self, number: int) -> ConceptRef:
        iri = self._spoken[self.keys[number]]
        return ConceptRef(iri, self._labels[iri])

    def pairs(self, chosen: int | None, least: float) -> list[tuple[float, int, int]]:
        """The pairs with their probability (the mean of both directions), the most probable first."""
        model = adapted(self.known)
        ahead: dict[tuple[int, int], list[float]] = {}
        for one in range(self.likeness.size) if chosen is None else (chosen,):
            for other, chance in self._chances(model, one):
                ahead.setdefault((min(one, other), max(one, other)), []).append(chance)
        if chosen is not None:
            likely = sorted(ahead, key=lambda pair: -ahead[pair][0])[:100]
            for pair in likely:
                (other,) = set(pair) - {chosen}
                ahead[pair].append(dict(self._chances(model, other)).get(chosen, 0.0))
            ahead = {pair: ahead[pair] for pair in likely}
        found = [(float(np.mean(chances)), *self._ordered(pair, chosen)) for pair, chances in ahead.items()]
        kept = [one for one in found if one[0] >= least]
        return sorted(kept, key=lambda one: (-one[0], self.keys[one[1]], self.keys[one[2]]))

    def _chances(self, model: Model, one: int) -> Iterator[tuple[int, float]]:
        open_ = candidates(self.likeness, one)
        chances = model.probabilities(evidence(self.likeness.row(one)[open_])) if open_.any() else ()
        yield from zip(np.flatnonzero(open_).tolist(), np.asarray(chances).tolist(), strict=True)

    def _ordered(self, pair: tuple[int, int], chosen: int | None) -> tuple[int, int]:
        """The one that was asked for first, else the one whose page names the other."""
        one, other = pair
        names_it = one in self.known.named[other] and other not in self.known.named[one]
        return (other, one) if other == chosen or (chosen is None and names_it) else (one, other)

    def reasons(self, one: int, other: int) -> tuple[str, ...]:
        """Why the two may be related, in words."""
        alike = self.likeness.text_likeness(one)[other]
        reasons = list(self._naming_reasons(one, other))
        if alike >= _ALIKE:
            reasons.append(f"what is said of them is alike (cosine {alike:.2f})")
        both = sorted(set(self.likeness.neighbours(one).tolist()) & set(self.likeness.neighbours(other).tolist()))
        if both:
            shown = ", ".join(self.reference(number).label for number in both[:_SHOWN])
            more = f" and {len(both) - _SHOWN} more" if len(both) > _SHOWN else ""
            reasons.append(f"both are related to {shown}{more}")
        shared = set(words(self.reference(one).label)) & set(words(self.reference(other).label))
        if shared:
            reasons.append(f"their names share “{' '.join(sorted(shared))}”")
        return tuple(reasons) or ("the same things are said of what they are related to",)

    def _naming_reasons(self, one: int, other: int) -> Iterator[str]:
        for about, named in ((one, other), (other, one)):
            if said := self.known.named[about].get(named):
                page = self.site.page_about[self.keys[about]]
                times = "" if said[0] == 1 else f" {said[0]} times"
                yield f"{page.path} names {self.reference(named).label}{times}"
        together = [
            path
            for path, named in self.site.named_in_text.items()
            if self.keys[one] in named and self.keys[other] in named
        ]
        if together:
            yield f"{len(together)} page{'s' * (len(together) > 1)} name both"

    def sentences(self, one: int, other: int) -> Iterator[Evidence]:
        """The sentences that suggest it: of any page that names both, and where one's page names the other."""
        keys = {self.keys[one], self.keys[other]}
        own = [page for key in sorted(keys) if (page := self.site.page_about.get(key))]
        found: dict[tuple[str, int], Evidence] = {}
        for page in [*own, *(page for page in self.site.pages if page not in own)]:
            about = {self.site.key(page.about)} & keys if page.about else set[str]()
            if not (keys - about) <= self.site.named_in_text[page.path].keys():
                continue
            for start, sentence in self._sentences_naming(page, keys - about):
                found.setdefault((page.path, start), sentence)
                if len(found) == _SHOWN:
                    yield from found.values()
                    return
        yield from found.values()

    def _sentences_naming(self, page: PageRecord, keys: set[str]) -> Iterator[tuple[int, Evidence]]:
        for block, mentions in zip(self.site.blocks(page), self.site.paragraphs(page), strict=False):
            if not keys <= {self.site.key(mention.concept) for mention in mentions}:
                continue
            for first, last in sentences(block.text.visible):
                start, end = block.text.source_span(first, last)
                inside = {self.site.key(m.concept) for m in mentions if start <= m.start and m.end <= end}
                if keys <= inside:
                    known = self._facts[page.iri]
                    document = self.site.documents[page.path]
                    yield start, Evidence(
                        page=page.path, url=page.iri, section=block.section, quote=document.quoted(start, end),
                        quote_text=" ".join(block.text.visible[first:last].split()), start=start, end=end,
                        reviewed_by=known.reviewed_by, date=known.date,
                    )  # fmt: skip
