from __future__ import annotations

import contextlib
import csv
import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.errors import SourceError
from nutrigraph.ontology import names
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.terms_table import read_terms

NAMESPACE = "https://www.example.org/concept/"


def read(text: str, path: str = "terms.csv") -> tuple[Concept, ...]:
    return read_terms(path, text.encode(), namespace=NAMESPACE)


def test_a_label_is_all_that_a_table_needs() -> None:
    assert read("label\nOat milk\n") == (Concept(NAMESPACE + "oat-milk", "Oat milk", source="terms.csv"),)


def test_all_columns() -> None:
    (parent, concept) = read(
        "id_slug,pref_label,alt_labels,semantic_type,definition,exact_match,close_match,broader,verified_in\n"
        "milk,Milk,,Food,,,,,\n"
        'oat-milk,Oat milk,oat drink|oat beverage,Food,"Drink, made of oats.",FOODON:00003061,MESH:D018554,Milk,x\n'
    )
    assert parent.iri == NAMESPACE + "milk"
    assert concept == Concept(
        iri=NAMESPACE + "oat-milk",
        label="Oat milk",
        alt_labels=("oat drink", "oat beverage"),
        type="Food",
        definition="Drink, made of oats.",
        broader=(NAMESPACE + "milk",),
        exact_matches=("http://purl.obolibrary.org/obo/FOODON_00003061",),
        close_matches=("http://id.nlm.nih.gov/mesh/D018554",),
        source="terms.csv",
    )


@pytest.mark.parametrize("header", ["term", "Label", "Pref Label", "name", "\ufeffterm"])
def test_common_names_of_columns_are_understood(header: str) -> None:
    assert read(f"{header},Synonyms\nOats,oat|oatmeal\n")[0].names == ("Oats", "oat", "oatmeal")


@pytest.mark.parametrize(("path", "between"), [("t.tsv", "\t"), ("t.csv", ";"), ("t.csv", "\t"), ("t.csv", ",")])
def test_the_separator_is_that_of_the_header(path: str, between: str) -> None:
    assert read(f"label{between}synonyms\nOats{between}oat\n", path)[0].names == ("Oats", "oat")


def test_a_compressed_table_is_read() -> None:
    assert read_terms("t.csv.gz", gzip.compress(b"label\nOats\n"), namespace=NAMESPACE)[0].label == "Oats"


def test_an_id_may_be_an_iri_or_a_curie() -> None:
    read_ = read("label,id\nOats,https://example.org/oats\nInsulin,ng:insulin\nRye,my-rye\n")
    assert [concept.iri for concept in read_] == [
        "https://example.org/oats",
        "https://w3id.org/nutrigraph/concept/insulin",
        NAMESPACE + "my-rye",
    ]


def test_labels_that_give_one_slug_get_numbers() -> None:
    assert [c.iri for c in read("label\nB+\nB-\n")] == [NAMESPACE + "b", NAMESPACE + "b-2"]


def test_a_broader_concept_may_be_known_from_elsewhere() -> None:
    data = b"label,parent\nGLP-2,hormone\n"
    known = {"hormone": "https://w3id.org/nutrigraph/concept/hormone"}
    (concept,) = read_terms("t.csv", data, namespace=NAMESPACE, known=known)
    assert concept.broader == ("https://w3id.org/nutrigraph/concept/hormone",)


def test_labels_are_cleaned() -> None:
    (concept,) = read('label,synonyms\n" Oat\u202e\n  milk\x07",  oat\tdrink \n')
    assert concept.names == ("Oat milk", "oat drink")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", None, "empty"),
        ("a,b\n1,2\n", 1, "no column is called label"),
        ("lable\nOats\n", 1, '"lable"'),
        ("label,type\nOats,Food\n,Food\n", 3, "no label"),
        ("label,type\nOats,Food\nRye\n", 3, "1 cells"),
        ("label,type\nOats,Food,more\n", 2, "3 cells"),
        ("label,type\nInsulin,Hormon\n", 2, "Hormone"),
        ("label,type\nInsulin,qqqq\n", 2, "Behaviour"),
        ("label\nOats\nRye\n oats \n", 4, "line 2"),
        ("label,id\nOats,a\nRye,a\n", 3, "line 2"),
        ("label,id\nOats,nowhere:a\n", 2, "CURIE"),
        ("label,exact_match\nOats,FOODON 1\n", 2, "CURIE"),
        ("label,exact_match\nOats,http://bad iri/<x>\n", 2, "full IRI"),
        ("label,parent\nOats,Graim\nGrain,\n", 2, '"grain"'),
        ('label\n"Oats\n', 2, "cannot be read"),
        ('label,definition\nOats,"two\nlines"\n,x\n', 4, "no label"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, line: int | None, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(text)
    assert caught.value.line == line
    assert said in caught.value.problem
    assert caught.value.path == "terms.csv"


@pytest.mark.parametrize(
    ("path", "data", "line"), [("t.csv", b"label\nOats\n\xff\n", 3), ("t.csv.gz", b"label\nOats\n", None)]
)
def test_what_is_no_text_is_refused(path: str, data: bytes, line: int | None) -> None:
    with pytest.raises(SourceError) as caught:
        read_terms(path, data, namespace=NAMESPACE)
    assert caught.value.line == line


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="|'")).map(names.clean).filter(bool)


@given(st.lists(st.tuples(WORDS, st.lists(WORDS), WORDS | st.just("")), unique_by=lambda row: names.key(row[0])))
def test_what_is_written_is_read(rows: list[tuple[str, list[str], str]]) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["label", "synonyms", "definition"])
    writer.writerows([label, "|".join(synonyms), definition] for label, synonyms, definition in rows)
    found = read(file.getvalue())
    assert [concept.label for concept in found] == [label for label, _, _ in rows]
    for concept, (label, synonyms, definition) in zip(found, rows, strict=True):
        assert set(concept.names) == {label, *synonyms}
        assert (concept.definition or "") == definition
    assert len({concept.iri for concept in found}) == len(rows)


@given(st.binary() | st.text().map(lambda text: b"label,type,id,broader\n" + text.encode(errors="replace")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(SourceError):
        read_terms("terms.csv", data, namespace=NAMESPACE)


def test_the_apostrophe_that_keeps_a_spreadsheet_from_calculating_is_no_part_of_a_name() -> None:
    found = read("label,synonyms\n'=1+1,'-carotene|x\n''=2,'a\n")
    assert [concept.names for concept in found] == [("=1+1", "-carotene", "x"), ("'=2", "'a")]


def test_two_things_of_one_name_are_told_apart_by_their_ids() -> None:
    found = read("label,id\nFat,ng:fat\nFat,ng:body-fat\n")
    assert len({concept.iri for concept in found}) == 2
