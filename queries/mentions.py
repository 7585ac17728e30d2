"""Where the pages name concepts: from the index beside the graph, which has the positions."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from nutrigraph.errors import QueryError
from nutrigraph.page_cache import PageRecord
from nutrigraph.queries.labels import labels_of
from nutrigraph.queries.statements import ConceptRef
from nutrigraph.store import Store


@dataclass(frozen=True, slots=True)
class MentionRecord:
    """A concept named in a page: `start` and `end` count code points of the page's source, `surface` is that slice of
    it and `text` its visible words; `place` is "text" or "heading"; `linked`: it stands inside a hyperlink."""

    page: str
    start: int
    end: int
    surface: str
    text: str
    concept: ConceptRef
    linked: bool
    place: str

    def as_json(self) -> dict[str, object]:
        """The shape that `mentions --format json` prints."""
        return {
            "page": self.page,
            "start": self.start,
            "end": self.end,
            "surface": self.surface,
            "text": self.text,
            "concept": self.concept.as_json(),
            "linked": self.linked,
            "in": self.place,
        }


def mentions(store: Store, pages: Sequence[PageRecord], page: str | None = None) -> list[MentionRecord]:
    """Every mention, in the order of the pages and of their text.

    `page` keeps those of one page: its path as people write it, or its address; QueryError if there is none such.
    """
    chosen = pages if page is None else [_page(pages, page)]
    labels = labels_of(store, {mention.concept for one in chosen for mention in one.mentions})
    return [
        MentionRecord(
            one.path,
            mention.start,
            mention.end,
            mention.surface,
            mention.text,
            ConceptRef(mention.concept, labels[mention.concept]),
            mention.linked,
            mention.place,
        )
        for one in chosen
        for mention in sorted(one.mentions, key=lambda mention: mention.start)
    ]


def _page(pages: Sequence[PageRecord], wanted: str) -> PageRecord:
    path = wanted.strip().replace("\\", "/").removeprefix("./")
    for page in pages:
        if path == page.path or wanted == page.iri:
            return page
    near = difflib.get_close_matches(path, [page.path for page in pages], n=3)
    hint = f" Did you mean: {', '.join(near)}?" if near else " Pages are named as in evidence: pages/insulin.txt"
    raise QueryError(f'There is no page "{wanted}" in the graph.{hint}')
