"""What gaps and missing relations are looked for in: the graph, the pages, and their texts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from nutrigraph.graph_builder.document import Block, BlockKind, Document
from nutrigraph.graph_builder.statement import Mention
from nutrigraph.page_cache import PageRecord
from nutrigraph.queries.edges import Edge, all_edges
from nutrigraph.queries.joined import all_joined
from nutrigraph.queries.labels import labels_of
from nutrigraph.queries.statements import StatementRecord, statements
from nutrigraph.store import Store

RUNNING: Final = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CELL, BlockKind.QUOTE})
"""The blocks whose words a page says."""


def _no_documents() -> Mapping[str, Document]:
    return {}


@dataclass(frozen=True)
class Site:
    """The graph of a project with its pages. `read` gives the documents by path; a page that was changed since the
    build has none, as its positions would be wrong."""

    store: Store
    pages: Sequence[PageRecord]
    base_url: str = ""
    read: Callable[[], Mapping[str, Document]] = field(default=_no_documents, compare=False)

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        return self.read()

    @cached_property
    def statements(self) -> list[StatementRecord]:
        return statements(self.store)

    @cached_property
    def edges(self) -> list[Edge]:
        """All edges of the graph, see `all_edges`."""
        return all_edges(self.store)

    @cached_property
    def _same(self) -> Mapping[str, str]:
        return all_joined(self.store)

    def key(self, concept: str) -> str:
        """One IRI that is the same for all concepts joined with this one."""
        return self._same.get(concept, concept)

    @cached_property
    def page_about(self) -> dict[str, PageRecord]:
        """The page about each concept (its `key`); of several the first by path."""
        return {self.key(page.about): page for page in reversed(self.pages) if page.about}

    @cached_property
    def by_path(self) -> dict[str, PageRecord]:
        return {page.path: page for page in self.pages}

    @cached_property
    def labels(self) -> dict[str, str]:
        """The labels of the concepts that pages are about or name."""
        wanted = {mention.concept for page in self.pages for mention in page.mentions}
        return labels_of(self.store, wanted | {page.about for page in self.pages if page.about})

    def blocks(self, page: PageRecord) -> list[Block]:
        """The blocks of a page whose words it says, in order."""
        document = self.documents.get(page.path)
        blocks = document.blocks if document else ()
        return [block for block in blocks if block.kind in RUNNING and block.text.visible]

    def paragraphs(self, page: PageRecord) -> list[list[Mention]]:
        """The mentions in the running text of a page, block by block; without its text, all as one block. Those in
        headings and in lists of related terms are left out."""
        found = self._paragraphs.get(page.path)
        if found is None:
            found = self._paragraphs[page.path] = self._by_block(page)
        return found

    @cached_property
    def _paragraphs(self) -> dict[str, list[list[Mention]]]:
        return {}

    def _by_block(self, page: PageRecord) -> list[list[Mention]]:
        mentions = sorted((m for m in page.mentions if m.place == "text"), key=lambda mention: mention.start)
        if page.path not in self.documents:
            return [mentions]
        spans = [(*block.text.source_span(0, len(block.text.visible)),) for block in self.blocks(page)]
        starts = [start for start, _ in spans]
        found: list[list[Mention]] = [[] for _ in spans]
        for mention in mentions:
            number = bisect_right(starts, mention.start) - 1
            if number >= 0 and mention.end <= spans[number][1]:
                found[number].append(mention)
        return found

    @cached_property
    def named_in_text(self) -> dict[str, dict[str, Mention]]:
        """For each page (by path) the concepts (by `key`) that its running text names, each with the first mention."""
        named: dict[str, dict[str, Mention]] = {}
        for page in self.pages:
            first: dict[str, Mention] = {}
            for mentions in self.paragraphs(page):
                for mention in mentions:
                    first.setdefault(self.key(mention.concept), mention)
            named[page.path] = first
        return named
