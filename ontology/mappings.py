"""Mappings between vocabularies as SSSOM (https://w3id.org/sssom): a table with its metadata in front, as comments."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from nutrigraph.errors import SourceError
from nutrigraph.ontology import names, rdf_files, rdf_terms
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.namespaces import EFO, MESH, NG, OBO, PREFIXES, SEMAPV, SKOS, compact, expand

CURATED: Final = "ManualMappingCuration"
"""A person looked the identifier up in its ontology."""
LEXICAL: Final = "LexicalMatching"
"""The two have a name in common."""
PREDICATES: Final = tuple(f"{SKOS}{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related"))
BUNDLED_METADATA: Final = {
    "mapping_set_id": f"{NG}mappings",
    "mapping_set_title": "Identifiers of the bundled vocabulary of nutrition and health",
    "license": "https://spdx.org/licenses/MIT",
}
_COLUMNS: Final = (
    *("subject_id", "subject_label", "predicate_id", "object_id", "object_label"),
    "mapping_justification",
)
_NEEDED: Final = ("subject_id", "predicate_id", "object_id")
_KEY: Final = re.compile(r"([a-z_]+):(?:\s+(.*))?$")
_PREFIX_LINE: Final = re.compile(r"\s+([\w.-]+):\s+(\S+)$")


@dataclass(frozen=True, slots=True, order=True)
class MappingRow:
    """One mapping: `subject`, `predicate` and `object` are IRIs, `justification` is a local name of SEMAPV; labels are
    empty where they are not known."""

    subject: str
    predicate: str
    object: str
    subject_label: str = ""
    object_label: str = ""
    justification: str = CURATED


def mappings_of(concepts: Iterable[Concept], *, justification: str = CURATED) -> list[MappingRow]:
    """The exact and close matches of some concepts, sorted."""
    found: set[MappingRow] = set()
    for concept in concepts:
        for predicate, targets in zip(PREDICATES, (concept.exact_matches, concept.close_matches), strict=False):
            found |= {MappingRow(concept.iri, predicate, to, concept.label, "", justification) for to in targets}
    return sorted(found)


def mappings_in(triples: Iterable[ox.Triple], labels: Mapping[str, str]) -> list[MappingRow]:
    """The mappings of all five kinds that some triples state, sorted; `labels` are what is known of either end."""
    found = {
        MappingRow(
            *(triple.subject.value, triple.predicate.value, triple.object.value),
            *(names.clean(labels.get(triple.subject.value, "")), names.clean(labels.get(triple.object.value, ""))),
        )
        for triple in triples
        if triple.predicate.value in PREDICATES
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.NamedNode)
    }
    return sorted(found)


def write_sssom(rows: Sequence[MappingRow], metadata: Mapping[str, str] | None = None) -> bytes:
    """The mappings as SSSOM/TSV, with a `curie_map` of the prefixes that they use; equal rows give equal bytes."""
    used: dict[str, str] = {"skos": SKOS, "semapv": SEMAPV}
    cells = [
        (
            _curie(row.subject, used),
            row.subject_label,
            _curie(row.predicate, used),
            _curie(row.object, used),
            row.object_label,
            f"semapv:{row.justification}",
        )
        for row in rows
    ]
    head = ["#curie_map:", *(f"#  {prefix}: {used[prefix]}" for prefix in sorted(used))]
    head += [f"#{key}: {value}" for key, value in (metadata or {}).items()]
    written = io.StringIO(newline="")
    table = csv.writer(written, delimiter="\t", lineterminator="\n")
    table.writerow(_COLUMNS)
    table.writerows(cells)
    return ("\n".join(head) + "\n" + written.getvalue()).encode("utf-8", "replace")


def read_sssom(path: str, data: bytes) -> list[MappingRow]:
    """The mappings of an SSSOM/TSV file in its order; SourceError with the line for what cannot be understood.

    Columns that are not in MappingRow are passed over, and so are rows that say that there is no match.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(path, "this is not UTF-8 text; save it in UTF-8", line=line) from None
    lines = io.StringIO(text, newline="").readlines()
    start = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    prefixes = _prefixes(lines[:start])
    reader = csv.reader(lines[start:], delimiter="\t", strict=True)
    rows: list[MappingRow] = []
    columns: list[str] = []
    line = start + 1
    try:
        for cells in reader:
            begins, line = line, start + reader.line_num + 1
            if not any(map(str.strip, cells)):
                continue
            if not columns:
                columns = _header(path, cells, begins)
            elif row := _row(path, begins, columns, cells, prefixes):
                rows.append(row)
    except csv.Error as error:
        raise SourceError(path, f"the table cannot be read: {error}", line=line) from None
    if not columns:
        raise SourceError(path, f"there is no table in it; its columns are {', '.join(_COLUMNS)}")
    return rows


