"""Finding concepts by name: an SQLite index (FTS5, trigrams) beside the graph.

Names are compared in three ways, each more forgiving than the one before: `plain` (case and white space), `folded`
(accents, hyphens and punctuation too) and `squashed` (plurals and missing spaces too). Only concepts that speak for
all that are joined with them are found; the names of the others lead to them.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nutrigraph.errors import AmbiguousConcept, NotBuiltError, UnknownConcept
from nutrigraph.ontology.namespaces import OBO, compact, expand

if TYPE_CHECKING:  # the index is read without loading vocabularies
    from nutrigraph.ontology.concept import Concept
    from nutrigraph.ontology.vocabulary import Vocabulary

_PREFERRED, _SYNONYM, _HIDDEN = 0, 1, 2
_SCHEMA: Final = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
CREATE TABLE concepts (iri TEXT PRIMARY KEY, label TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE identifiers (key TEXT, iri TEXT, PRIMARY KEY (key, iri)) WITHOUT ROWID;
CREATE TABLE names (id INTEGER PRIMARY KEY, iri TEXT, kind INTEGER, name TEXT, plain TEXT, folded TEXT, squashed TEXT);
CREATE VIRTUAL TABLE trigrams USING fts5(folded, content='', tokenize='trigram');
"""
_INDEXES: Final = """
CREATE INDEX names_plain ON names (plain);
CREATE INDEX names_folded ON names (folded);
CREATE INDEX names_squashed ON names (squashed);
"""
_LONGEST_QUERY: Final = 200
_TYPING_CANDIDATES: Final = 200
_LEAST_SIMILARITY: Final = 0.55


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
    names = sorted({row for concept in concepts for row in _names(concept, speaker[concept.iri])})
    keys = {(key, speaker[concept.iri]) for concept in concepts for key in _keys(concept)}
    labels = {(iri, vocabulary.concepts[iri].label) for iri in speaker.values()}
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_SCHEMA)
        connection.executemany("INSERT INTO concepts VALUES (?, ?)", sorted(labels))
        connection.executemany("INSERT INTO identifiers VALUES (?, ?)", sorted(keys))
        connection.executemany(
            "INSERT INTO names VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((number, *row, _plain(row[2]), _fold(row[2]), _squash(row[2])) for number, row in enumerate(names, 1)),
        )
        # spaces around a name make its beginning and end trigrams of their own: short names survive a typing error
        connection.execute("INSERT INTO trigrams(rowid, folded) SELECT id, ' ' || folded || ' ' FROM names ORDER BY id")
        connection.execute("INSERT INTO trigrams(trigrams) VALUES ('optimize')")
        connection.executescript(_INDEXES)
        connection.commit()


def search(path: Path, text: str, limit: int = 10) -> list[Hit]:
    """The concepts whose names fit `text`, best first, each once.

    An identifier comes before everything; then the same name, names that begin so, that have these words, that contain
    them, and last those that differ by typing errors.
    """
    if limit < 1 or not text.strip():
        return []
    with _open(path) as connection:
        found: dict[str, Hit] = {}
        for hit in _hits(connection, text, limit):
            if hit.id not in found or hit.score > found[hit.id].score:
                found[hit.id] = hit
    return sorted(found.values(), key=lambda hit: (-hit.score, hit.label.casefold(), hit.id))[:limit]


def resolve(path: Path, name: str) -> str:
    """The IRI of the one concept that `name` (label, synonym, IRI or CURIE) leads to.

    A preferred label goes before another concept's synonym. Case, hyphens and plurals may differ where that leaves
    only one concept. Raises UnknownConcept with near misses, AmbiguousConcept with the concepts that share the name.
    """
    with _open(path) as connection:
        identified = sorted({iri for iri, _ in _identified(connection, name)})
        if identified:
            return _only(connection, name, identified)
        for column, key in (("plain", _plain(name)), ("folded", _fold(name)), ("squashed", _squash(name))):
            rows = connection.execute(f"SELECT kind, iri, name FROM names WHERE {column} = ?", (key,)).fetchall()
            if key and rows:
                kind = min(row[0] for row in rows)
                best = [row for row in rows if row[0] == kind]
                as_typed = [row for row in best if row[2] == name.strip()]
                return _only(connection, name, sorted({iri for _, iri, _ in as_typed or best}))
    raise UnknownConcept(name, tuple(hit.label for hit in search(path, name, 5)))


def _open(path: Path) -> closing[sqlite3.Connection]:
    if not path.is_file():
        raise NotBuiltError(f"The index of names is missing: {path}. Build the graph with: nutrigraph build")
    return closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True))


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
        yield iri.lower()
        yield compact(iri).lower()
        if iri.startswith(OBO):  # OBO's own way of writing it, also where the number begins with a letter (NCIT:C2985)
            yield iri[len(OBO) :].replace("_", ":", 1).lower()


# How names are compared


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFC", name).encode("utf-8", "ignore").decode("utf-8")
    return " ".join(text.casefold().split())


def _fold(name: str) -> str:
    """Letters and digits in lower case without accents, words parted by one space; plain where nothing is left."""
    text = unicodedata.normalize("NFKD", _plain(name)).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c) and c not in "'’")
    return " ".join(re.findall(r"[^\W_]+", text)) or _plain(name).replace("\0", "")


