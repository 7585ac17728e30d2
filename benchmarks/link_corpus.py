"""A folder of cross-linked Markdown pages, with the hyperlinks between them, to hide and to find again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from nutrigraph.graph_builder.document import BlockKind
from nutrigraph.graph_builder.page_graph import known_addresses, page_iri, resolve_link
from nutrigraph.graph_builder.reading import read_page
from nutrigraph.page_cache import PageText, Passage
from nutrigraph.page_results import passages
from nutrigraph.queries.link_candidates import SitePage
from nutrigraph.queries.link_features import Bools, Candidates, weigh
from nutrigraph.queries.link_site import read_site

BASE = "https://www.example.org/glossary/"


@dataclass(frozen=True)
class Corpus:
    """The pages of a folder; `linked` are (page, target) numbers of all hyperlinks between them."""

    name: str
    pages: Sequence[SitePage]
    passages: Sequence[tuple[Passage, ...]]
    linked: frozenset[tuple[int, int]]

    def candidates(self, hidden: Bools) -> Candidates:
        """The candidates of the site when the hyperlinks of the pages `hidden` are taken out of their text; `linked`
        of them says where they were."""
        pages = [replace(p, links=()) if hide else p for p, hide in zip(self.pages, hidden, strict=True)]
        texts = [
            PageText(page.path, tuple(replace(passage, links=()) for passage in own) if hide else own)
            for page, own, hide in zip(pages, self.passages, hidden, strict=True)
        ]
        found = weigh(read_site(pages, texts), ~hidden)
        pairs = zip(found.page.tolist(), found.target.tolist(), strict=True)
        return replace(found, linked=np.array([pair in self.linked for pair in pairs]))


def read_corpus(folder: Path) -> Corpus:
    """The corpus in `folder`/pages."""
    files = sorted((folder / "pages").glob("*.md"))
    documents = [read_page(f"pages/{file.name}", file.read_bytes()) for file in files]
    iris = {document.path: page_iri(BASE, document.path.removeprefix("pages/"), None) for document in documents}
    known = known_addresses(iris)
    number = {iri: n for n, iri in enumerate(iris.values())}
    pages: list[SitePage] = []
    linked: set[tuple[int, int]] = set()
    for n, document in enumerate(documents):
        links: list[tuple[int, str]] = []
        for block in document.blocks:
            for link in block.links if block.kind is not BlockKind.FURNITURE else ():
                iri = resolve_link(link.target, document.path, iris[document.path], known)
                target = number.get(iri) if iri else None
                if target is not None and target != n and link.start < link.end:
                    links.append((target, block.text.visible[link.start : link.end]))
                    linked.add((n, target))
        pages.append(SitePage(document.path, (document.title, *document.metadata.aliases), tuple(links)))
    return Corpus(folder.name, pages, [passages(document) for document in documents], frozenset(linked))