def _prefixes(head: Sequence[str]) -> dict[str, str]:
    """The `curie_map` in the comments in front of a table."""
    found: dict[str, str] = {}
    inside = False
    for line in head:
        content = line[1:].rstrip()
        if key := _KEY.match(content):
            inside = key[1] == "curie_map"
        elif inside and (entry := _PREFIX_LINE.match(content)):
            found[entry[1]] = entry[2].strip("\"'")
    return found


def _header(path: str, cells: Sequence[str], line: int) -> list[str]:
    columns = [cell.strip() for cell in cells]
    for name in _NEEDED:
        if name not in columns:
            raise SourceError(path, f"the column {name} is missing; SSSOM needs {', '.join(_NEEDED)}", line=line)
    return columns


def _row(
    path: str, line: int, columns: Sequence[str], cells: Sequence[str], prefixes: Mapping[str, str]
) -> MappingRow | None:
    if len(cells) > len(columns):
        raise SourceError(path, f"this row has {len(cells)} cells, the header has {len(columns)}", line=line)
    row = dict(zip(columns, (names.clean(cell) for cell in cells), strict=False))
    if row.get("object_id") == "sssom:NoTermFound" or row.get("predicate_modifier") == "Not":
        return None
    subject, predicate, object_ = (_iri(path, line, row.get(column, ""), prefixes) for column in _NEEDED)
    return MappingRow(
        subject,
        predicate,
        object_,
        row.get("subject_label", ""),
        row.get("object_label", ""),
        row.get("mapping_justification", "").partition(":")[2] or CURATED,
    )


def _iri(path: str, line: int, given: str, prefixes: Mapping[str, str]) -> str:
    """The IRI of a cell: a CURIE of the file's own prefixes, one that is known here, or an IRI as it is."""
    prefix, colon, local = given.partition(":")
    full = prefixes[prefix] + local if colon and prefix in prefixes else None
    if full is None:
        full = given if re.match(r"https?://|urn:", given, re.IGNORECASE) else expand(given)
    try:
        if full is not None:
            return ox.NamedNode(full).value
    except ValueError:
        pass
    problem = f'"{given}" is no identifier that is known here'
    raise SourceError(path, f"{problem}; add its prefix to the curie_map, or write a full IRI", line=line)


def _curie(iri: str, used: dict[str, str]) -> str:
    """The CURIE of an IRI, whose prefix is noted as used; the IRI itself where that could be read in two ways."""
    curie = compact(iri)
    prefix, colon, local = curie.partition(":")
    if not colon or curie == iri:
        return iri
    namespace = {"MESH": MESH, "EFO": f"{EFO}EFO_"}.get(prefix) or PREFIXES.get(prefix) or f"{OBO}{prefix}_"
    if namespace + local != iri or used.setdefault(prefix, namespace) != namespace:
        return iri
    return curie


def bundled_sssom() -> bytes:
    """The identifiers of the bundled vocabulary as mappings.sssom.tsv has them.

    A mapping that is new in nutrition.ttl counts as found by its name, until somebody who looked it up writes
    ManualMappingCuration into the file; what the file says of the others stays.
    """
    folder = files("nutrigraph.ontology")
    data = folder.joinpath("nutrition.ttl").read_bytes()
    concepts = rdf_terms.concepts(rdf_files.read_triples("nutrition.ttl", data), source="nutrition")
    written = read_sssom("mappings.sssom.tsv", folder.joinpath("mappings.sssom.tsv").read_bytes())
    known = {(row.subject, row.predicate, row.object): row.justification for row in written}
    rows = mappings_of(concepts, justification=LEXICAL)
    kept = (replace(row, justification=known.get((row.subject, row.predicate, row.object), LEXICAL)) for row in rows)
    return write_sssom(sorted(kept), BUNDLED_METADATA)


if __name__ == "__main__":  # python -m nutrigraph.ontology.mappings writes the file anew
    Path(__file__).with_name("mappings.sssom.tsv").write_bytes(bundled_sssom())
