"""Gaps in how terms are defined: twice, as different things, late or not at all; and names that two pages claim."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from nutrigraph.graph_builder.document import Block, BlockKind
from nutrigraph.ontology.namespaces import NGO, RDF
from nutrigraph.ontology.types import load_types
from nutrigraph.page_cache import PageRecord
from nutrigraph.queries.gap import (
    CONFLICTING_DEFINITION,
    DUPLICATE_DEFINITION,
    DUPLICATE_PAGE,
    PAGE_WITHOUT_DEFINITION,
    SHARED_NAME,
    USED_BEFORE_DEFINED,
    Gap,
    Place,
    fold,
)
from nutrigraph.queries.site import RUNNING, Site
from nutrigraph.queries.statements import ConceptRef, StatementRecord

_BEFORE: Final = re.compile(r"\W*(?:(?:an?|the|in \w+,?)\s+)?", re.IGNORECASE)
_DEFINING: Final = re.compile(
    r"(?:\s*\([^)]{1,60}\))?,?\s+(?:(?:is|are|was|were)\s+(?:(?:an?|the|one|any|when|what)\b(?!\s+(?:\w+\s+)?(?:example|result|part|sign)\b))|means\b|mean\b|refers?\s+to\b"
    r"|describes?\b|denotes?\b|is\s+(?:defined\s+as|the\s+(?:name|term)\s+for)\b)",
    re.IGNORECASE,
)
"""What stands between a term and what it means, after a bracket with its abbreviation."""
_EXPANSION: Final = re.compile(r"\(([A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9-]*?)s?\)")
_SHORT: Final = range(2, 9)
_ENOUGH_WORDS: Final = 3
_TYPE: Final = f"""SELECT ?concept ?type WHERE {{
  #VALUES concept
  ?concept <{RDF}type> ?type
  FILTER(STRSTARTS(STR(?type), "{NGO}"))
}}"""


def duplicate_pages(site: Site) -> Iterator[Gap]:
    """Pages about one concept, or under one title."""
    groups: defaultdict[str, list[PageRecord]] = defaultdict(list)
    for page in site.pages:
        if page.about and page.kind == "glossary":
            groups[site.key(page.about)].append(page)
    titled: defaultdict[str, list[PageRecord]] = defaultdict(list)
    for pages in groups.values():
        titled[fold(pages[0].title)] += pages
    for pages in titled.values():
        for page in pages[1:]:
            yield Gap(
                DUPLICATE_PAGE,
                f"{pages[0].path} is about {pages[0].title} as well. Merge the two, or say in the titles what differs.",
                concept=ConceptRef(page.about or "", site.labels.get(page.about or "", page.title)),
                page=page.path,
                evidence=tuple(Place(one.path, 0, 0, one.title) for one in pages),
                detail=pages[0].path,
                rank=(0, page.path),
            )


def shared_names(site: Site) -> Iterator[Gap]:
    """Titles and aliases that pages about different concepts claim."""
    claims: defaultdict[str, dict[str, tuple[PageRecord, str]]] = defaultdict(dict)
    for page in site.pages:
        document = site.documents.get(page.path)
        if document and page.about and page.kind == "glossary":
            for name in (document.title, *document.metadata.aliases):
                claims[fold(name)].setdefault(site.key(page.about), (page, name))
    for claimed in claims.values():
        (page, name), *others = claimed.values()
        same_title = {fold(one.title) for one, _ in claimed.values()} == {fold(page.title)}
        if others and not same_title:  # pages under one title are duplicates
            paths = ", ".join(one.path for one, _ in others)
            yield Gap(
                SHARED_NAME,
                f"“{name}” is a name of {page.title} here and of another concept on {paths}: links and searches for it "
                "may end at the wrong one. Take it off one of the pages.",
                page=page.path,
                evidence=tuple(Place(one.path, 0, 0, written) for one, written in claimed.values()),
                detail=name,
                rank=(0, name),
            )


def without_definition(site: Site) -> Iterator[Gap]:
    """Glossary pages that have no sentence of at least three words, and do not send readers on either."""
    there = {page.iri for page in site.pages}
    for page in site.pages:
        document = site.documents.get(page.path)
        if not document or page.kind != "glossary" or document.metadata.description:
            continue
        if any(link.iri in there and link.iri != page.iri for link in page.hyperlinks):
            continue  # "See dictionary."
        said = [block for block in document.blocks if block.kind in RUNNING]
        if not any(len(block.text.visible.split()) >= _ENOUGH_WORDS for block in said):
            yield Gap(
                PAGE_WITHOUT_DEFINITION,
                "The page has a title and no sentence. Write what the term means, or remove the page.",
                page=page.path,
                rank=(0, page.path),
            )


@dataclass(frozen=True, slots=True)
class _Definition:
    """A sentence that says what a concept is; `kind_of` are the statements that say which kind of thing."""

    concept: str
    page: PageRecord
    place: Place
    kind_of: tuple[StatementRecord, ...]


def definitions(site: Site) -> Iterator[Gap]:
    """Concepts that several pages define: twice, or as things of different kinds."""
    found: defaultdict[str, list[_Definition]] = defaultdict(list)
    for definition in _definitions(site):
        found[definition.concept].append(definition)
    related = _hierarchy(site)
    types = _types(site, found)
    for concept, several in found.items():
        own = site.page_about.get(concept)
        several.sort(key=lambda one: (one.page != own, one.page.path, one.place.start))
        first = several[0]
        conflicting = {
            one.page.path: one
            for one in several[:0:-1]
            if one.page != first.page and _conflict(site, first, one, types, related)
        }
        for one in conflicting.values():
            yield _conflicting(first, one)
        elsewhere = {one.page.path: one for one in reversed(several) if site.key(one.page.about or "") != concept}
        for path, one in elsewhere.items():
            if own and path not in conflicting:
                yield _duplicate(site, own, one)


def _conflicting(first: _Definition, other: _Definition) -> Gap:
    subject = other.kind_of[0].subject
    genera = [one.kind_of[0].object.label for one in (first, other)]
    return Gap(
        CONFLICTING_DEFINITION,
        f"{subject.label} is a kind of {genera[1]} here and a kind of {genera[0]} on {first.page.path}, which are "
        "different kinds of thing. Correct one of the two.",
        concept=ConceptRef(subject.id, subject.label),
        page=other.page.path,
        evidence=(other.place, first.place),
        detail=first.page.path,
        rank=(0, f"{subject.label} {other.page.path}"),
    )


def _duplicate(site: Site, own: PageRecord, other: _Definition) -> Gap:
    about = own.about or ""
    label = site.labels.get(about, own.title)
    return Gap(
        DUPLICATE_DEFINITION,
        f"{label} is defined here and has a page of its own, {own.path}: two definitions drift apart. "
        "Keep the one there and link to it.",
        concept=ConceptRef(about, label),
        page=other.page.path,
        evidence=(other.place,),
        detail=own.path,
        rank=(0, f"{label} {other.page.path}"),
    )


def _definitions(site: Site) -> Iterator[_Definition]:
    """Sentences that begin with a concept's name and go on as definitions do."""
    by_sentence: defaultdict[tuple[str, int], list[StatementRecord]] = defaultdict(list)
    for record in site.statements:
        if record.predicate.name == "is_a" and record.modality == "asserted" and record.status != "rejected":
            by_sentence[record.evidence.page, record.evidence.start].append(record)
    for page in site.pages:
        for sentence, start, block in _sentences(site, page):
            mention = next((m for m in page.mentions if start <= m.start < start + len(sentence)), None)
            if mention is None or mention.place != "text":
                continue
            before = _BEFORE.match(sentence)
            if before is None or fold(sentence[before.end() :])[: len(fold(mention.text))] != fold(mention.text):
                continue
            rest = sentence[before.end() + len(mention.text) :]
            concept = site.key(mention.concept)
            kind_of = tuple(
                record
                for record in by_sentence[page.path, start]
                if site.key(record.subject.id) == concept and site.key(record.object.id) != concept
            )
            verb = _DEFINING.match(rest)
            copula = verb is not None and verb[0].split()[-1].lower() in ("a", "an", "the", "one", "any")
            if verb and (kind_of or not copula):
                source = block.text.source_span(0, len(block.text.visible))
                end = min(start + len(sentence), source[1])
                yield _Definition(concept, page, Place(page.path, start, end, sentence), kind_of)


