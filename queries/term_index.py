"""Finding concepts by name: an SQLite index (FTS5, trigrams) beside the graph.

Names are compared in three ways, each more forgiving than the one before: `plain` (case and white space), `folded`
(accents, hyphens and punctuation too) and `squashed` (plurals and missing spaces too). Only concepts that speak for
all that are joined with them are found; the names of the others lead to them.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nutrigraph.errors import AmbiguousConcept, UnknownConcept
from nutrigraph.ontology.namespaces import OBO, compact, expand
from nutrigraph.queries.name_forms import LEAST_SIMILARITY, fold, plain, similarity, squash
from nutrigraph.snapshot_files import Connection, reading

if TYPE_CHECKING:  # the index is read without loading vocabularies
    from nutrigraph.ontology.concept import Concept
    from nutrigraph.ontology.vocabulary import Vocabulary

_PREFERRED, _SYNONYM, _HIDDEN = 0, 1, 2
_SCHEMA: Final = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
CREATE TABLE concepts (iri TEXT PRIMARY KEY, label TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE identifiers (key TEXT, iri TEXT, PRIMARY KEY (key, iri)) WITHOUT ROWID;
CREATE TABLE names (id INTEGER PRIMARY KEY, iri TEXT, kind INTEGER, name TEXT, plain TEXT, folded TEXT, squashed TEXT,
  reversed TEXT);
CREATE TABLE lengths (length INTEGER PRIMARY KEY, first INTEGER NOT NULL);
CREATE VIRTUAL TABLE trigrams USING fts5(folded, content='', tokenize='trigram');
"""
_INDEXES: Final = """
CREATE INDEX names_plain ON names (plain);
CREATE INDEX names_folded ON names (folded);
CREATE INDEX names_squashed ON names (squashed);
CREATE INDEX names_reversed ON names (reversed);
"""
_LONGEST_QUERY: Final = 200
_CANDIDATES: Final = 300
_TYPING_CANDIDATES: Final = 1500
_COMPARED: Final = 30
_ALIKE: Final = 200
_THE_SAME: Final = 0.94
_BY_WORDS: Final = 0.76
_SURE: Final = 0.69 * 0.75
_Row = tuple[str, str, str, int, str, int]
"""IRI, label, name, kind, folded name and number."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept found: `matched` is the name that fitted what was typed, `score` is from 0 to 1."""

    id: str
    label: str
    matched: str
    score: float

    def as_json(self) -> dict[str, object]:
        return {"id": self.id, "label": self.label, "matched": self.matched, "score": self.score}


def write_index(path: Path, vocabulary: Vocabulary) -> None:
    """Writes the names of all concepts into a new file at `path`; the same vocabulary gives the same bytes."""
    path.unlink(missing_ok=True)
    concepts = sorted(vocabulary.concepts.values(), key=lambda concept: concept.iri)
    speaker = {concept.iri: vocabulary.speaker(concept.iri) for concept in concepts}
    given = {row for concept in concepts for row in _names(concept, speaker[concept.iri])}
    # in the order of their length: the number of a name tells how long it is, and the shortest are found first
    folded = {name: fold(name) for _, _, name in given}
    names = sorted((len(folded[name]), iri, kind, name) for iri, kind, name in given)
    keys = {(key, speaker[concept.iri]) for concept in concepts for key in _keys(concept)}
    keys |= {(key, vocabulary.speaker(old)) for old in vocabulary.replaced for key in _identifiers(old)}
    keys = {(key, iri) for key, iri in keys if iri in vocabulary.concepts}
    labels = {(iri, vocabulary.concepts[iri].label) for iri in speaker.values()}
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_SCHEMA)
        connection.executemany("INSERT INTO concepts VALUES (?, ?)", sorted(labels))
        connection.executemany("INSERT INTO identifiers VALUES (?, ?)", sorted(keys))
        connection.executemany(
            "INSERT INTO names VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (number, iri, kind, name, plain(name), folded[name], squash(folded[name]), folded[name][::-1])
                for number, (_, iri, kind, name) in enumerate(names, 1)
            ),
        )
        lengths = {length: number for number, (length, *_) in reversed(list(enumerate(names, 1)))}
        connection.executemany("INSERT INTO lengths VALUES (?, ?)", sorted(lengths.items()))
        # spaces around a name make its beginning and end trigrams of their own: short names survive a typing error
        connection.execute("INSERT INTO trigrams(rowid, folded) SELECT id, ' ' || folded || ' ' FROM names ORDER BY id")
        connection.execute("INSERT INTO trigrams(trigrams) VALUES ('optimize')")
        connection.executescript(_INDEXES)
        connection.commit()


