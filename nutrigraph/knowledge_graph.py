"""A project's knowledge graph: built, asked and drawn. The command line and Python users both come through here."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from nutrigraph.errors import ConceptError, NotBuiltError, ProjectError
from nutrigraph.project import Project, read_project
from nutrigraph.writing import write_file

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

    from networkx import MultiDiGraph
    from rdflib import Dataset

    from nutrigraph.building import BuildReport
    from nutrigraph.graph_builder.decisions import Decision
    from nutrigraph.graph_builder.document import Document
    from nutrigraph.map_site import SiteReport
    from nutrigraph.ontology.finding import Finding as Violation
    from nutrigraph.page_cache import PageRecord
    from nutrigraph.queries.comparison import Comparison
    from nutrigraph.queries.concepts import ConceptCard
    from nutrigraph.queries.gap import Gap
    from nutrigraph.queries.link_measure import LinkHistory, LinkMeasure
    from nutrigraph.queries.links import LinkSuggestion
    from nutrigraph.queries.mentions import MentionRecord
    from nutrigraph.queries.neighbourhood import Neighbourhood
    from nutrigraph.queries.overview import Group, Overview
    from nutrigraph.queries.path_index import Choice
    from nutrigraph.queries.paths import NoPath
    from nutrigraph.queries.paths import Path as Chain
    from nutrigraph.queries.related import RelatedSuggestion
    from nutrigraph.queries.report import Finding
    from nutrigraph.queries.results import Citation, Rows
    from nutrigraph.queries.site import Site
    from nutrigraph.queries.statements import StatementRecord
    from nutrigraph.queries.term_index import Hit
    from nutrigraph.queries.vocabulary_export import Heading
    from nutrigraph.snapshot_files import Connection
    from nutrigraph.snapshots import Snapshot
    from nutrigraph.store import Store
    from nutrigraph.visualizations.embed import Embed
    from nutrigraph.visualizations.network import SafeNetwork


@dataclass(frozen=True, slots=True)
class ConceptMap:
    """A map as one page of HTML that needs nothing else. It shows itself in a notebook."""

    html: str

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the page to a file; ProjectError if that cannot be written."""
        write_file(Path(path), self.html)

    def _repr_html_(self) -> str:
        from nutrigraph.visualizations.notebook import frame

        return frame(self.html, "Concept map", "680px")