def _sentences(site: Site, page: PageRecord) -> Iterator[tuple[str, int, Block]]:
    """The sentences of a page's paragraphs: visible words, where they begin in the source, and their block."""
    from nutrigraph.graph_builder.sentences import sentences

    for block in site.blocks(page):
        if block.kind is not BlockKind.QUOTE:
            for start, end in sentences(block.text.visible):
                yield block.text.visible[start:end], block.text.source_span(start, end)[0], block


def _conflict(
    site: Site,
    one: _Definition,
    other: _Definition,
    types: dict[str, str],
    related: set[tuple[str, str]],
) -> bool:
    """Whether no kind that one definition names can be of the same kind as one that the other names."""
    hierarchy = load_types()
    if not one.kind_of or not other.kind_of:
        return False
    for first in one.kind_of:
        for second in other.kind_of:
            ends = site.key(first.object.id), site.key(second.object.id)
            if ends[0] == ends[1] or ends in related or ends[::-1] in related:
                return False
            kinds = types.get(ends[0]), types.get(ends[1])
            if hierarchy.same_kind(*kinds):
                return False
    return True


def _hierarchy(site: Site) -> set[tuple[str, str]]:
    return {(site.key(edge.subject), site.key(edge.object)) for edge in site.edges if edge.is_hierarchy}


