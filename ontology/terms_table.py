"""Vocabularies in tables: CSV, TSV and Excel, one concept a row."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from nutrigraph.errors import SourceError
from nutrigraph.ontology import excel_table, names
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.namespaces import expand, slug
from nutrigraph.ontology.types import load_types
from nutrigraph.ontology.unpacking import Content, Tell, text

ENDINGS: Final = (".csv", ".tsv", excel_table.ENDING)
"""The endings that can be read; `.gz` may follow each."""

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "label": ("label", "pref_label", "preferred_label", "preflabel", "term", "name", "title"),
    "alternative": ("alt_labels", "alt_label", "altlabel", "synonyms", "synonym", "aliases", "also_known_as"),
    "hidden": ("hidden_labels", "hidden_label", "hiddenlabel"),
    "type": ("semantic_type", "type"),
    "definition": ("definition", "description", "meaning"),
    "id": ("id", "id_slug", "identifier", "iri", "uri", "curie", "slug"),
    "exact": ("exact_match", "exact_matches", "exactmatch"),
    "close": ("close_match", "close_matches", "closematch"),
    "broader": ("broader", "parent", "parents", "broader_terms"),
}
"""What a column may be called (case aside, spaces and hyphens as underscores). Others are passed over."""

_BETWEEN: Final = "|"
_MARK_OF_TEXT: Final = re.compile(r"^'(?='*[=+\-@])")
"""What tells a spreadsheet that a cell is no formula; it is no part of the text."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the table: the cells by field, and the line of the file on which it begins."""

    line: int
    cells: Mapping[str, Sequence[str]]

    def one(self, field: str) -> str:
        """The first cell of the field that is not empty."""
        return next((cell for cell in map(names.clean, self.cells.get(field, ())) if cell), "")

    def many(self, field: str) -> list[str]:
        values = (value for cell in self.cells.get(field, ()) for value in cell.split(_BETWEEN))
        return [value for value in map(names.clean, values) if value]


def read_terms(
    path: str,
    content: Content,
    *,
    namespace: str,
    known: Mapping[str, str] | None = None,
    tell: Tell | None = None,
) -> tuple[Concept, ...]:
    """The concepts of a table in the order of its rows.

    `path` is the file as the user knows it; CSV and TSV are in UTF-8, of a workbook the first sheet counts. A concept's
    IRI is its id where that is an IRI or a CURIE, else `namespace` and the id, or the slug of its label. Broader ones
    are named by id or label, in this table or in `known` (IRIs by `names.key` of a name). SourceError with the line
    for whatever cannot be understood.
    """
    if path.lower().endswith(excel_table.ENDING):
        rows = list(_rows(path, excel_table.rows(path, content, tell)))
    else:
        rows = list(_rows(path, _separated(path, text(path, content, tell))))
    iris = _iris(path, rows, namespace)
    places = dict(known or {})
    for row, iri in zip(rows, iris, strict=True):
        places[names.key(row.one("id") or row.one("label"))] = iri
    for row, iri in zip(rows, iris, strict=True):
        places[names.key(row.one("label"))] = iri
    return tuple(_concept(path, row, iri, places) for row, iri in zip(rows, iris, strict=True))


def _rows(path: str, lines: Iterable[tuple[int, list[str]]]) -> Iterator[_Row]:
    """The rows below the header, blank ones left out."""
    fields: list[str | None] | None = None
    width = 0
    for line, cells in lines:
        if not any(map(str.strip, cells)):
            continue
        if fields is None:
            fields, width = _header(path, cells, line), len(cells)
            continue
        if len(cells) < width or any(map(str.strip, cells[width:])):
            problem = f"this row has {len(cells)} cells, the header has {width}"
            raise SourceError(path, f'{problem}; a cell with the separator in it stands in "quotes"', line=line)
        yield _Row(line, _by_field(fields, cells))
    if fields is None:
        raise SourceError(path, "the table is empty: its first line must name the columns, one of them label")


