"""What is known of each page beside the graph: where its mentions and hyperlinks stand, and what a build can reuse.

One SQLite file a snapshot. Reports read `PageCache.pages`; the rest is for the next build.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final, NamedTuple

from nutrigraph.graph_builder.decisions import Decision, Stated
from nutrigraph.graph_builder.document import Text
from nutrigraph.graph_builder.statement import Mention
from nutrigraph.ontology.relations import load_relations
from nutrigraph.snapshot_files import Connection, reading

_SCHEMA: Final = """
CREATE TABLE page (
    path TEXT PRIMARY KEY, below TEXT NOT NULL, kind TEXT NOT NULL, digest TEXT NOT NULL,
    problem TEXT, title TEXT NOT NULL, aliases TEXT NOT NULL, canonical TEXT,
    iri TEXT, about TEXT, about_key TEXT,
    hyperlinks TEXT, mentions TEXT, mention_count INTEGER NOT NULL DEFAULT 0, words TEXT, reference_quads TEXT
);
CREATE TABLE statement (
    iri TEXT NOT NULL, id TEXT NOT NULL, path TEXT NOT NULL,
    subject TEXT NOT NULL, predicate TEXT NOT NULL, object TEXT NOT NULL, modality TEXT NOT NULL,
    holding INTEGER NOT NULL, between_concepts INTEGER NOT NULL, confidence REAL NOT NULL,
    subject_words TEXT NOT NULL, object_words TEXT NOT NULL, quote TEXT NOT NULL
);
CREATE INDEX statement_of_page ON statement (path);
CREATE TABLE name (key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE stated (triple TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE passages (path TEXT PRIMARY KEY, blocks TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Outline:
    """What the other pages need to know of a page before any is looked through: `below` is its path below its folder
    of pages, `problem` why it cannot be read (the rest is then empty)."""

    path: str
    below: str
    kind: str
    digest: str
    problem: str | None = None
    title: str = ""
    aliases: tuple[str, ...] = ()
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """A hyperlink of a page: `start` and `end` count code points of the source, around its visible words; `target` is
    as the page writes it; `iri` is that of the page or address it leads to, None within the page and for no address;
    `text` is the visible words."""

    start: int
    end: int
    target: str
    iri: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of a page as readers see it: `kind` is a BlockKind; `links` are the visible spans of its hyperlinks, in
    the order of the page's `Hyperlink`s; `protected` are visible spans that nobody may link (code, images).
    `raw` is the page's source from the first of the visible characters to the last, empty where that is the same.
    """

    kind: str
    text: Text
    raw: str = ""
    links: tuple[tuple[int, int], ...] = ()
    protected: tuple[tuple[int, int], ...] = ()

    def surface(self, start: int, end: int) -> tuple[int, int, str]:
        """The source's span of the visible text[start:end], and what stands there."""
        first, last = self.text.source_span(start, end)
        if not self.raw:
            return first, last, self.text.visible[start:end]
        origin = self.text.runs[0][1]
        return first, last, self.raw[first - origin : last - origin]


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says: its passages, and the spans in its source where it mentions concepts."""

    path: str
    passages: Sequence[Passage]
    mentions: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class StatementRow:
    """What facts and decisions need of a statement. `between_concepts`: its ends are two concepts, no candidates."""

    iri: str
    id: str
    path: str
    subject: str
    predicate: str
    object: str
    modality: str
    holding: bool
    between_concepts: bool
    confidence: float
    subject_words: tuple[str, ...]
    object_words: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class PageResult:
    """What looking through a page gave, apart from its graph: `words` are the normal forms of all its words."""

    hyperlinks: tuple[Hyperlink, ...]
    mentions: tuple[Mention, ...]
    statements: tuple[StatementRow, ...]
    words: frozenset[str]
    passages: tuple[Passage, ...] = ()


class Findings(NamedTuple):
    """A PageResult as it is kept: text of JSON (words: one a line), and the rows of its statements."""

    hyperlinks: str
    mentions: str
    mention_count: int
    words: str
    statements: list[list[object]]
    passages: str

    @classmethod
    def of(cls, result: PageResult) -> Findings:
        blocks = [(p.kind, p.text.visible, p.text.runs, p.raw, p.links, p.protected) for p in result.passages]
        return cls(
            _json([_values(link) for link in result.hyperlinks]),
            _json([_values(mention) for mention in result.mentions]),
            len(result.mentions),
            "\n".join(sorted(result.words)),
            [
                [*_values(row)[:-3], _json(row.subject_words), _json(row.object_words), row.quote]
                for row in result.statements
            ],
            _json(blocks),
        )


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page that is in the graph: `about` is the IRI of the concept it is about, if any."""

    path: str
    iri: str
    title: str
    kind: str
    about: str | None
    mentions: tuple[Mention, ...]
    hyperlinks: tuple[Hyperlink, ...]


class PageCache:
    """The pages.sqlite of a snapshot. Made by `open` (to read) or `create` (a new one, or a copy to change)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    @contextmanager
    def open(cls, file: Path | Connection) -> Iterator[PageCache]:
        with reading(file) as connection:
            yield cls(connection)

    @classmethod
    @contextmanager
    def create(cls, path: Path) -> Iterator[PageCache]:
        """A cache to write; what is there already is kept. All is written at the end, or nothing."""
        new = not path.exists()
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            # The snapshot is worth nothing before it is complete, and is flushed as a whole then.
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + (_SCHEMA if new else ""))
            connection.execute("BEGIN")
            yield cls(connection)
            connection.execute("COMMIT")

    # For reports

    def pages(self, *, mentions: bool = True) -> list[PageRecord]:
        """The pages of the graph, by path; without their mentions if those are not wanted, as there are many."""
        said = "mentions" if mentions else "'[]'"
        rows = self._db.execute(
            f"SELECT path, iri, title, kind, about, {said}, hyperlinks FROM page WHERE iri IS NOT NULL ORDER BY path"
        )
        return [
            PageRecord(
                path, iri, title, kind, about,
                tuple(Mention(*mention) for mention in json.loads(found)),
                tuple(Hyperlink(*link) for link in json.loads(hyperlinks)),
            )
            for path, iri, title, kind, about, found, hyperlinks in rows
        ]  # fmt: skip

    def texts(self) -> Iterator[PageText]:
        """The text of each page of the graph, by path; one page at a time is in memory."""
        rows = self._db.execute(
            "SELECT path, blocks, mentions FROM passages JOIN page USING (path) WHERE iri IS NOT NULL ORDER BY path"
        )
        for path, blocks, mentions in rows:
            spans = tuple((start, end) for start, end, *_ in json.loads(mentions))
            yield PageText(path, tuple(_passage(*block) for block in json.loads(blocks)), spans)

    def counts(self) -> tuple[int, int]:
        """How many statements and mentions the graph has."""
        (statements,) = self._db.execute("SELECT count(*) FROM statement").fetchone()
        (mentions,) = self._db.execute("SELECT coalesce(sum(mention_count), 0) FROM page").fetchone()
        return statements, mentions

    # For builds

    def outlines(self) -> dict[str, Outline]:
        rows = self._db.execute("SELECT path, below, kind, digest, problem, title, aliases, canonical FROM page")
        return {
            path: Outline(path, below, kind, digest, problem, title, tuple(json.loads(aliases)), canonical)
            for path, below, kind, digest, problem, title, aliases, canonical in rows
        }

    def set_outline(self, outline: Outline) -> None:
        """Adds a page, or forgets what was found on it before."""
        self.remove(outline.path)
        values = (*astuple(outline)[:6], json.dumps(outline.aliases), outline.canonical)
        self._db.execute(
            "INSERT INTO page (path, below, kind, digest, problem, title, aliases, canonical) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )

    def remove(self, path: str) -> None:
        for table in ("page", "statement", "passages"):
            self._db.execute(f"DELETE FROM {table} WHERE path = ?", (path,))

    def places(self) -> dict[str, tuple[str | None, str | None]]:
        """The IRI of each page (None if it is not in the graph), and what it was about when it was looked through
        (None if it was not)."""
        return {path: (iri, key) for path, iri, key in self._db.execute("SELECT path, iri, about_key FROM page")}

    def leave_out(self, path: str) -> None:
        """The page is not in the graph; what was found on it depends on its IRI and is forgotten."""
        self._db.execute(
            "UPDATE page SET iri = NULL, about = NULL, about_key = NULL, hyperlinks = NULL, mentions = NULL, "
            "mention_count = 0, words = NULL, reference_quads = NULL WHERE path = ?",
            (path,),
        )
        for table in ("statement", "passages"):
            self._db.execute(f"DELETE FROM {table} WHERE path = ?", (path,))

    def set_result(self, path: str, iri: str, about: str | None, about_key: str, found: Findings) -> None:
        """Writes down what looking through a page gave."""
        self.leave_out(path)
        self._db.execute(
            "UPDATE page SET iri = ?, about = ?, about_key = ?, hyperlinks = ?, mentions = ?, mention_count = ?, "
            "words = ? WHERE path = ?",
            (iri, about, about_key, found.hyperlinks, found.mentions, found.mention_count, found.words, path),
        )
        self._db.executemany(f"INSERT INTO statement VALUES ({', '.join('?' * 13)})", found.statements)
        self._db.execute("INSERT INTO passages VALUES (?, ?)", (path, found.passages))

    def hyperlinks(self) -> Iterator[tuple[str, str, tuple[Hyperlink, ...], str | None]]:
        """Path, IRI, hyperlinks, and their quads as they are in the graph now, of each page."""
        rows = self._db.execute(
            "SELECT path, iri, hyperlinks, reference_quads FROM page WHERE iri IS NOT NULL ORDER BY path"
        ).fetchall()
        for path, iri, links, quads in rows:
            yield path, iri, tuple(Hyperlink(*link) for link in json.loads(links)), quads

    def set_hyperlinks(self, path: str, links: Iterable[Hyperlink], quads: str) -> None:
        self._db.execute(
            "UPDATE page SET hyperlinks = ?, reference_quads = ? WHERE path = ?",
            (_json([_values(link) for link in links]), quads, path),
        )

    def names(self) -> dict[str, str]:
        """Each name that the pages were looked through for, with its fingerprint."""
        return dict(self._db.execute("SELECT key, fingerprint FROM name"))

    def change_names(self, names: Mapping[str, str | None]) -> None:
        """Sets the fingerprints of the names given, and deletes those given as None."""
        self._db.executemany("DELETE FROM name WHERE key = ?", [(key,) for key, use in names.items() if use is None])
        kept = [(key, use) for key, use in names.items() if use is not None]
        self._db.executemany("INSERT OR REPLACE INTO name VALUES (?, ?)", sorted(kept))

    def pages_with(self, names: Iterable[str]) -> set[str]:
        """The pages that contain all words of at least one of `names`."""
        if self._db.execute("SELECT 1 FROM page WHERE words IS NOT NULL LIMIT 1").fetchone() is None:
            return set()
        by_word: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
        for wording in {frozenset(name.split()) for name in names}:
            if wording:
                by_word[max(wording, key=lambda word: (len(word), word))].append(wording)
        touched: set[str] = set()
        for path, text in self._db.execute("SELECT path, words FROM page WHERE words IS NOT NULL"):
            words = set(text.split("\n"))
            if any(wording <= words for word in words & by_word.keys() for wording in by_word[word]):
                touched.add(path)
        return touched

    def holding(self) -> set[str]:
        """The IRIs of the statements that a flag holds back."""
        return {iri for (iri,) in self._db.execute("SELECT iri FROM statement WHERE holding")}

    def stated(self, decisions: Iterable[Decision]) -> list[Stated]:
        """The statements that a decision may be about, by their id or their quote, as decisions see them."""
        wanted = [(value,) for decision in decisions for value in (decision.id, decision.quote) if value]
        with self._temporary("wanted (value TEXT PRIMARY KEY)", wanted):
            rows = self._db.execute(
                "SELECT id, iri, path, subject_words, predicate, object_words, quote, holding FROM statement "
                "WHERE id IN (SELECT value FROM wanted) OR quote IN (SELECT value FROM wanted)"
            ).fetchall()
        return [
            Stated(
                id_, iri, path, frozenset(json.loads(subject)), predicate, frozenset(json.loads(object_)), quote,
                bool(holding),
            )
            for id_, iri, path, subject, predicate, object_, quote, holding in rows
        ]  # fmt: skip

    def contradicting(self, accepted: Iterable[str]) -> set[str]:
        """The IRIs of statements that deny what an accepted one asserts, or assert what it denies or its opposite."""
        opposites = [f"{name} {other}" for name, r in load_relations().items() for other in r.opposites]
        with self._temporary("accepted (iri TEXT PRIMARY KEY)", [(iri,) for iri in accepted]):
            rows = self._db.execute(
                "SELECT other.iri FROM accepted JOIN statement AS one USING (iri) JOIN statement AS other "
                "USING (subject, object) WHERE (one.predicate = other.predicate AND (one.modality, other.modality) "
                "IN (VALUES ('asserted', 'negated'), ('negated', 'asserted'))) "
                "OR (one.modality = 'asserted' AND other.modality = 'asserted' "
                "AND one.predicate || ' ' || other.predicate IN (SELECT value FROM json_each(?)))",
                (_json(opposites),),
            ).fetchall()
        return {iri for (iri,) in rows}

    def facts(self, withheld: Collection[str]) -> Iterator[tuple[str, str, str]]:
        """Subject, name of the relation, and object of each fact, given the IRIs of the statements that are held back
        or rejected."""
        with self._temporary("withheld (iri TEXT PRIMARY KEY)", [(iri,) for iri in withheld]):
            yield from self._db.execute(
                "SELECT DISTINCT subject, predicate, object FROM statement WHERE modality = 'asserted' "
                "AND between_concepts AND iri NOT IN (SELECT iri FROM withheld)"
            )

    def said(self) -> Iterator[tuple[str, str, str, str, str, str, float]]:
        """Subject, name of the relation, object, IRI, the page's IRI, modality and confidence of each statement."""
        yield from self._db.execute(
            "SELECT subject, predicate, object, statement.iri, page.iri, modality, confidence "
            "FROM statement JOIN page USING (path)"
        )

    @contextmanager
    def _temporary(self, table: str, rows: Iterable[tuple[str]]) -> Iterator[None]:
        name = table.partition(" ")[0]
        self._db.execute(f"CREATE TEMP TABLE {table}")
        self._db.executemany(f"INSERT OR IGNORE INTO {name} VALUES (?)", rows)
        yield
        self._db.execute(f"DROP TABLE {name}")

    def change_stated(self, triples: Iterable[str]) -> tuple[Iterator[str], list[str]]:
        """Replaces the set of triples (N-Triples lines) that pages put in the default graph; returns what was added
        and what was removed, in order."""
        self._db.execute("CREATE TEMP TABLE now (triple TEXT PRIMARY KEY) WITHOUT ROWID")
        self._db.executemany("INSERT OR IGNORE INTO now VALUES (?)", ((triple,) for triple in triples))
        removed = [triple for (triple,) in self._db.execute("SELECT triple FROM stated EXCEPT SELECT triple FROM now")]
        self._db.execute("CREATE TEMP TABLE added AS SELECT triple FROM now EXCEPT SELECT triple FROM stated")
        self._db.executemany("DELETE FROM stated WHERE triple = ?", ((triple,) for triple in removed))
        self._db.execute("INSERT INTO stated SELECT triple FROM added")
        self._db.execute("DROP TABLE now")
        return (triple for (triple,) in self._db.execute("SELECT triple FROM added ORDER BY triple")), removed

    def forget_stated(self) -> None:
        """Nothing that pages state is in the default graph."""
        self._db.execute("DELETE FROM stated")


def _values(record: Hyperlink | Mention | StatementRow) -> list[object]:
    """The values of a flat record, in the order of its fields (`astuple` would copy each)."""
    return [getattr(record, name) for name in record.__slots__]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _passage(
    kind: str, visible: str, runs: list[list[int]], raw: str, links: list[list[int]], protected: list[list[int]]
) -> Passage:
    return Passage(
        kind,
        Text(visible, tuple((at, source, length) for at, source, length in runs)),
        raw,
        tuple((start, end) for start, end in links),
        tuple((start, end) for start, end in protected),
    )