def _types(site: Site, found: dict[str, list[_Definition]]) -> dict[str, str]:
    """The semantic types of the kinds of thing that definitions name."""
    objects = {
        record.object.id for several in found.values() for definition in several for record in definition.kind_of
    }
    known = load_types().types
    rows = site.store.rows(_TYPE, values={"concept": sorted(objects)}) if objects else []
    return {
        site.key(str(concept)): name
        for concept, type_ in sorted(rows, key=str)
        if (name := str(type_).removeprefix(NGO)) in known
    }


def used_before_defined(site: Site) -> Iterator[Gap]:
    """Abbreviations that a page writes out, "glucagon-like peptide 1 (GLP-1)", after it used them alone."""
    for page in site.pages:
        blocks = site.blocks(page)
        names = {fold(page.title)}
        if document := site.documents.get(page.path):
            names |= {fold(alias) for alias in document.metadata.aliases}
        expanded: dict[str, tuple[int, int]] = {}
        for number, block in enumerate(blocks):
            for found in _EXPANSION.finditer(block.text.visible):
                if len(found[1]) in _SHORT and _stands_for(found[1], block.text.visible[: found.start()]):
                    expanded.setdefault(found[1], (number, found.start()))
        for short, (number, at) in sorted(expanded.items(), key=lambda item: item[1]):
            place = _first_use(blocks[: number + 1], short, at)
            if place is None or fold(short) in names:
                continue
            block, start = place
            yield Gap(
                USED_BEFORE_DEFINED,
                f"“{short}” is used here before the page says what it stands for. Write it out where it first stands.",
                page=page.path,
                evidence=(Place(page.path, *block.text.source_span(start, start + len(short)), short),),
                detail=short,
                rank=(0, f"{page.path} {short}"),
            )


def _stands_for(short: str, before: str) -> bool:
    """Whether the words before a bracket can be what an abbreviation is short for: its first letter begins one of
    them, and its letters stand in them in that order."""
    letters = [letter for letter in short.casefold() if letter.isalpha()]
    words = before.casefold().split()[-(len(letters) + 3) :]
    for first, word in enumerate(words):
        if letters and word.lstrip("(“\"'").startswith(letters[0]):
            rest = iter("".join(words[first:]))
            if all(letter in rest for letter in letters):
                return True
    return False


def _first_use(blocks: Sequence[Block], short: str, at: int) -> tuple[Block, int] | None:
    """The first place of an abbreviation in `blocks`, in the last of them before `at`."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(short)}(?![\w-])")
    for block in blocks:
        end = at if block is blocks[-1] else len(block.text.visible)
        if found := pattern.search(block.text.visible, 0, end):
            return block, found.start()
    return None
