from __future__ import annotations

import contextlib
from dataclasses import replace
from importlib.resources import files

import pyoxigraph as ox
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.errors import SourceError
from nutrigraph.ontology import names, rdf_files, rdf_terms
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.mappings import (
    CURATED,
    LEXICAL,
    PREDICATES,
    MappingRow,
    bundled_sssom,
    mappings_in,
    mappings_of,
    read_sssom,
    write_sssom,
)
from nutrigraph.ontology.namespaces import EFO, MESH, NG, NGO, OBO, SKOS

FOLDER = files("nutrigraph.ontology")
DATA = FOLDER.joinpath("mappings.sssom.tsv").read_bytes()


def test_the_bundled_file_is_what_the_vocabulary_says() -> None:
    triples = list(rdf_files.read_triples("nutrition.ttl", FOLDER.joinpath("nutrition.ttl").read_bytes()))
    rows = mappings_of(rdf_terms.concepts(triples, source="nutrition"))

    # If this fails: .venv/bin/python -m nutrigraph.ontology.mappings
    assert bundled_sssom() == DATA
    assert [replace(row, justification=CURATED) for row in read_sssom("mappings.sssom.tsv", DATA)] == rows
    assert {(r.subject, r.predicate, r.object) for r in rows} == {
        (r.subject, r.predicate, r.object) for r in mappings_in(triples, {})
    }


def test_the_bundled_file_is_sssom() -> None:
    lines = DATA.decode().splitlines()
    head = yaml.safe_load("\n".join(line[1:] for line in lines if line.startswith("#")))
    header, *rows = [line.split("\t") for line in lines if not line.startswith("#")]

    assert {"curie_map", "mapping_set_id", "license"} <= set(head)
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        for column in ("subject_id", "predicate_id", "object_id", "mapping_justification"):
            assert cells[column].partition(":")[0] in head["curie_map"], cells
        assert cells["subject_label"]
        assert cells["mapping_justification"] in (f"semapv:{CURATED}", f"semapv:{LEXICAL}")


IRIS = st.one_of(
    st.integers(0, 10**7).map(lambda n: f"{OBO}CHEBI_{n}"),
    st.integers(0, 999).map(lambda n: f"{MESH}D{n}"),
    st.integers(0, 999).map(lambda n: f"{EFO}EFO_{n}"),
    st.sampled_from(
        [
            f"{NG}insulin",
            f"{NGO}is_a",
            f"{OBO}obo_1",
            f"{OBO}mesh_2",
            f"{OBO}skos_3",
            f"{OBO}x",
            "https://e.org/ü?a=b#c",
        ]
    ),
)
ROWS = st.builds(
    MappingRow,
    subject=IRIS,
    predicate=st.sampled_from(PREDICATES),
    object=IRIS,
    subject_label=st.text(st.characters(exclude_categories=["Cs"])).map(names.clean),
    object_label=st.text(st.characters(exclude_categories=["Cs"])).map(names.clean),
    justification=st.sampled_from([CURATED, LEXICAL]),
)


@given(st.lists(ROWS))
def test_what_is_written_is_read_again(rows: list[MappingRow]) -> None:
    assert read_sssom("x.sssom.tsv", write_sssom(rows, {"mapping_set_id": "https://e.org/m"})) == rows


@given(
    st.binary(max_size=300) | st.text(st.sampled_from('#:\t\n"ab_ subject_id predicate_id object_id')).map(str.encode)
)
def test_whatever_a_file_holds_gives_rows_or_a_clear_error(data: bytes) -> None:
    with contextlib.suppress(SourceError):
        read_sssom("x.sssom.tsv", data)


def test_a_file_of_other_people_is_read_with_its_own_prefixes_and_columns() -> None:
    text = (
        '#mapping_set_id: "https://e.org/m"\n#curie_map:\n#  FOO: https://foo.org/\n#license: x\n'
        "confidence\tsubject_id\tpredicate_id\tobject_id\tobject_label\tpredicate_modifier\n"
        "0.8\tFOO:1\tskos:broadMatch\tMESH:D1\tone\t\n"
        "0.8\tFOO:2\tskos:exactMatch\tMESH:D1\tone\tNot\n"
        "0.8\tFOO:3\tskos:exactMatch\tsssom:NoTermFound\t\n"
    )
    assert read_sssom("x.tsv", text.encode()) == [
        MappingRow("https://foo.org/1", SKOS + "broadMatch", MESH + "D1", "", "one")
    ]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("", None, "no table"),
        ("#x: y\nsubject_id\tobject_id\n", 2, "predicate_id"),
        ("subject_id\tpredicate_id\tobject_id\nng:a\tskos:exactMatch\tnothing here\n", 2, "nothing here"),
        ("subject_id\tpredicate_id\tobject_id\n\nng:a\tskos:exactMatch\tng:b\tng:c\n", 3, "4 cells"),
    ],
)
def test_an_error_names_the_line(text: str, line: int | None, problem: str) -> None:
    with pytest.raises(SourceError, match=problem) as caught:
        read_sssom("x.tsv", text.encode())
    assert caught.value.line == line


def test_only_exact_and_close_matches_of_concepts_are_mappings() -> None:
    concept = Concept(NG + "a", "A", exact_matches=(OBO + "X_1",), close_matches=(OBO + "X_2",), broader=(NG + "b",))
    assert [(row.predicate, row.object) for row in mappings_of([concept])] == [
        (SKOS + "closeMatch", OBO + "X_2"),
        (SKOS + "exactMatch", OBO + "X_1"),
    ]
    triple = ox.Triple(ox.NamedNode(NG + "a"), ox.NamedNode(SKOS + "broader"), ox.NamedNode(NG + "b"))
    assert mappings_in([triple], {}) == []
