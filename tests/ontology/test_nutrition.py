"""The bundled vocabulary, as data."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from importlib.resources import files

import pyoxigraph as ox

from nutrigraph.graph_builder.recognition import name_words
from nutrigraph.ontology import names, rdf_terms
from nutrigraph.ontology.namespaces import NG, NGO, RDF, RDFS, SKOS
from nutrigraph.ontology.types import load_types

DATA = files("nutrigraph.ontology").joinpath("nutrition.ttl").read_bytes()
TRIPLES = [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in ox.parse(DATA, format=ox.RdfFormat.TURTLE)]
CONCEPTS = {concept.iri: concept for concept in rdf_terms.concepts(TRIPLES, source="nutrition")}
SCHEME = ox.NamedNode(NG)
EVERYDAY = frozenset(
    "back body case core day drive effect energy factor face food form go group hand help home individual issue lead "
    "level life like man mean meet mind part patient people person phone plan point rate risk role scale serve set "
    "share source sweet system target team test time treatment type unit use way wellness woman work world year".split()
)
"""Words of any text about anything, in normal form: no shown name of a concept is one of them."""


def _count(predicate: str) -> Counter[str]:
    return Counter(str(triple.subject) for triple in TRIPLES if triple.predicate.value == predicate)


def test_every_concept_has_one_label_one_definition_and_one_type() -> None:
    assert len(CONCEPTS) >= 600
    types = Counter(
        triple.subject.value
        for triple in TRIPLES
        if triple.predicate.value == RDF + "type"
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.NamedNode)
        and triple.object.value.startswith(NGO)
    )
    labels, definitions = _count(SKOS + "prefLabel"), _count(SKOS + "definition")
    for iri, concept in CONCEPTS.items():
        assert types[iri] == labels[f"<{iri}>"] == definitions[f"<{iri}>"] == 1, iri
        assert concept.type in load_types().types


def test_no_two_concepts_share_a_preferred_label() -> None:
    labels = Counter(names.key(concept.label) for concept in CONCEPTS.values())
    assert [label for label, count in labels.items() if count > 1] == []


def test_a_name_stands_once_in_a_concept() -> None:
    for concept in CONCEPTS.values():
        assert len(set(concept.names)) == len(concept.names), concept.iri
        assert all(names.clean(name) == name for name in concept.names)


def test_the_hierarchy_has_no_cycle_and_stays_in_one_kind() -> None:
    types = load_types()

    def above(iri: str, path: tuple[str, ...]) -> None:
        assert iri not in path, path
        for parent in CONCEPTS[iri].broader:
            assert types.same_kind(CONCEPTS[iri].type, CONCEPTS[parent].type), (iri, parent)
            above(parent, (*path, iri))

    for iri in CONCEPTS:
        above(iri, ())


def test_no_step_up_repeats_a_longer_way() -> None:
    def above(iri: str) -> set[str]:
        return {one for parent in CONCEPTS[iri].broader for one in (parent, *above(parent))}

    for iri, concept in CONCEPTS.items():
        longer = {one for parent in concept.broader for one in above(parent)}
        assert not longer & set(concept.broader), iri


def test_no_name_is_a_word_of_any_text() -> None:
    shown = {name_words(name) for concept in CONCEPTS.values() for name in (concept.label, *concept.alt_labels)}
    assert {word for (word, *rest) in shown if not rest} & EVERYDAY == set()


def test_a_name_of_two_concepts_is_one_that_people_use_for_both() -> None:
    called: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for iri, concept in CONCEPTS.items():
        for name in concept.names:
            called[name_words(name)].add(iri.removeprefix(NG))
    assert {frozenset(concepts) for concepts in called.values() if len(concepts) > 1} == {
        frozenset({"a1c-test", "hba1c"})
    }


def test_every_kind_of_thing_that_such_pages_speak_of_is_there() -> None:
    types = Counter(concept.type for concept in CONCEPTS.values())
    large = ("Nutrient", "Food", "Organ", "Cell", "Process", "Disease", "Finding", "Measure", "DiagnosticTest")
    assert all(types[name] >= 30 for name in (*large, "Treatment", "Drug", "Hormone", "Behaviour")), types
    assert set(types) >= {name for name in load_types().types if name not in {"Thing", "BodyPart"}}


def test_a_definition_is_one_short_sentence_of_its_own() -> None:
    for iri, concept in CONCEPTS.items():
        said = concept.definition or ""
        assert re.fullmatch(r"[A-Z0-9](?:(?!\. ).){8,123}\.", said), iri


def test_an_identifier_is_the_exact_match_of_one_concept() -> None:
    matches = Counter(match for concept in CONCEPTS.values() for match in concept.exact_matches)
    assert [match for match, count in matches.items() if count > 1] == []
    assert not set(matches) & set(CONCEPTS)


def test_it_states_names_types_hierarchy_and_mappings_alone() -> None:
    said = {triple.predicate.value for triple in TRIPLES if triple.subject != SCHEME}
    labels = {SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel", "definition")}
    links = {SKOS + name for name in ("inScheme", "broader", "exactMatch", "closeMatch")}
    assert said <= {RDF + "type", RDFS + "label", *labels, *links}


def test_every_word_is_tagged_as_english() -> None:
    texts = [triple.object for triple in TRIPLES if isinstance(triple.object, ox.Literal)]
    assert {text.language for text in texts} == {"en"}
