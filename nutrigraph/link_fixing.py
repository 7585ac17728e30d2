"""Suggested hyperlinks written into the pages' files: each file whole or not at all, and nothing but links changes."""

from __future__ import annotations

import codecs
import difflib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from nutrigraph.errors import SourceError
from nutrigraph.graph_builder.decoding import decoded, decoded_html, decoded_xml
from nutrigraph.graph_builder.document import Document
from nutrigraph.graph_builder.link_writing import (
    Address,
    NewLink,
    address,
    habits,
    takes_links,
    write_links,
)
from nutrigraph.graph_builder.markdown_sites import ReferenceForm, reference_form
from nutrigraph.graph_builder.page_graph import known_addresses, resolve_link
from nutrigraph.graph_builder.reading import MARKDOWN, ending_of, file_of
from nutrigraph.graph_builder.wikilinks import uses_wikilinks, wikilink, wikilink_names
from nutrigraph.inputs import PageFile, page_files, pages_in
from nutrigraph.page_results import documents
from nutrigraph.writing import write_file

if TYPE_CHECKING:
    from nutrigraph.knowledge_graph import KnowledgeGraph
    from nutrigraph.queries.links import LinkSuggestion

CHANGED = "the page has changed since the build; use nutrigraph build, and ask again"
PLAIN = "plain text has no hyperlinks"
UNSAFE = "a hyperlink there would change more than the link"
_LINKED = "the page links there already"
_BYTES = "the file cannot be written back byte for byte in its encoding"


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file with new hyperlinks: its path from the project folder, its text and bytes before and after."""

    path: str
    before: str
    after: str
    old: bytes
    new: bytes

    def diff(self) -> str:
        """What changes, as a unified diff."""
        before, after = (text.splitlines(keepends=True) for text in (self.before, self.after))
        shown = difflib.unified_diff(before, after, f"a/{self.path}", f"b/{self.path}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in shown)


@dataclass(frozen=True, slots=True)
class Fixes:
    """What `fix` found it can write: the files, the suggestions that are written there, and those left with why."""

    files: tuple[FixedFile, ...]
    written: tuple[LinkSuggestion, ...]
    left: tuple[tuple[LinkSuggestion, str], ...]


def fix(graph: KnowledgeGraph, suggestions: Sequence[LinkSuggestion]) -> Fixes:
    """The files as they would be with these hyperlinks; nothing is written yet.

    Each changed file is read again as a page: the visible words must be the same, block by block, the hyperlinks those
    that were there and the new ones. What does not pass is left out, and so is a page that changed since the build.
    """
    now = {file.path: file for file in page_files(graph.project)}
    built = graph.page_digests()
    writer = _Writer(graph, now)
    files: defaultdict[str, list[LinkSuggestion]] = defaultdict(list)
    left: list[tuple[LinkSuggestion, str]] = []
    for suggestion in suggestions:
        page = now.get(suggestion.page)
        if page is None or page.digest != built.get(suggestion.page):
            left.append((suggestion, CHANGED))
        elif not takes_links(suggestion.page):
            left.append((suggestion, PLAIN))
        else:
            files[file_of(suggestion.page)].append(suggestion)
    fixed: list[FixedFile] = []
    written: list[LinkSuggestion] = []
    for path, wanted in sorted(files.items()):
        file, done, refused = writer.file(path, wanted)
        left += refused
        written += done
        if file is not None:
            fixed.append(file)
    return Fixes(tuple(fixed), tuple(written), tuple(left))


def write_fixes(graph: KnowledgeGraph, fixes: Fixes) -> list[str]:
    """Writes the files, each whole or not at all; returns the paths of those that somebody changed meanwhile, which are
    not touched."""
    changed = []
    for file in fixes.files:
        path = graph.project.folder / file.path
        if path.read_bytes() != file.old:
            changed.append(file.path)
        else:
            write_file(path, file.new)
    return changed


class _Writer:
    """Knows how the site writes its hyperlinks."""

    def __init__(self, graph: KnowledgeGraph, files: Mapping[str, PageFile]) -> None:
        self.folder = graph.project.folder
        self.files = files
        self.pages = {page.path: Address(page.path, page.iri) for page in graph.pages()}
        self.known = known_addresses({path: page.iri for path, page in self.pages.items()})
        by_iri = {page.iri: page for page in self.pages.values()}
        of_page: dict[str, Counter[str]] = {}
        for page in graph.pages():
            written = [(self.pages[page.path], h.target, by_iri[h.iri]) for h in page.hyperlinks if h.iri in by_iri]
            of_page[page.path] = habits(written)
        self.of_page = of_page
        self.of_format: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for path, found in of_page.items():
            self.of_format[ending_of(path)] += found

    def file(
        self, path: str, wanted: Sequence[LinkSuggestion]
    ) -> tuple[FixedFile | None, list[LinkSuggestion], list[tuple[LinkSuggestion, str]]]:
        data = (self.folder / path).read_bytes()
        try:
            before = _text(path, data)
        except SourceError as error:
            return None, [], [(suggestion, error.problem) for suggestion in wanted]
        encoding = _encoding(data, before)
        if encoding is None:
            return None, [], [(suggestion, _BYTES) for suggestion in wanted]
        read = _Reading(self.files[wanted[0].page], path, data, encoding)
        possible: list[tuple[LinkSuggestion, NewLink]] = []
        left: list[tuple[LinkSuggestion, str]] = []
        for suggestion in wanted:
            link = self._link(suggestion, before)
            if suggestion.page not in read.before or before[link.start : link.end] != suggestion.surface:
                left.append((suggestion, CHANGED))
            elif link.address in read.targets(suggestion.page):
                left.append((suggestion, _LINKED))
            elif not encoding.has(link.address):
                left.append((suggestion, _BYTES))
            else:
                possible.append((suggestion, link))
        after = write_links(path, before, [link for _, link in possible])
        if not read.same_but_for(after, possible):
            possible, refused = self._one_by_one(path, before, possible, read)
            left += refused
            after = write_links(path, before, [link for _, link in possible])
        if not possible:
            return None, [], left
        file = FixedFile(path, before, after, data, encoding.encoded(after))
        return file, [suggestion for suggestion, _ in possible], left

    def _one_by_one(
        self, path: str, before: str, possible: Sequence[tuple[LinkSuggestion, NewLink]], read: _Reading
    ) -> tuple[list[tuple[LinkSuggestion, NewLink]], list[tuple[LinkSuggestion, str]]]:
        kept: list[tuple[LinkSuggestion, NewLink]] = []
        left: list[tuple[LinkSuggestion, str]] = []
        for one in possible:
            after = write_links(path, before, [link for _, link in (*kept, one)])
            if read.same_but_for(after, [*kept, one]):
                kept.append(one)
            else:
                left.append((one[0], UNSAFE))
        return kept, left

    def _link(self, suggestion: LinkSuggestion, source: str) -> NewLink:
        page, target = self.pages[suggestion.page], self.pages[suggestion.target]
        start, end = suggestion.start, suggestion.end
        own = self.of_page[page.path]
        ways: Mapping[str, int] = own or self.of_format[ending_of(page.path)]
        if ending_of(page.path) in MARKDOWN:
            form = self._reference_form(page.path, source)
            if form is not None and (name := self._name(page, target, form.ending)):
                return NewLink(start, end, wikilink(name), f"{form.before}{name}{form.after}")
            if self._uses_wikilinks(page.path, source):
                if name := self._name(page, target):
                    return NewLink(start, end, wikilink(name))
                ways = {}
        written = address(page, target, ways)
        if resolve_link(written, page.path, page.iri, self.known) != target.iri:
            written = address(page, target, {})
        if resolve_link(written, page.path, page.iri, self.known) != target.iri:
            written = target.iri
        return NewLink(start, end, written)

    def _name(self, page: Address, target: Address, ending: str = "") -> str | None:
        """The shortest name, with this ending, by which a page can call another one."""
        for name in (name + ending for name in wikilink_names(target.path)):
            if resolve_link(wikilink(name), page.path, page.iri, self.known) == target.iri:
                return name
        return None

    def _uses_wikilinks(self, path: str, source: str) -> bool:
        """Whether this page does; a page without any hyperlink does as the others."""
        if uses_wikilinks(source):
            return True
        return not self.of_page[path] and self._of_site.wikilinks

    def _reference_form(self, path: str, source: str) -> ReferenceForm | None:
        """How this page writes references of Hugo's; a page without any hyperlink does as the others."""
        if (form := reference_form(source)) is not None:
            return form
        return None if self.of_page[path] or uses_wikilinks(source) else self._of_site.form

    @cached_property
    def _of_site(self) -> _OfSite:
        """What most pages of Markdown with hyperlinks do."""
        pages = (file for file in self.files.values() if file.source and ending_of(file.path) in MARKDOWN)
        wiki, forms = 0, []
        for source in (file.read().decode("utf-8", "replace") for file in pages):
            wiki += uses_wikilinks(source)
            forms.append(reference_form(source))
        found = [form for form in forms if form is not None]
        others = sum(1 for own in self.of_page.values() if own)
        return _OfSite(wiki > max(others / 2, len(found)), found[0] if len(found) > max(others / 2, wiki) else None)


