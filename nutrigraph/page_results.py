"""Looking through one page: functions of their arguments alone, so that pages can be looked through in any order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from nutrigraph.errors import SourceError
from nutrigraph.graph_builder.decisions import fold
from nutrigraph.graph_builder.document import BlockKind, Document, Text
from nutrigraph.graph_builder.extraction import extract
from nutrigraph.graph_builder.page_graph import page_graph, statement_iri
from nutrigraph.graph_builder.reading import read_page
from nutrigraph.graph_builder.recognition import Matcher
from nutrigraph.graph_builder.statement import HOLDING, Statement
from nutrigraph.graph_builder.tokens import normal_forms
from nutrigraph.inputs import PageFile
from nutrigraph.ontology.concept import Concept
from nutrigraph.page_cache import Hyperlink, Outline, PageResult, Passage, StatementRow


def document_of(file: PageFile) -> Document:
    """A page read; SourceError if it cannot be."""
    return read_page(file.path, file.read(), file.kind, language=file.language, offset=file.offset)


def documents(files: Iterable[PageFile], digests: Mapping[str, str] | None = None) -> dict[str, Document]:
    """The pages that can be read, by path; those whose content has not the digest given, if any is, are left out."""
    found: dict[str, Document] = {}
    for file in files:
        if file.source is not None and (digests is None or digests.get(file.path) == file.digest):
            try:
                found[file.path] = document_of(file)
            except SourceError:
                continue
    return found


def outline(file: PageFile) -> Outline:
    """What the other pages need to know of a page; `problem` says why it cannot be read."""
    empty = Outline(file.path, file.below, file.kind, file.digest)
    if file.source is None:
        return replace(empty, problem=file.problem)
    try:
        metadata = document_of(file).metadata
    except SourceError as error:
        return replace(empty, problem=error.problem if error.line is None else f"line {error.line}: {error.problem}")
    return replace(empty, title=metadata.title, aliases=metadata.aliases, canonical=metadata.url)


def look_through(
    file: PageFile, iri: str, about: Concept | None, matcher: Matcher, namespace: str
) -> tuple[PageResult, str]:
    """What a page says, and its graph in TriG but for the hyperlinks: a function of its arguments alone."""
    document = document_of(file)
    content = extract(document, matcher, about, namespace)
    text = "\n".join(block.text.visible for block in document.blocks)
    result = PageResult(
        hyperlinks=tuple(hyperlinks(document)),
        mentions=content.mentions,
        statements=tuple(_statement_row(statement, iri, file.path) for statement in content.statements),
        words=frozenset(normal_forms(text)),
        passages=passages(document),
    )
    return result, page_graph(document, content, iri, about.iri if about else None)


def passages(document: Document) -> tuple[Passage, ...]:
    """What readers see of a page, but for its furniture."""
    return tuple(
        Passage(
            block.kind.value,
            block.text,
            _raw(document, block.text),
            tuple((link.start, link.end) for link in block.links if link.start < link.end),
            block.protected,
        )
        for block in document.blocks
        if block.kind is not BlockKind.FURNITURE
    )


def _raw(document: Document, text: Text) -> str:
    """The source of a text, empty where nothing but the visible characters stands there."""
    if not text.visible:
        return ""
    first, last = text.source_span(0, len(text.visible))
    raw = document.quoted(first, last)
    return "" if raw == text.visible else raw


def hyperlinks(document: Document) -> Iterator[Hyperlink]:
    """The hyperlinks of what the page says; those of its furniture lead everywhere and mean nothing."""
    for block in document.blocks:
        if block.kind is BlockKind.FURNITURE:
            continue
        for link in block.links:
            if link.start < link.end:
                span = block.text.source_span(link.start, link.end)
                yield Hyperlink(*span, link.target, text=block.text.visible[link.start : link.end])


def _statement_row(statement: Statement, page: str, path: str) -> StatementRow:
    subject, object_ = statement.subject, statement.object
    return StatementRow(
        iri=statement_iri(page, statement.id),
        id=statement.id,
        path=path,
        subject=subject.concept,
        predicate=statement.predicate,
        object=object_.concept,
        modality=statement.modality.value,
        holding=any(flag in HOLDING for flag in statement.flags),
        between_concepts=subject.concept != object_.concept and not (subject.candidate or object_.candidate),
        confidence=round(statement.confidence, 4),  # as it stands in the graph
        subject_words=tuple(fold(words) for words in (subject.surface, subject.label) if words),
        object_words=tuple(fold(words) for words in (object_.surface, object_.label) if words),
        quote=fold(statement.quote_text),
    )
