"""Views to draw in tests: a pinned map of 28 concepts around insulin, and one where every text is an attack."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from nutrigraph.visualizations.view import MapConcept, MapStatement, MapView

HERE = Path(__file__).parent
CONCEPT = "https://www.example.org/concept/"

ATTACKS = (
    "</script><script>window.__pwned=1</script>",
    "<img src=x onerror=window.__pwned=1>",
    '"\' onfocus=window.__pwned=1 autofocus x="',
    "<a href='javascript:window.__pwned=1'>href</a>",
    "{{ 7*7 }}{% raw %}${7*7}",
    "]]><svg onload=window.__pwned=1>",
    "</style><style>*{display:none}</style>",
    "</title><!--<script>",
    "\u2028window.__pwned=1//\u2029",
    "\u202egnp.exe\u202c",
    "\x00\x07\x1b[31m",
    "javascript:window.__pwned=1",
)


def insulin_view() -> MapView:
    """28 concepts around insulin, 44 statements, in our own words."""
    concepts = tuple(
        MapConcept(
            id=_iri(row["label"]),
            label=row["label"],
            kind=row["kind"],
            type=row["type"],
            synonyms=tuple(filter(None, row["synonyms"].split("|"))),
            definition=row["definition"] or None,
            page=f"https://www.example.org/{_slug(row['label'])}" if row["definition"] else None,
            candidate=row["label"] == "Anabolic hormone",
        )
        for row in _rows("insulin_concepts.tsv")
    )
    statements = tuple(
        MapStatement(
            id=f"{number:016x}",
            subject=_iri(row["subject"]),
            predicate=row["predicate"],
            label=row["label"],
            object_=_iri(row["object"]),
            modality="hedged" if row["status"] == "hedged" else "asserted",
            status=row["status"],
            quote=row["quote"],
            page="pages/insulin.txt",
            url="https://www.example.org/insulin",
            reviewed_by="Ada Example, RD",
            date="2024-05-01",
        )
        for number, row in enumerate(_rows("insulin_statements.tsv"))
    )
    return MapView("Insulin", concepts[0].id, concepts, statements)


def hostile_view() -> MapView:
    """Every text of every concept and statement is one of ATTACKS; the links are as `map_view` would leave them."""
    count = len(ATTACKS)

    def attack(number: int) -> str:
        return ATTACKS[number % count]

    concepts = tuple(
        MapConcept(
            id=f"{CONCEPT}{number}-{attack(number)}",
            label=attack(number),
            kind="substance",
            type=attack(number + 1),
            synonyms=(attack(number + 2),),
            definition=attack(number + 3),
            page="https://www.example.org/?<script>\"'",
        )
        for number in range(count)
    )
    statements = tuple(
        MapStatement(
            id=f"{number}{attack(number).replace(' ', '')}",
            subject=concepts[0].id if number else concepts[1].id,
            predicate=attack(number + 4),
            label=attack(number + 5),
            object_=concepts[number].id,
            modality="asserted",
            status="published",
            quote=attack(number + 6),
            page=attack(number + 7),
            url="https://www.example.org/?<script>\"'",
            reviewed_by=attack(number + 8),
            date=attack(number + 9),
        )
        for number in range(count)
    )
    return MapView(attack(0), concepts[0].id, concepts, statements)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _slug(label: str) -> str:
    return label.lower().replace(" ", "-")


def _iri(label: str) -> str:
    return CONCEPT + _slug(label)