class KnowledgeGraph:
    """The graph of one project folder.

    Concepts are named as people name them: a label, a synonym, an IRI or a CURIE (UnknownConcept, AmbiguousConcept).
    The graph is opened at the first question (NotBuiltError if it was never built) and stays as it was then, whoever
    builds meanwhile; `build` opens the new one. The quads are opened when they are first asked: NotBuiltError if others
    built twice or deleted the graph before that.
    """

    def __init__(self, folder: str | os.PathLike[str] = ".") -> None:
        self._project = read_project(Path(folder))

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.project.title!r} in {self.project.folder}>"

    @property
    def project(self) -> Project:
        """What nutrigraph.toml says."""
        return self._project

    # Building

    def build(
        self,
        progress: Callable[[int, int], None] | None = None,
        loading: Callable[[int, int], None] | None = None,
    ) -> BuildReport:
        """Reads the pages and vocabularies into the graph, only what changed; `progress(done, total)` counts pages,
        `loading(done, total)` the bytes of vocabularies before that.

        Raises SourceError for a vocabulary that cannot be read, BusyError while somebody else builds.
        """
        from nutrigraph.building import build

        report = build(self.project, progress, loading)
        for opened in ("snapshot", "_files", "store", "graph", "_pages", "_site"):
            self.__dict__.pop(opened, None)
        return report

    @cached_property
    def snapshot(self) -> Snapshot:
        """The published build that is asked."""
        from nutrigraph.snapshots import current

        return current(self.project.location)

    @cached_property
    def store(self) -> Store:
        """The quads of the graph, read-only."""
        if self._files and not self.snapshot.store_path.is_dir():
            raise NotBuiltError(
                f"The graph that was opened in {self.project.location} is there no more: it was built again or deleted "
                "meanwhile. Open the project again, and if that is not enough use: nutrigraph build"
            )
        return self.snapshot.store(self.project.services)

    @cached_property
    def _files(self) -> tuple[Connection, Connection, Connection]:
        """The names, the pages and the paths, opened together so that they are of one build and stay readable."""
        from nutrigraph.snapshot_files import connect

        snapshot = self.snapshot
        return connect(snapshot.names_path), connect(snapshot.pages_path), connect(snapshot.paths_path)

    # Asking

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        """The concepts whose names are like `text`, best first."""
        from nutrigraph.queries.term_index import search

        return search(self._files[0], text, limit)

    def resolve(self, name: str) -> str:
        """The IRI of the one concept that `name` leads to."""
        from nutrigraph.queries.term_index import resolve

        return resolve(self._files[0], name)

    def concept(self, name: str) -> ConceptCard:
        """One concept with everything the graph says of it."""
        from nutrigraph.queries.concepts import concept

        return concept(self.store, self.resolve(name))

    def neighbours(self, name: str, depth: int = 1) -> Neighbourhood:
        """The concepts at most `depth` relations away."""
        from nutrigraph.queries.neighbourhood import neighbourhood

        return neighbourhood(self.store, self.resolve(name), depth)

    def paths(
        self,
        start: str,
        end: str,
        k: int = 3,
        *,
        relations: Iterable[str] = (),
        without_relations: Iterable[str] = (),
        through: Iterable[str] = (),
        without: Iterable[str] = (),
        reviewed: bool = False,
        hedged: bool = True,
    ) -> list[Chain]:
        """The `k` best chains of relations between two concepts, each step with its sentences; may be none.

        `relations` are the names of the only relations to use, `without_relations` those to avoid ("broader" is the
        hierarchy of the vocabularies, "match" their mappings). A chain comes by the concepts of `through` in their
        order and by none of `without`. `reviewed`: of statements only those that a person accepted. `hedged`: also
        what pages say with may or might.
        """
        from nutrigraph.queries.paths import paths

        choice = self._choice(relations, without_relations, through, without, reviewed=reviewed, hedged=hedged)
        ends = self.resolve(start), self.resolve(end)
        return paths(self.store, *ends, k, choice, self._path_index([*ends, *choice.through]))

    def no_path(
        self,
        start: str,
        end: str,
        *,
        relations: Iterable[str] = (),
        without_relations: Iterable[str] = (),
        through: Iterable[str] = (),
        without: Iterable[str] = (),
        reviewed: bool = False,
        hedged: bool = True,
    ) -> NoPath:
        """Where chains between two concepts that none connects come to an end, and what is missing; see `paths`."""
        from nutrigraph.queries.paths import no_path

        choice = self._choice(relations, without_relations, through, without, reviewed=reviewed, hedged=hedged)
        ends = self.resolve(start), self.resolve(end)
        return no_path(self.store, *ends, choice, self._path_index([*ends, *choice.through]))

    def _path_index(self, ends: Sequence[str]) -> sqlite3.Connection:
        """The edges that paths between these concepts are made of."""
        return self._files[2]

    def _choice(
        self,
        relations: Iterable[str],
        without_relations: Iterable[str],
        through: Iterable[str],
        without: Iterable[str],
        *,
        reviewed: bool,
        hedged: bool,
    ) -> Choice:
        from nutrigraph.queries.path_index import Choice
        from nutrigraph.queries.relation_names import step_relations

        return Choice(
            relations=step_relations(relations),
            without_relations=step_relations(without_relations),
            through=tuple(self.resolve(name) for name in through),
            without=frozenset(self.resolve(name) for name in without),
            reviewed=reviewed,
            hedged=hedged,
        )

    def compare(self, first: str, second: str) -> Comparison:
        """What two concepts have in common by what pages say, and where they differ."""
        from nutrigraph.queries.comparison import compare

        return compare(self.store, self.resolve(first), self.resolve(second))

    def overview(self) -> Overview:
        """The central concepts, communities, islands and bridges of everything that pages state."""
        from nutrigraph.queries.overview import overview

        return overview(self.store)

    def _community(self, name: str) -> Group:
        from nutrigraph.queries.overview import community_named

        try:
            concept = self.resolve(name)
        except ConceptError:
            concept = None
        return community_named(self.overview(), name, concept)

    def statements(self, *, page: str | None = None, concept: str | None = None) -> list[StatementRecord]:
        """Every statement of the pages with its evidence; of one page (its path in the project), or about a concept."""
        from nutrigraph.queries.statements import statements

        return statements(self.store, page=page, concept=self.resolve(concept) if concept else None)

    def select(
        self, query: str, *, timeout: float | None = None, max_rows: int | None = None, **values: object
    ) -> Rows:
        """The rows of a SPARQL SELECT.

        Each of `values` is a concept (a name, an IRI, or what `concept` and `search` gave), several of them, or a
        number; it is put where the query has a line `#VALUES name`. `timeout` is in seconds (QueryTimeout); more than
        `max_rows` rows are a QueryError, as rows are never cut silently.
        """
        from nutrigraph.queries.results import Rows

        given = self._values(values)
        answer = self.store.select(query, given, timeout, max_rows)
        return Rows(answer.variables, tuple(answer.rows), citation=self._citation(query, given))

    def ask(
        self,
        name: str,
        parameters: Mapping[str, str] | None = None,
        *,
        timeout: float | None = None,
        max_rows: int | None = None,
    ) -> Rows:
        """The rows of a named query (`nutrigraph.queries.catalogue` has them); parameters as people type them."""
        from nutrigraph.queries.catalogue import find, run, values_for

        given, joined = parameters or {}, cache(self._joined)
        rows = run(self.store, joined, name, given, timeout=timeout, max_rows=max_rows)
        query = find(name)
        return replace(rows, citation=self._citation(query.text, values_for(query, joined, given), name))

    def cite(self, query: str, parameters: Mapping[str, str] | None = None) -> Citation:
        """What to give with the answer to a query (a name of the catalogue, or SPARQL) so that it can be repeated."""
        from nutrigraph.queries.catalogue import catalogue, values_for

        named = next((one for one in catalogue() if one.name == query), None)
        if named is None:
            return self._citation(query, self._values(dict(parameters or {})))
        return self._citation(named.text, values_for(named, self._joined, parameters or {}), named.name)

    def _citation(self, query: str, values: Mapping[str, object], name: str | None = None) -> Citation:
        from importlib.metadata import version

        from nutrigraph.queries.results import Citation
        from nutrigraph.query_text import with_values

        return Citation(with_values(query, values), *self._identity, version("nutrigraph"), name)

    @property
    def _identity(self) -> tuple[str, str, str]:
        """The title, the address and the content hash of the graph, for a citation."""
        return self.project.title, self.project.base_url, self.snapshot.name

    def query_bytes(
        self,
        query: str,
        format: str,
        parameters: Mapping[str, str] | None = None,
        timeout: float | None = None,
        max_rows: int | None = None,
    ) -> bytes:
        """The answer to a named query, or to any text of SPARQL, in the engine's own json, csv, tsv or xml; Turtle for
        CONSTRUCT and DESCRIBE. `timeout` and `max_rows` as in `select`."""
        from nutrigraph.queries.catalogue import catalogue, values_for

        named = next((one for one in catalogue() if one.name == query), None)
        if named is None:
            return self.store.solutions_bytes(query, format, self._values(dict(parameters or {})), timeout, max_rows)
        values = values_for(named, self._joined, parameters or {})
        return self.store.solutions_bytes(named.text, format, values, timeout, max_rows)

    def _values(self, values: Mapping[str, object]) -> dict[str, object]:
        return {name: self._value(name, value) for name, value in values.items()}

    def _value(self, name: str, value: object) -> object:
        if isinstance(value, str):
            return self._joined(value, name)
        if isinstance(value, (list, tuple, set, frozenset)):
            several: list[object] = []
            for one in cast("Collection[object]", value):
                found = self._value(name, one)
                several += cast("list[object]", found) if isinstance(found, list) else [found]
            return several
        return self._joined(iri, name) if isinstance(iri := getattr(value, "id", None), str) else value

    def _joined(self, name: str, parameter: str = "concept") -> list[str]:
        """The IRIs of a concept and of those that a mapping makes one with it; another IRI of the graph as it is."""
        from nutrigraph.queries.joined import joined_with
        from nutrigraph.query_text import as_iri

        iri = name if "://" in name and self.store.knows(as_iri(parameter, name)) else self.resolve(name)
        return sorted(joined_with(self.store, [iri])[iri])

    # Looking through the pages

    def mentions(self, *, page: str | None = None) -> list[MentionRecord]:
        """Every mention of a concept, in the order of the pages and of their text; of one page (its path)."""
        from nutrigraph.queries.mentions import mentions

        return mentions(self.store, self._pages, page)

    def links(self, min_probability: float = 0.5, *, least_linked_first: bool = False) -> list[LinkSuggestion]:
        """The hyperlinks that the pages lack, most probable first, without those that people refused and those that
        the rules of nutrigraph.toml forbid; or those first that lead to the pages that the fewest others link to."""
        from nutrigraph.page_cache import PageCache
        from nutrigraph.queries import links

        with PageCache.open(self._files[1]) as cache:
            pages = cache.pages(mentions=False)
            rules = self.project.links
            found = links.missing_links(self.store, pages, cache.texts(), self._decisions(), min_probability, rules)
        return links.least_linked_first(found, pages) if least_linked_first else found

    def measure_links(self) -> LinkMeasure:
        """How well the site's own hyperlinks are found again when they are hidden."""
        from nutrigraph.page_cache import PageCache
        from nutrigraph.queries.link_measure import measure

        with PageCache.open(self._files[1]) as cache:
            return measure(self.store, cache.pages(mentions=False), cache.texts())

    def link_history(self) -> LinkHistory | None:
        """What of the hyperlinks that editors set later would have been suggested, by the git history of the pages;
        None where git has no earlier version of them."""
        from nutrigraph.link_history import link_history

        return link_history(self.project, self.store, self._pages)

    def pages(self) -> list[PageRecord]:
        """The pages of the graph, by path, with where their mentions and hyperlinks stand."""
        return self._pages

    def page_digests(self) -> dict[str, str]:
        """A hash of each page's bytes as they were when the graph was built, by path."""
        from nutrigraph.page_cache import PageCache

        with PageCache.open(self._files[1]) as cache:
            return {path: outline.digest for path, outline in cache.outlines().items()}

    def gaps(self, today: date | None = None) -> list[Gap]:
        """What is missing or wrong apart from hyperlinks to set, the gravest first, without what people silenced and
        the kinds that nutrigraph.toml switches off. `today` is the day from which the age of reviews counts."""
        from nutrigraph.queries.gaps import find_gaps

        return find_gaps(self._site, self.project.gaps, self._decisions(), today)

    def findings(self, *, gaps: Sequence[Gap] = (), links: Sequence[LinkSuggestion] = ()) -> list[Finding]:
        """Gaps and missing hyperlinks as findings for a report: with their lines, and their words in the sentence."""
        from nutrigraph.queries.report import gap_findings, link_findings

        documents = self._site.documents
        return [*link_findings(links, documents), *gap_findings(gaps, documents)]

    def related(self, name: str | None = None, min_probability: float = 0.1) -> list[RelatedSuggestion]:
        """Missing relations between concepts, or of one, the most probable first, with the sentences that suggest them;
        without those that people refused."""
        from nutrigraph.queries.related import related

        concept = None if name is None else self.resolve(name)
        return related(self._site, self._decisions(), concept, min_probability)

    @cached_property
    def _site(self) -> Site:
        from nutrigraph.queries.site import Site

        return Site(self.store, self._pages, self.project.base_url, self._documents)

    def _documents(self) -> Mapping[str, Document]:
        """The pages as they were read for the build; those that were changed since are left out."""
        from nutrigraph.inputs import page_files
        from nutrigraph.page_results import documents

        return documents(page_files(self.project), self.page_digests())

    @cached_property
    def _pages(self) -> list[PageRecord]:
        from nutrigraph.page_cache import PageCache

        with PageCache.open(self._files[1]) as cache:
            return cache.pages()

    def _decisions(self) -> Sequence[Decision]:
        """What people decided, as it stands in the file now: a decision needs no build to be heeded."""
        from nutrigraph.graph_builder.decisions import FILE_NAME, read_decisions

        file = self.project.folder / FILE_NAME
        return read_decisions(file.read_bytes()) if file.is_file() else ()

    def validate(self, progress: Callable[[int, int], None] | None = None) -> list[Violation]:
        """What in the vocabularies and in the graph does not have the shape that it should have, the gravest first.

        `progress(done, total)` counts pages. MissingExtra without pySHACL.
        """
        from nutrigraph.ontology.vocabulary import load_vocabulary
        from nutrigraph.queries.checks import check_graph

        return check_graph(
            self.store,
            own_scheme=self.project.concepts,
            parts=lambda: load_vocabulary(self.project).parts,
            progress=progress,
        )

    # Drawing

    def map(self, *names: str, community: str | None = None, limit: int = 28, held: bool = False) -> ConceptMap:
        """A concept map of these concepts (none given: the most central) and the nearest around them, at most `limit`.

        With `community` (its name in `overview()`, or a concept in it), of the best connected concepts of that one
        alone. With `held`, what waits for a person is drawn too, marked as under review.
        """
        from nutrigraph.queries.subgraph import community_subgraph, subgraph
        from nutrigraph.visualizations.concept_map import render
        from nutrigraph.visualizations.view import map_view

        if community is None:
            part = subgraph(self.store, [self.resolve(name) for name in names], limit, held=held)
        else:
            group = self._community(community)
            part = community_subgraph(self.store, group.name, [each.id for each in group.concepts], limit, held=held)
        return ConceptMap(render(map_view(part, held=held), language=self._heading.language))

    def map_site(
        self,
        folder: str | os.PathLike[str],
        *,
        limit: int = 28,
        held: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> SiteReport:
        """Writes a map for each concept that a page is about into `folder`, with an index and a manifest.

        Only what changed is written. ProjectError if a file that is not ours stands in the way. `progress(done, total)`
        counts maps.
        """
        from nutrigraph.map_site import write_site
        from nutrigraph.queries.subgraph import concepts_with_page, subgraphs
        from nutrigraph.visualizations.view import map_view

        about = [[iri] for iri in concepts_with_page(self.store)]
        views = [map_view(part, held=held) for part in subgraphs(self.store, about, limit, held=held)]
        heading = self._heading
        return write_site(Path(folder), heading.title, views, language=heading.language, progress=progress)

    def embed(
        self, name: str, *, address: str = "", style: str | os.PathLike[str] | None = None, limit: int = 28
    ) -> Embed:
        """What shows the map of a concept in another page: files to publish, and what to paste.

        `address` is where the files will be published (empty: beside the page), `style` a style sheet with colours of
        the house. ProjectError if that cannot be read, or has anything but colours in it.
        """
        from nutrigraph.map_site import file_stem
        from nutrigraph.queries.subgraph import subgraph
        from nutrigraph.visualizations.embed import embed
        from nutrigraph.visualizations.view import map_view

        view = map_view(subgraph(self.store, [self.resolve(name)], limit))
        heading = self._heading
        return embed(
            view,
            file_stem(view.title),
            glossary=heading.title,
            scheme=heading.scheme,
            address=_folder_address(address),
            language=heading.language,
            style=_house_style(style),
        )

    def network(self, *, held: bool = False) -> SafeNetwork:
        """Everything that pages state, to explore: a pyvis Network, which `write_html` writes as one file."""
        from nutrigraph.queries.subgraph import subgraph
        from nutrigraph.visualizations.network import build
        from nutrigraph.visualizations.view import map_view

        network = build(map_view(subgraph(self.store, limit=sys.maxsize, held=held), held=held))
        network.heading = self._heading.title
        return network

    # In other libraries' terms

    @cached_property
    def graph(self) -> Dataset:
        """The same data as an rdflib Dataset: live, read-only. Its default graph holds facts and vocabularies."""
        from nutrigraph.live_dataset import live_dataset

        return live_dataset(self.store)

    def to_rdflib(self) -> Dataset:
        """A copy in plain rdflib, to change."""
        from rdflib import Dataset

        copy = Dataset()
        copy.parse(data=self.store.dump("nquads"), format="nquads")
        return copy

    def to_networkx(self) -> MultiDiGraph[str]:
        """The concepts as nodes (IRIs with `label`, `type`, …), what connects them as edges with their evidence."""
        from nutrigraph.queries.network import to_networkx

        return to_networkx(self.store)

    def export(self, format: str) -> bytes:
        """The graph in a format of `nutrigraph.queries.export.FORMATS`; equal graphs give equal bytes."""
        from nutrigraph.queries.export import export

        return export(self.store, format, self._heading)

    @property
    def _heading(self) -> Heading:
        """What the graph is called."""
        from nutrigraph.queries.vocabulary_export import Heading

        return Heading(self.project.concepts, self.project.title, self.project.language)

    def is_source(self, file: Path) -> bool:
        """Whether people wrote that file, or it would be a page: nothing may be written there."""
        from nutrigraph.inputs import is_source

        return is_source(self.project, file)


def _folder_address(address: str) -> str:
    """An address that names can be put behind."""
    from nutrigraph.visualizations.safe_text import safe_link

    if address and safe_link(address) is None:
        raise ProjectError(f"{address} is no address that a page may link to: it must begin with https:// or http://.")
    return address if not address or address.endswith("/") else address + "/"


def _house_style(file: str | os.PathLike[str] | None) -> str:
    from nutrigraph.visualizations.house_style import house_style

    if file is None:
        return ""
    try:
        return house_style(Path(file).read_text(encoding="utf-8"), str(file))
    except OSError as error:
        raise ProjectError(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ProjectError(f"{file} is not in UTF-8. Save it in that encoding.") from None
