"""What a page mentions and states: a Document in, mentions and statements out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

from nutrigraph.graph_builder.claim import Claim, ClaimEnd, Context, Spoken
from nutrigraph.graph_builder.clause_statements import claims as claims_of
from nutrigraph.graph_builder.document import Block, BlockKind, Document
from nutrigraph.graph_builder.entries import Term, goes_on_about_page, heading_term, is_alone, is_of_words, opening_term
from nutrigraph.graph_builder.lists import introduced_lists, is_item
from nutrigraph.graph_builder.page_content import PageContent
from nutrigraph.graph_builder.phrases import PatternBook
from nutrigraph.graph_builder.recognition import Found, Matcher, Surroundings, name_words
from nutrigraph.graph_builder.reference import STATES
from nutrigraph.graph_builder.sentences import sentences
from nutrigraph.graph_builder.statement import End, Mention, Qualifier, Statement, statement_id
from nutrigraph.graph_builder.tokens import tokens
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.namespaces import slug
from nutrigraph.ontology.relations import load_relations
from nutrigraph.ontology.types import load_types

_CLASS_OF = re.compile(r"\b(?:kind|type|form|sort)s?\s+of\s+(?:an?\s+|the\s+)?$", re.IGNORECASE)
_IT = re.compile(r"\b(?:it|its|they|their|them)\b")
_STATING = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.CELL, BlockKind.CAPTION})
_MENTIONING = _STATING | {BlockKind.HEADING, BlockKind.RELATED}


@cache
def pattern_book() -> PatternBook:
    """The patterns of the ontology's relations."""
    return PatternBook({relation.name: relation.phrases for relation in load_relations().values()})


def extract(document: Document, matcher: Matcher, about: Concept | None, namespace: str) -> PageContent:
    """The mentions, statements and candidate terms of a page.

    `about` is the concept that the page is about, if any; `namespace` begins the IRIs of candidates.
    """
    return _Extraction(document, matcher, about, namespace).run()