def _separated(path: str, table: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row of CSV or TSV, with the line on which it begins."""
    reader = csv.reader(io.StringIO(table, newline=""), delimiter=_delimiter(path, table), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise SourceError(path, f"the table cannot be read: {error}", line=line) from None


def _delimiter(path: str, table: str) -> str:
    header = re.sub(r'"[^"]*"', "", table.lstrip().partition("\n")[0])
    expected = "\t" if ".tsv" in path.lower() else ","
    return max((expected, "\t", ",", ";"), key=header.count)


def _header(path: str, cells: Sequence[str], line: int) -> list[str | None]:
    """For each column the field that it holds, or None."""
    plain = [re.sub(r"[\s-]+", "_", names.clean(cell).casefold()) for cell in cells]
    by_name = {name: field for field, accepted in COLUMNS.items() for name in accepted}
    if not any(by_name.get(name) == "label" for name in plain):
        near = [name for name in plain if difflib.get_close_matches(name, COLUMNS["label"], n=1)]
        hint = f'; is it "{near[0]}"?' if near else ""
        raise SourceError(path, f"no column is called label (or term, or name){hint}", line=line)
    return [by_name.get(name) for name in plain]


def _by_field(fields: Sequence[str | None], cells: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for field, cell in zip(fields, cells, strict=False):
        if field is not None:
            found.setdefault(field, []).append(_MARK_OF_TEXT.sub("", cell))
    return found


def _iris(path: str, rows: Sequence[_Row], namespace: str) -> list[str]:
    """The IRI of each row; says so if a label is missing, or a label or id comes twice."""
    lines_by_label: dict[str, int] = {}
    lines_by_iri: dict[str, int] = {}
    iris = []
    for row in rows:
        label = row.one("label")
        if not label:
            raise SourceError(path, "this row has no label", line=row.line)
        first = lines_by_label.setdefault(names.key(label), row.line)
        if first != row.line and not row.one("id"):  # an id tells two things of one name apart
            problem = f'the label "{label}" is used in line {first} already'
            raise SourceError(path, f"{problem}; make it one row, or tell the two labels apart", line=row.line)
        iri = _own_iri(path, row, namespace)
        if not row.one("id"):
            iri = _free(iri, lines_by_iri)
        first = lines_by_iri.setdefault(iri, row.line)
        if first != row.line:
            raise SourceError(path, f'the id "{row.one("id")}" is used in line {first} already', line=row.line)
        iris.append(iri)
    return iris


def _own_iri(path: str, row: _Row, namespace: str) -> str:
    given = row.one("id")
    if ":" in given:
        return _identifier(path, row, given)
    return namespace + slug(given or row.one("label"))


def _free(iri: str, taken: Mapping[str, int]) -> str:
    """`iri`, with a number where two labels give the same one ("C" and "C++")."""
    number = 1
    candidate = iri
    while candidate in taken:
        number += 1
        candidate = f"{iri}-{number}"
    return candidate


def _identifier(path: str, row: _Row, given: str) -> str:
    """The IRI that a cell gives, in full or as a CURIE."""
    full = given if re.match(r"https?://|urn:", given, re.IGNORECASE) else expand(given)
    try:
        if full is not None:
            return ox.NamedNode(full).value
    except ValueError:
        pass
    problem = f'"{given}" is no identifier that is known here'
    raise SourceError(path, f"{problem}; write a full IRI, or a CURIE such as CHEBI:17234", line=row.line)


def _concept(path: str, row: _Row, iri: str, places: Mapping[str, str]) -> Concept:
    label = row.one("label")
    shown = tuple(name for name in names.unique(row.many("alternative")) if name != label)
    return Concept(
        iri=iri,
        label=label,
        alt_labels=shown,
        hidden_labels=tuple(name for name in names.unique(row.many("hidden")) if name != label and name not in shown),
        type=_type(path, row),
        definition=row.one("definition") or None,
        broader=names.unique([above for above in _broader(path, row, places) if above != iri]),
        exact_matches=names.unique([_identifier(path, row, given) for given in row.many("exact")]),
        close_matches=names.unique([_identifier(path, row, given) for given in row.many("close")]),
        source=path,
    )


def _type(path: str, row: _Row) -> str | None:
    word = row.one("type")
    if not word:
        return None
    types = load_types()
    found = types.named(word)
    if found is None:
        near = types.near(word) or tuple(sorted(type.label for type in types.types.values()))
        question = "did you mean" if types.near(word) else "the types are"
        raise SourceError(path, f'there is no type "{word}"; {question}: {", ".join(near)}', line=row.line)
    return found


def _broader(path: str, row: _Row, places: Mapping[str, str]) -> Iterator[str]:
    for given in row.many("broader"):
        found = places.get(names.key(given))
        if found is None and ":" in given:
            found = _identifier(path, row, given)
        if found is None:
            near = difflib.get_close_matches(names.key(given), places, n=1)
            hint = f'did you mean "{near[0]}"?' if near else "give it a row of its own"
            raise SourceError(path, f'no concept is called "{given}" (broader); {hint}', line=row.line)
        yield found