def search(index: Path | Connection, text: str, limit: int = 10) -> list[Hit]:
    """The concepts whose names fit `text`, best first, each once.

    An identifier comes before everything; then the same name, names that begin so, that have these words. Names that
    differ by typing errors and names that have the text within a word come last, by how much of them was typed right.
    """
    if limit < 1 or not text.strip():
        return []
    with reading(index) as connection:
        found: dict[str, Hit] = {}
        for hit in _hits(connection, text, limit):
            if hit.id not in found or hit.score > found[hit.id].score:
                found[hit.id] = hit
    return sorted(found.values(), key=lambda hit: (-hit.score, hit.label.casefold(), hit.id))[:limit]


def resolve(index: Path | Connection, name: str) -> str:
    """The IRI of the one concept that `name` (label, synonym, IRI or CURIE) leads to.

    A preferred label goes before another concept's synonym. Case, hyphens and plurals may differ where that leaves
    only one concept. Raises UnknownConcept with near misses, AmbiguousConcept with the concepts that share the name.
    """
    with reading(index) as connection:
        identified = sorted({iri for iri, _ in _identified(connection, name)})
        if identified:
            return _only(connection, name, identified)
        for column, key in (("plain", plain(name)), ("folded", fold(name)), ("squashed", squash(fold(name)))):
            rows = connection.execute(f"SELECT kind, iri, name FROM names WHERE {column} = ?", (key,)).fetchall()
            if key and rows:
                kind = min(row[0] for row in rows)
                best = [row for row in rows if row[0] == kind]
                as_typed = [row for row in best if row[2] == name.strip()]
                return _only(connection, name, sorted({iri for _, iri, _ in as_typed or best}))
    raise UnknownConcept(name, tuple(hit.label for hit in search(index, name, 5)))


def _only(connection: sqlite3.Connection, name: str, iris: list[str]) -> str:
    if len(iris) == 1:
        return iris[0]
    labels = {iri: str(_label(connection, iri)) for iri in iris}
    raise AmbiguousConcept(name, tuple(sorted((label, iri) for iri, label in labels.items())))


def _label(connection: sqlite3.Connection, iri: str) -> str:
    row = connection.execute("SELECT label FROM concepts WHERE iri = ?", (iri,)).fetchone()
    return str(row[0])


# What is written


def _names(concept: Concept, speaker: str) -> Iterator[tuple[str, int, str]]:
    yield speaker, _PREFERRED if concept.iri == speaker else _SYNONYM, concept.label
    for name in concept.alt_labels:
        yield speaker, _SYNONYM, name
    for name in concept.hidden_labels:
        yield speaker, _HIDDEN, name


def _keys(concept: Concept) -> Iterator[str]:
    for iri in (concept.iri, *concept.exact_matches):
        yield from _identifiers(iri)


def _identifiers(iri: str) -> Iterator[str]:
    """What people may write for an IRI."""
    yield iri.lower()
    yield compact(iri).lower()
    if iri.startswith(OBO):  # OBO's own way of writing it, also where the number begins with a letter (NCIT:C2985)
        yield iri[len(OBO) :].replace("_", ":", 1).lower()


# How they are found