@dataclass(slots=True)
class _Extraction:
    document: Document
    matcher: Matcher
    about: Concept | None
    namespace: str
    statements: list[Statement] = field(default_factory=list)
    identifiers: set[str] = field(default_factory=set)
    candidates: dict[str, Concept] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    near: Surroundings = field(default_factory=lambda: Surroundings(frozenset(), {}))
    """What the page speaks of, which tells what doubtful names mean."""
    topic_words: str = ""
    """The words of the heading or title that stand for what the section is about, whatever a vocabulary calls it."""
    entry: Term | None = None
    """The term that the heading right above is."""

    def run(self) -> PageContent:
        abbreviations: dict[str, str] = {}
        for block in self.document.blocks:
            if block.kind in _STATING and "(" in block.text.visible:
                abbreviations = {**self.matcher.abbreviations(block.text.visible), **abbreviations}
        mentions: list[Mention] = []
        lists = introduced_lists(self.document.blocks)
        self.about = None if is_of_words(self.document.title) else self.about
        about = self.about.iri if self.about else None
        topics: dict[str | None, tuple[str | None, str]] = {None: (about, self.document.title)}
        """What the sections are about, by their headings: the concept, and the words that stand for it."""
        headed: str | None = None
        mentioned = self._mentioned(abbreviations, about)
        for number, block in enumerate(self.document.blocks):
            if block.kind not in _MENTIONING:
                continue
            found = mentioned[number]
            mentions.extend(self._mentions(block, found))
            if block.kind is BlockKind.HEADING:
                topics[block.section] = self._headed(block, found) or topics[None]
                headed = block.section
            topic, self.topic_words = topics.get(block.section, topics[None])
            if block.section != headed:
                self.entry = None  # what follows a list of definitions is not said of its last term
            if block.kind is not BlockKind.HEADING and (block.lead_in not in lists or not is_item(block)):
                self._read(block, found, topic)
                self.entry = None
            if number in lists:
                joined = lists[number]
                again = self.matcher.meant(self.matcher.find(joined.text.visible, abbreviations), self.near)
                self._read(joined, again, topic, whole=True)
        used = {end.concept for s in self.statements for end in (s.subject, s.object) if end.candidate}
        candidates = tuple(sorted((c for iri, c in self.candidates.items() if iri in used), key=lambda c: c.iri))
        return PageContent(tuple(mentions), tuple(self.statements), candidates)

    def _headed(self, heading: Block, found: Sequence[Found]) -> tuple[str | None, str] | None:
        """The concept that a section is about by its heading, and the words that stand for it; None where the heading
        says nothing of that. It may be an entry's term, too."""
        words = heading.text.visible
        about = self.about.iri if self.about else None
        announced = None if _says_it(words, about) else _topic(words, found)
        if announced is not None and self._is_class_of_page(announced, heading):
            announced = None
        unknown = about is None and self.document.kind == "glossary"
        self.entry = heading_term(words, announced, pattern_book().announcing, unknown=unknown)
        return (announced.concept, words[announced.start : announced.end]) if announced else self._state_in(words)

    def _is_class_of_page(self, announced: Found, block: Block) -> bool:
        """ "How an ulcer feels" on a page about peptic ulcers."""
        class_ = name_words(block.text.visible[announced.start : announced.end])
        label = name_words(self.about.label) if self.about is not None else ()
        return len(class_) < len(label) and label[-len(class_) :] == class_

    def _state_in(self, heading: str) -> tuple[str, str] | None:
        """The concept and the word of "Deficiency" or "Signs of toxicity" above a section of a page about zinc."""
        for token in tokens(heading) if self.about is not None else ():
            if self.about is not None and token.norm in STATES:
                for concept in self.matcher.vocabulary.named(f"{self.about.label} {token.norm}"):
                    return concept.iri, heading[token.start : token.end]
        return None

    def _mentioned(self, abbreviations: Mapping[str, str], about: str | None) -> dict[int, list[Found]]:
        """What each block names, by its number, as the whole page shows that it is meant."""
        found = {
            number: [f for f in self.matcher.find(block.text.visible, abbreviations) if not _is_protected(f, block)]
            for number, block in enumerate(self.document.blocks)
            if block.kind in _MENTIONING
        }
        self.near = self.matcher.surroundings(chain.from_iterable(found.values()), about)
        return {number: self.matcher.meant(those, self.near) for number, those in found.items()}

    def _mentions(self, block: Block, found: Sequence[Found]) -> Iterator[Mention]:
        place = "heading" if block.kind is BlockKind.HEADING else "text"
        for f in found:
            start, end = block.text.source_span(f.start, f.end)
            linked = bool(block.links) and any(link.start < f.end and f.start < link.end for link in block.links)
            surface, text = self.document.quoted(start, end), block.text.visible[f.start : f.end]
            yield Mention(start, end, surface, text, f.concept, place, linked)

    def _read(self, block: Block, found: Sequence[Found], topic: str | None, *, whole: bool = False) -> None:
        """Reads the sentences of a block (`whole`: it is one); what the last one was about carries over to a pronoun
        in the next."""
        if block.kind not in _STATING:
            return
        previous: Spoken | None = None
        page = self.about.iri if self.about else None
        opened = opening_term(block.text.visible, found) if not whole else None
        spans = [(0, len(block.text.visible))] if whole else sentences(block.text.visible)
        alone = opened is not None and is_alone(block.text.visible[slice(*spans[0])])
        names_part = alone and page is not None  # "Heart health. It improves …", of what the page is about
        if opened is not None and page is not None and goes_on_about_page(opened, block.text.visible):
            names_part = names_part or not self._is_same_kind(opened.concept, page)
        if opened is not None and (opened.concept is not None or self.entry is None) and not names_part:
            topic, page = opened.concept, None
        if block.kind is BlockKind.CELL:
            topic = page = None  # "makes the bowel contract": what its row is about does
        starts = [f.start for f in found]
        for number, (start, end) in enumerate(spans):
            text = block.text.visible[start:end]
            words = " ".join(text.split())
            occurrence = self.seen[words]
            self.seen[words] += 1
            there = found[bisect_left(starts, start) : bisect_left(starts, end)]
            inside = [Found(f.start - start, f.end - start, f.concept, f.paraphrase) for f in there if f.end <= end]
            entry = self.entry if number == 0 and block.kind is BlockKind.PARAGRAPH and not whole else None
            opens = number == 0
            if number == 1 and alone:
                opens, entry = True, opened
            headed = topic is not None and topic != page and (opened is None or topic != opened.concept)
            plural = topic is not None and headed and self._is_plural_of(topic)
            context = Context(self.matcher.vocabulary, pattern_book(), topic, previous, opens, page, plural, entry)
            read = claims_of(text, inside, context)
            previous = read.spoken or previous
            if read.claims:
                self._state(block, start, end, occurrence, read.claims)

    def _is_same_kind(self, one: str | None, other: str) -> bool:
        kinds = [self.matcher.vocabulary.type_of(concept) if concept is not None else None for concept in (one, other)]
        return load_types().same_kind(*kinds)

    def _is_plural_of(self, topic: str) -> bool:
        label = self.matcher.vocabulary.concepts[topic].label
        return self.topic_words.endswith("s") and not label.endswith("s")

    def _state(self, block: Block, start: int, end: int, occurrence: int, claims: Sequence[Claim]) -> None:
        """Takes down the claims of a sentence."""
        quote_start, quote_end = block.text.source_span(start, end)
        quote, text = self.document.quoted(quote_start, quote_end), block.text.visible[start:end]
        for claim in claims:
            ends = [self._end(block, start, quote_start, e) for e in (claim.subject, claim.object)]
            subject, object_ = (e.surface if e.surface is not None else self.topic_words for e in ends)
            identifier = statement_id(
                self.document.path, text, occurrence, claim.relation, subject, object_, claim.modality
            )
            if identifier in self.identifiers:
                continue
            self.identifiers.add(identifier)
            qualifiers = tuple(Qualifier(role, concept) for role, concept in claim.qualifiers)
            self.statements.append(
                Statement(
                    identifier, ends[0], claim.relation, ends[1], claim.modality, claim.confidence,
                    quote, text, quote_start, quote_end, block.section, claim.flags, qualifiers,
                )
            )  # fmt: skip

    def _end(self, block: Block, sentence: int, quote_start: int, claimed: ClaimEnd) -> End:
        """An end with its place in the raw quote; a term that no vocabulary knows gets an IRI of the project."""
        concept = claimed.concept or self._candidate(claimed.label)
        if claimed.start is None or claimed.end is None:
            return End(concept, claimed.label, candidate=claimed.concept is None)
        start, end = block.text.source_span(sentence + claimed.start, sentence + claimed.end)
        surface = self.document.quoted(start, end)
        return End(
            concept,
            claimed.label,
            surface,
            start - quote_start,
            end - quote_start,
            claimed.resolved,
            claimed.concept is None,
        )

    def _candidate(self, words: str) -> str:
        label = " ".join(words.split())
        iri = self.namespace + slug(label)
        self.candidates.setdefault(iri, Concept(iri, label[:1].upper() + label[1:]))
        return iri


def _topic(heading: str, found: Sequence[Found]) -> Found | None:
    """The mention that a heading announces: its first, but for "What kind of hormone is insulin?" insulin, and none for
    "What are the symptoms?", whose words only say how things are related."""
    relational = pattern_book().announcing
    for f in found if not is_of_words(heading) else ():
        words = {token.norm for token in tokens(heading[f.start : f.end]) if token.is_word}
        if not words <= relational and not _CLASS_OF.search(heading[max(0, f.start - 20) : f.start]):
            return f
    return None


def _says_it(heading: str, about: str | None) -> bool:
    """Whether a heading asks on about what the page is about: "Does it fit into a vegan diet?"."""
    return about is not None and heading.endswith("?") and _IT.search(heading) is not None


def _is_protected(found: Found, block: Block) -> bool:
    """Whether it stands in code or in an address: characters to copy, not words to read."""
    return any(start < found.end and found.start < end for start, end in block.protected)