class _OfSite(NamedTuple):
    """Whether a site's pages use wikilinks, and how they write references of Hugo's."""

    wikilinks: bool
    form: ReferenceForm | None


class _Reading:
    """The pages of a file as they are, to compare with what they would become. `first` is one of them."""

    def __init__(self, first: PageFile, path: str, data: bytes, encoding: _Encoding) -> None:
        self.path = path
        self.encoding = encoding
        self.first = first
        self.before = self._documents(data)

    def _documents(self, data: bytes) -> dict[str, Document]:
        whole = PageFile(self.path, self.path, self.first.kind, "", data, language=self.first.language)
        return documents(pages_in(whole))

    def targets(self, page: str) -> set[str]:
        return {link.target for block in self.before[page].blocks for link in block.links}

    def same_but_for(self, after: str, added: Sequence[tuple[LinkSuggestion, NewLink]]) -> bool:
        """Whether `after` reads as before but for the links added."""
        expected: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        for suggestion, link in added:
            expected[suggestion.page][link.address, " ".join(suggestion.text.split())] += 1
        now = self._documents(self.encoding.encoded(after))
        return now.keys() == self.before.keys() and all(
            new_links(self.before[path], now[path]) == expected[path] for path in now
        )


def new_links(before: Document, after: Document) -> Counter[tuple[str, str]] | None:
    """The links that `after` has and `before` has not, each with its words; None if anything else differs."""
    if before.metadata != after.metadata or len(before.blocks) != len(after.blocks):
        return None
    found: Counter[tuple[str, str]] = Counter()
    for one, other in zip(before.blocks, after.blocks, strict=True):
        if (one.kind, one.text.visible, one.level, one.section, one.protected) != (
            other.kind, other.text.visible, other.level, other.section, other.protected,
        ):  # fmt: skip
            return None
        if set(one.links) - set(other.links):
            return None
        for link in set(other.links) - set(one.links):
            if any(link.start < old.end and old.start < link.end for old in one.links):
                return None
            found[link.target, " ".join(other.text.visible[link.start : link.end].split())] += 1
    return found


