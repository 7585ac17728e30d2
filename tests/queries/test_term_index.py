"""People find a concept by whatever they call it, typing errors included."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from nutrigraph.errors import AmbiguousConcept, NotBuiltError, UnknownConcept
from nutrigraph.ontology.concept import Concept
from nutrigraph.ontology.vocabulary import Part, Vocabulary, load_vocabulary
from nutrigraph.project import Project
from nutrigraph.queries.name_forms import fold, similarity
from nutrigraph.queries.term_index import resolve, search, write_index

NG = "https://w3id.org/nutrigraph/concept/"
OWN = "https://www.example.org/glossary/concept/"


def vocabulary(*concepts: Concept) -> Vocabulary:
    return Vocabulary.of([Part("test", concepts, lambda: ())], namespace=OWN)


def index_of(folder: Path, *concepts: Concept) -> Path:
    path = folder / "names.sqlite"
    write_index(path, vocabulary(*concepts))
    return path


BUNDLED = load_vocabulary(Project(Path(), "", "https://example.org/", OWN))
NAMES = sorted(
    (name, iri) for iri, concept in BUNDLED.concepts.items() for name in (concept.label, *concept.alt_labels)
)
FOLDED = {fold(name) for name, _ in NAMES}


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index") / "names.sqlite"
    write_index(path, BUNDLED)
    return path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return index_of(
        tmp_path,
        Concept(NG + "insulin", "Insulin", exact_matches=("http://purl.obolibrary.org/obo/CHEBI_145810",)),
        Concept(NG + "insulin-pump", "Insulin pump", ("pump for insulin",)),
        Concept(NG + "insulin-resistance", "Insulin resistance"),
        Concept(NG + "proinsulin", "Proinsulin"),
        Concept(NG + "blood-glucose-level", "Blood glucose level", ("blood sugar",), ("bloodsugar level",)),
        Concept(NG + "beta-cell", "Beta cell", ("β-cell",), type="CellType"),
        Concept(NG + "vitamin-d", "Vitamin D"),
        Concept(NG + "glycemic-index", "Glycemic index", ("GI",)),
        Concept(NG + "intestine", "Intestine", ("GI",)),
        Concept(NG + "iron", "Iron"),
        Concept(NG + "ferrum", "Ferrum", ("iron",)),
        Concept(NG + "metformin", "Metformin", exact_matches=("http://purl.obolibrary.org/obo/NCIT_C61612",)),
        Concept(OWN + "metformine", "Metformine", ("Glucophage",), exact_matches=(NG + "metformin",)),
    )


@given(named=st.sampled_from(NAMES))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_every_name_finds_its_concept_first(bundled: Path, named: tuple[str, str]) -> None:
    name, iri = named
    hits = search(bundled, name, 10)
    (hit,) = (hit for hit in hits if hit.id == BUNDLED.speaker(iri))
    ahead = [other for other in hits if other.score > hit.score]
    # another concept may have the same name as its preferred one
    assert all(other.matched.casefold() == name.casefold() for other in ahead)


@given(named=st.sampled_from([named for named in NAMES if len(named[0]) > 4]), place=st.integers(0, 1000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_a_letter_too_few_still_finds_it(bundled: Path, named: tuple[str, str], place: int) -> None:
    name, iri = named
    at = place % len(name)
    typed = name[:at] + name[at + 1 :]
    # "Vitamin K" without its K is no typing error, "β-cell" without its β is another name, and "Lp(a)" is too short
    assume(typed.strip() == typed and len(fold(typed)) > 3 and fold(typed) not in FOLDED)
    assert BUNDLED.speaker(iri) in [hit.id for hit in search(bundled, typed, 10)]


@given(text=st.text(max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80)
def test_any_text_is_a_search_and_no_error(bundled: Path, text: str) -> None:
    hits = search(bundled, text, 5)
    assert len(hits) <= 5
    assert len({hit.id for hit in hits}) == len(hits)
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@given(named=st.sampled_from(NAMES), data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_every_name_leads_to_its_concept_or_is_told_to_be_ambiguous(
    bundled: Path, named: tuple[str, str], data: st.DataObject
) -> None:
    name, iri = named
    typed = data.draw(st.sampled_from([name, name.lower(), name.upper(), f"  {name} ", name.replace(" ", "-")]))
    try:
        found = [resolve(bundled, typed)]
    except AmbiguousConcept as error:
        found = [other for _, other in error.candidates]
    labels = {BUNDLED.concepts[one].label.casefold() for one in found}
    assert BUNDLED.speaker(iri) in found or name.casefold() in labels


def test_the_same_name_goes_before_beginnings_words_parts_and_errors(small: Path) -> None:
    assert [hit.label for hit in search(small, "insulin")] == [
        "Insulin",
        "Insulin pump",
        "Insulin resistance",
        "Proinsulin",
    ]
    assert [hit.score for hit in search(small, "insulin", 1)] == [1.0]
    assert search(small, "insuiln")[0].label == "Insulin"


def test_a_hit_says_which_name_fitted(small: Path) -> None:
    hit = search(small, "blood sugar")[0]
    assert hit.as_json() == {
        "id": NG + "blood-glucose-level",
        "label": "Blood glucose level",
        "matched": "blood sugar",
        "score": 0.97,
    }


def test_names_that_are_not_to_be_shown_are_found_and_not_shown(small: Path) -> None:
    hit = search(small, "bloodsugar level")[0]
    assert (hit.label, hit.matched) == ("Blood glucose level", "Blood glucose level")


def test_words_may_come_in_any_order(small: Path) -> None:
    assert search(small, "pump insulin")[0].id == NG + "insulin-pump"
    assert search(small, "resistance insulin")[0].id == NG + "insulin-resistance"
    assert search(small, "sugar blod")[0].id == NG + "blood-glucose-level"


@pytest.mark.parametrize("typed", ["d", "vitamin d", "VITAMIN D", "vitamín d"])
def test_short_words_case_and_accents(small: Path, typed: str) -> None:
    assert NG + "vitamin-d" in [hit.id for hit in search(small, typed)]


@pytest.mark.parametrize(
    "typed",
    [
        "CHEBI:145810",
        "chebi:145810",
        "http://purl.obolibrary.org/obo/CHEBI_145810",
        "ng:insulin",
        NG + "insulin",
        f"<{NG}insulin>",
    ],
)
def test_identifiers_are_names_too(small: Path, typed: str) -> None:
    assert resolve(small, typed) == NG + "insulin"
    assert search(small, typed, 1)[0].id == NG + "insulin"


def test_joined_concepts_are_found_as_the_one_that_speaks_for_them(small: Path) -> None:
    speaker = resolve(small, "Metformin")
    assert speaker == resolve(small, "Glucophage") == resolve(small, NG + "metformin") == resolve(small, "NCIT:C61612")
    assert [hit.id for hit in search(small, "metformin")].count(speaker) == 1


@pytest.mark.parametrize("typed", ["Beta cells", "beta-cell", "BETA CELL", "betacell", "Beta-Cells"])
def test_case_plural_and_hyphens_do_not_matter(small: Path, typed: str) -> None:
    assert resolve(small, typed) == NG + "beta-cell"


def test_a_preferred_name_goes_before_a_synonym_of_another(small: Path) -> None:
    assert resolve(small, "iron") == NG + "iron"


def test_a_name_of_several_lists_them(small: Path) -> None:
    with pytest.raises(AmbiguousConcept) as caught:
        resolve(small, "gi")
    assert caught.value.candidates == (("Glycemic index", NG + "glycemic-index"), ("Intestine", NG + "intestine"))


def test_an_unknown_name_comes_with_the_near_ones(small: Path) -> None:
    with pytest.raises(UnknownConcept) as caught:
        resolve(small, "insulni")
    assert "Insulin" in caught.value.near


def test_case_decides_between_names_that_differ_in_nothing_else(tmp_path: Path) -> None:
    path = index_of(tmp_path, Concept(NG + "age", "Age"), Concept(NG + "ages", "AGE"))
    assert (resolve(path, "AGE"), resolve(path, "Age")) == (NG + "ages", NG + "age")
    with pytest.raises(AmbiguousConcept):
        resolve(path, "age")


@pytest.mark.parametrize(
    "name", ['"><script>alert(1)</script>', 'a" OR b*', "אינסולין", "糖尿病", "100%_'); DROP TABLE names;--", "!!!"]
)
def test_hostile_and_foreign_names_are_found(tmp_path: Path, name: str) -> None:
    path = index_of(tmp_path, Concept(NG + "x", name), Concept(NG + "y", "Other"))
    assert search(path, name)[0].id == NG + "x"
    assert search(path, name)[0].matched == name
    assert resolve(path, name) == NG + "x"


def test_odd_input_is_answered(small: Path) -> None:
    assert search(small, "   ") == []
    assert search(small, "insulin", 0) == []
    assert search(small, "\udcff\0") == []
    assert search(small, "insulin " * 500)
    with pytest.raises(UnknownConcept):
        resolve(small, "\0")


def test_the_same_names_give_the_same_file(tmp_path: Path) -> None:
    concepts = [Concept(NG + name, name, (name + "s",)) for name in ("one", "two", "three")]
    first, second = tmp_path / "a", tmp_path / "b"
    second.write_text("something else")
    write_index(first, vocabulary(*concepts))
    write_index(second, vocabulary(*reversed(concepts)))
    assert first.read_bytes() == second.read_bytes()


def test_without_an_index_people_are_told_to_build(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="nutrigraph build"):
        search(tmp_path / "none.sqlite", "insulin")


def test_an_empty_vocabulary_finds_nothing(tmp_path: Path) -> None:
    assert search(index_of(tmp_path), "insulin") == []


def test_similarity_counts_swapped_letters_once() -> None:
    assert similarity("insuiln", "insulin") == similarity("insuln", "insulin") == pytest.approx(6 / 7)
    assert similarity("insuln", "insulin resistance") == pytest.approx(0.75 * 6 / 7)