def _squash(name: str) -> str:
    return "".join(_singular(word) for word in _fold(name).split())


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


# How they are found


def _hits(connection: sqlite3.Connection, text: str, limit: int) -> Iterator[Hit]:
    for iri, key in _identified(connection, text):
        yield Hit(iri, _label(connection, iri), key, 1.0)
    query = _fold(text)[:_LONGEST_QUERY].strip()
    if not query:
        return
    found = set()
    for hit in _containing(connection, query, limit):
        found.add(hit.id)
        yield hit
    if len(found) < limit:
        yield from _mistyped(connection, query)


def _identified(connection: sqlite3.Connection, text: str) -> Iterator[tuple[str, str]]:
    """(IRI, the identifier as people write it) of the concepts that have it."""
    written = _plain(text).strip("<>")
    keys = {written, (expand(text.strip()) or written).lower()}
    for key in sorted(keys):
        for (iri,) in connection.execute("SELECT iri FROM identifiers WHERE key = ? ORDER BY iri", (key,)):
            yield iri, text.strip().strip("<>")


def _containing(connection: sqlite3.Connection, query: str, limit: int) -> Iterator[Hit]:
    """The names that contain every word of the query."""
    words = query.split()[:12]
    long_words = [word for word in words if len(word) > 2]
    # trigrams say nothing of one or two letters: those are looked for in all names
    source = "names" if not long_words else "trigrams JOIN names ON names.id = trigrams.rowid"
    match = " AND ".join(_phrase(word) for word in long_words)
    contains = " AND ".join(["instr(folded, ?) > 0"] * len(words)).replace("folded", "names.folded")
    begins = " AND ".join(["instr(' ' || names.folded, ' ' || ?) > 0"] * len(words))
    rows = connection.execute(
        f"""
        WITH fitting AS (
          SELECT iri, name, kind, names.folded AS folded, names.id AS id,
            CASE WHEN names.folded = ? THEN 0 WHEN substr(names.folded, 1, ?) = ? THEN 1 WHEN {begins} THEN 2 ELSE 3
            END AS tier
          FROM {source} WHERE {"trigrams MATCH ? AND" if long_words else ""} {contains}
        )
        SELECT iri, label, name, kind, folded, tier,
          min((tier << 56) | (kind * (tier = 0) << 52) | (min(length(folded), 65535) << 32) | id) AS place
        FROM fitting JOIN concepts USING (iri) GROUP BY iri ORDER BY place LIMIT ?
        """,
        (query, len(query), query, *words, *([match] if long_words else []), *words, limit),
    )
    for iri, label, name, kind, folded, tier, _ in rows:
        share = min(len(query) / len(folded), 1.0)
        score = (1.0 - 0.03 * kind, 0.85 + 0.08 * share, 0.76 + 0.08 * share, 0.7 + 0.05 * share)[tier]
        yield Hit(iri, label, label if kind == _HIDDEN else name, round(score, 4))


def _mistyped(connection: sqlite3.Connection, query: str) -> Iterator[Hit]:
    """The names that share trigrams with the query and are a few typing errors away."""
    padded = f" {query} "
    trigrams = sorted({padded[at : at + 3] for at in range(len(padded) - 2)})
    rows = connection.execute(
        """
        SELECT names.iri, label, name, kind, names.folded
        FROM (SELECT rowid AS id FROM trigrams WHERE trigrams MATCH ? ORDER BY rank, rowid LIMIT ?) AS near
        JOIN names USING (id) JOIN concepts ON concepts.iri = names.iri
        """,
        (" OR ".join(_phrase(trigram) for trigram in trigrams), _TYPING_CANDIDATES),
    )
    for iri, label, name, kind, folded in rows:
        likeness = similarity(query, folded)
        if likeness >= _LEAST_SIMILARITY:
            yield Hit(iri, label, label if kind == _HIDDEN else name, round(0.69 * likeness, 4))


def _phrase(text: str) -> str:
    """Text as an FTS5 string."""
    return '"' + text.replace('"', '""') + '"'


def similarity(typed: str, name: str) -> float:
    """How alike two names are, 0 to 1: one minus the share of letters to change; a little less where the words stand
    in another order, three quarters of it for a run of the name's words as long as what was typed.

    >>> round(similarity("insuln", "insulin"), 2)
    0.86
    """
    typed_words, words = typed.split(), name.split()
    count = len(typed_words)
    likeness = [_likeness(typed, name)]
    if count > 1:
        likeness.append(0.95 * _likeness(" ".join(sorted(typed_words)), " ".join(sorted(words))))
    if len(words) > count:
        runs = (" ".join(words[at : at + count]) for at in range(len(words) - count + 1))
        likeness += [0.75 * _likeness(typed, run) for run in runs]
    return max(likeness)


def _likeness(one: str, other: str) -> float:
    longer, shorter = max(len(one), len(other), 1), min(len(one), len(other))
    if shorter / longer < _LEAST_SIMILARITY:  # each letter of the difference has to be inserted
        return 0.0
    return 1 - _distance(one, other) / longer


def _distance(one: str, other: str) -> int:
    """The number of letters to insert, delete, change or swap with their neighbour (optimal string alignment)."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, facing in enumerate(other, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != facing))
            if row > 1 and column > 1 and letter == other[column - 2] and facing == one[row - 2]:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, above = above, current
    return above[-1]