def _text(path: str, data: bytes) -> str:
    ending = ending_of(path)
    if ending == ".xml":
        return decoded_xml(path, data)
    return decoded(path, data) if ending in MARKDOWN else decoded_html(path, data)


class _Encoding(NamedTuple):
    """How a file's text is its bytes: a byte-order mark or none, and Python's name of the encoding."""

    mark: bytes
    name: str

    def encoded(self, text: str) -> bytes:
        return self.mark + text.encode(self.name)

    def has(self, text: str) -> bool:
        try:
            text.encode(self.name)
        except UnicodeEncodeError:
            return False
        return True


def _encoding(data: bytes, text: str) -> _Encoding | None:
    """The encoding that makes `data` of `text`; None if there is none."""
    for mark, names in _ENCODINGS:
        if data.startswith(mark):
            possible = (_Encoding(mark, name) for name in names)
            return next((one for one in possible if one.has(text) and one.encoded(text) == data), None)
    return None


_ENCODINGS: Final = (
    (codecs.BOM_UTF16_LE, ("utf-16-le",)),
    (codecs.BOM_UTF16_BE, ("utf-16-be",)),
    (codecs.BOM_UTF8, ("utf-8",)),
    (b"", ("utf-8", "cp1252", "latin-1")),
)
"""Byte-order marks, and what may be encoded behind them."""