def _hits(connection: sqlite3.Connection, text: str, limit: int) -> Iterator[Hit]:
    for iri, key in _identified(connection, text):
        yield Hit(iri, _label(connection, iri), key, 1.0)
    query = fold(text)[:_LONGEST_QUERY].strip()
    if not query:
        return
    found = list(_containing(connection, query, limit))
    yield from found
    by_words = [hit for hit in found if hit.score >= _BY_WORDS]
    if len(by_words) < limit and not any(hit.score >= _THE_SAME for hit in found):
        for source in (_one_error, _few_errors, _alike):
            near = list(source(connection, query))
            yield from near
            if found or any(hit.score > _SURE for hit in near):
                break  # the next one takes longer


def _identified(connection: sqlite3.Connection, text: str) -> Iterator[tuple[str, str]]:
    """(IRI, the identifier as people write it) of the concepts that have it."""
    written = plain(text).strip("<>")
    keys = {written, (expand(text.strip()) or written).lower()}
    for key in sorted(keys):
        for (iri,) in connection.execute("SELECT iri FROM identifiers WHERE key = ? ORDER BY iri", (key,)):
            yield iri, text.strip().strip("<>")


def _containing(connection: sqlite3.Connection, query: str, limit: int) -> Iterator[Hit]:
    """The names that contain every word of the query: the shortest ones, best first."""
    words = query.split()[:12]
    best: dict[str, tuple[tuple[int, int, int], Hit]] = {}
    for source in (_beginning, _with_words, _anywhere):
        for iri, label, name, kind, folded, number in source(connection, query, words):
            place, hit = _placed(query, words, iri, label, name, kind, folded, number)
            if all(word in folded for word in words) and (iri not in best or place < best[iri][0]):
                best[iri] = (place, hit)
        if len(best) >= limit or (best and source is _with_words):
            break  # what the next source finds is worse
    yield from (hit for _, hit in sorted(best.values(), key=lambda found: found[0])[:limit])


def _placed(
    query: str, words: list[str], iri: str, label: str, name: str, kind: int, folded: str, number: int
) -> tuple[tuple[int, int, int], Hit]:
    """Where a name stands among those that contain the words, and its hit: the same name, one that begins so, one
    that has words that begin so, any other."""
    if folded == query:
        tier = 0
    elif folded.startswith(query):
        tier = 1
    else:
        tier = 2 if all(f" {word}" in f" {folded}" for word in words) else 3
    share = min(len(query) / len(folded), 1.0)
    score = (1.0 - 0.03 * kind, 0.85 + 0.08 * share, _BY_WORDS + 0.08 * share, 0.42 + 0.08 * share)[tier]
    return (tier, kind if tier == 0 else 0, number), Hit(
        iri, label, label if kind == _HIDDEN else name, round(score, 4)
    )


def _beginning(connection: sqlite3.Connection, query: str, words: list[str]) -> list[_Row]:
    """The shortest names that begin with the query, the query itself first."""
    chosen = "SELECT id FROM names WHERE folded >= ? AND folded < ? ORDER BY id LIMIT ?"
    return _rows(connection, chosen, (query, query + "\U0010ffff", _CANDIDATES))


def _with_words(connection: sqlite3.Connection, query: str, words: list[str]) -> list[_Row]:
    """The shortest names that contain the words; of one or two letters, those that have such words or beginnings."""
    pieces = [word if len(word) > 2 else f" {word}" if len(word) == 2 else f" {word} " for word in words]
    chosen = "SELECT rowid FROM trigrams WHERE trigrams MATCH ? ORDER BY rowid LIMIT ?"
    return _rows(connection, chosen, (" AND ".join(map(_phrase, pieces)), _CANDIDATES))


def _anywhere(connection: sqlite3.Connection, query: str, words: list[str]) -> list[_Row]:
    """The shortest names that contain a word of one or two letters, of which trigrams say nothing."""
    if any(len(word) > 2 for word in words):
        return []
    contains = " AND ".join(["instr(folded, ?) > 0"] * len(words))
    return _rows(connection, f"SELECT id FROM names WHERE {contains} ORDER BY id LIMIT ?", (*words, _CANDIDATES))


def _one_error(connection: sqlite3.Connection, query: str) -> Iterator[Hit]:
    """The names that differ from the query by one typing error, and some that differ by more.

    With one error the half before it or the half behind it is right, and few names of about that length have that.
    """
    half = len(query) // 2
    numbers = _about_as_long(connection, query)
    shared: dict[int, int] = {}
    for column, written, length in (("folded", query, half), ("reversed", query[::-1], len(query) - half - 1)):
        rows = connection.execute(
            f"SELECT id, {column} FROM names WHERE {column} >= ? AND {column} < ? AND id >= ? AND id < ? LIMIT ?",
            (written[:length], written[:length] + "\U0010ffff", *numbers, _TYPING_CANDIDATES),
        )
        shared.update((number, _same_ends(written, found)) for number, found in rows)
    best = sorted(shared, key=lambda number: (-shared[number], number))[:_COMPARED]
    yield from _similar(query, _rows(connection, ", ".join(map(str, best)), ()))


def _few_errors(connection: sqlite3.Connection, query: str) -> Iterator[Hit]:
    """The names that differ from the query by up to two typing errors: one of three pieces of it is then right."""
    padded = f" {query} "
    count = min(3, len(padded) // 3)
    cuts = [len(padded) * n // count for n in range(count + 1)]
    pieces = [padded[start:end] for start, end in pairwise(cuts)]
    chosen = "SELECT rowid FROM trigrams WHERE trigrams MATCH ? AND rowid >= ? AND rowid < ? LIMIT ?"
    numbers = _about_as_long(connection, query)
    rows = _rows(connection, chosen, (" OR ".join(map(_phrase, pieces)), *numbers, _TYPING_CANDIDATES))
    rows.sort(key=lambda row: (-_same_ends(query, row[4]), row[5]))
    yield from _similar(query, rows[:_COMPARED])


def _alike(connection: sqlite3.Connection, query: str) -> Iterator[Hit]:
    """The names that share most trigrams with the query, of any length: slow, for what nothing else finds."""
    padded = f" {query} "
    trigrams = sorted({padded[at : at + 3] for at in range(len(padded) - 2)})
    chosen = "SELECT rowid FROM trigrams WHERE trigrams MATCH ? ORDER BY rank, rowid LIMIT ?"
    yield from _similar(query, _rows(connection, chosen, (" OR ".join(map(_phrase, trigrams)), _ALIKE)))


def _similar(query: str, rows: Iterable[_Row]) -> Iterator[Hit]:
    for iri, label, name, kind, folded, _ in rows:
        likeness = similarity(query, folded)
        if likeness >= LEAST_SIMILARITY:
            yield Hit(iri, label, label if kind == _HIDDEN else name, round(0.69 * likeness, 4))


def _rows(connection: sqlite3.Connection, chosen: str, values: tuple[object, ...]) -> list[_Row]:
    """What is known of the names whose numbers a query chooses."""
    return connection.execute(
        f"SELECT names.iri, label, name, kind, folded, id FROM names JOIN concepts USING (iri) WHERE id IN ({chosen})",
        values,
    ).fetchall()


def _about_as_long(connection: sqlite3.Connection, query: str) -> tuple[int, int]:
    """The numbers, half-open, of the names that are about as long as the query."""
    slack = 1 if len(query) < 6 else 2
    return _of_length(connection, len(query) - slack), _of_length(connection, len(query) + slack + 1)


def _of_length(connection: sqlite3.Connection, length: int) -> int:
    """The number of the first name that is at least so long."""
    row = connection.execute("SELECT min(first) FROM lengths WHERE length >= ?", (length,)).fetchone()
    return int(row[0]) if row[0] is not None else sys.maxsize


def _same_ends(one: str, other: str) -> int:
    """How many letters two names share at their beginning and end: with one error, all but that."""
    most = min(len(one), len(other))
    start = next((n for n in range(most) if one[n] != other[n]), most)
    end = next((n for n in range(most - start) if one[-1 - n] != other[-1 - n]), most - start)
    return start + end


def _phrase(text: str) -> str:
    """Text as an FTS5 string."""
    return '"' + text.replace('"', '""') + '"'
