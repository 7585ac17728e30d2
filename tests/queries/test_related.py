"""Missing relations: what is suggested, why, and what is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import nutrigraph
from nutrigraph.knowledge_graph import KnowledgeGraph
from nutrigraph.queries.likeness import FEATURES, Known, Likeness
from nutrigraph.queries.related import RelatedSuggestion, related_id
from nutrigraph.queries.relatedness import adapted, candidates, evidence, hide, questions, shipped

SETTINGS = """[project]
base_url = "https://www.example.org/glossary/"
[[pages]]
path = "pages"
[vocabulary]
bundled = []
"""
PAGES = {
    "bread": "---\ntitle: Sourdough bread\n---\nSourdough bread is baked from flour, water and salt. "
    "A sourdough starter makes the dough rise. [Flour](flour.md) gives it structure.",
    "starter": "---\ntitle: Sourdough starter\n---\nWild yeast and bacteria live in flour and water. "
    "They make the dough of sourdough bread rise.",
    "flour": "---\ntitle: Flour\n---\nFlour is ground grain. Bakers make dough from flour, water and salt.",
    "pan": "---\ntitle: Frying pan\nrelated: [Olive oil]\n---\nA frying pan heats olive oil quickly.",
    "oil": "---\ntitle: Olive oil\n---\nOlive oil is pressed from olives.",
    "tax": "---\ntitle: Value added tax\n---\nA government collects it when goods change hands.",
}


@pytest.fixture(scope="module")
def glossary(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("related")
    (folder / "pages").mkdir()
    for name, text in PAGES.items():
        (folder / f"pages/{name}.md").write_text(text, encoding="utf-8")
    (folder / "nutrigraph.toml").write_text(SETTINGS, encoding="utf-8")
    graph = nutrigraph.open(folder)
    graph.build()
    return graph


def pairs(found: list[RelatedSuggestion]) -> list[frozenset[str]]:
    return [frozenset((one.subject.label, one.object.label)) for one in found]


STARTER = frozenset(("Sourdough bread", "Sourdough starter"))


def test_the_likeliest_pairs_come_first_with_their_reasons_and_sentences(glossary: KnowledgeGraph) -> None:
    found = glossary.related(min_probability=0)
    assert STARTER in pairs(found[:2])
    first = found[pairs(found).index(STARTER)]
    assert "pages/bread.md names Sourdough starter" in first.reasons
    assert "their names share “sourdough”" in first.reasons
    quotes = {one.page: one.quote_text for one in first.evidence}
    assert quotes["pages/bread.md"] == "A sourdough starter makes the dough rise."
    source = PAGES["bread"]
    (evidence_,) = [one for one in first.evidence if one.page == "pages/bread.md"]
    assert source[evidence_.start : evidence_.end] == evidence_.quote
    assert list(first.as_json()) == ["id", "subject", "object", "probability", "reasons", "evidence"]


def test_what_is_tied_already_is_not_suggested(glossary: KnowledgeGraph) -> None:
    found = pairs(glossary.related(min_probability=0))
    assert frozenset(("Sourdough bread", "Flour")) not in found  # a hyperlink
    assert frozenset(("Frying pan", "Olive oil")) not in found  # a related term
    assert len(found) == len(set(found))


def test_of_one_concept_it_stands_first_and_probabilities_are_the_same(glossary: KnowledgeGraph) -> None:
    own = glossary.related("sourdough starter", min_probability=0)
    assert {one.subject.label for one in own} == {"Sourdough starter"}
    everything = {one.id: one.probability for one in glossary.related(min_probability=0)}
    assert {one.id: one.probability for one in own}.items() <= everything.items()
    assert [one.probability for one in own] == sorted((one.probability for one in own), reverse=True)


def test_unrelated_pages_are_improbable(glossary: KnowledgeGraph) -> None:
    assert all("Value added tax" not in pair for pair in pairs(glossary.related(min_probability=0.1)))


def test_a_rejected_pair_is_left_out_by_id_or_by_words(glossary: KnowledgeGraph, tmp_path: Path) -> None:
    line = "\t".join
    file = glossary.project.folder / "review.tsv"
    head = line(("id", "kind", "subject", "object", "decision", "reviewer"))
    for identifier, ends in (
        (related_id("Sourdough bread", "Sourdough starter"), ("", "")),
        ("0000000000000000", ("SOURDOUGH starter", "Sourdough bread")),
    ):
        file.write_text(f"{head}\n{line((identifier, 'relation', *ends, 'reject', 'Ann'))}\n", encoding="utf-8")
        assert STARTER not in pairs(glossary.related(min_probability=0))
    file.write_text(f"{head}\n{line(('x', 'relation', 'Flour', 'Olive oil', 'reject', 'Ann'))}\n", encoding="utf-8")
    assert STARTER in pairs(glossary.related(min_probability=0))
    file.unlink()


def known(size: int = 60) -> Known:
    """Pairs of neighbours whose texts share a word, in a ring."""
    names = [[f"thing {number}"] for number in range(size)]
    texts = [f"word{number} word{(number + 1) % size} word{number // 10} filler" for number in range(size)]
    named = [{(number + 1) % size: (1, 0.5)} if number % 2 else {} for number in range(size)]
    return Known(names, texts, named, frozenset((min(n, (n + 1) % size), max(n, (n + 1) % size)) for n in range(size)))


def test_hidden_relations_are_found_again() -> None:
    left, hidden = hide(known(), 0.1, 3)
    assert len(hidden) == 6
    likeness, model = Likeness(left), adapted(left)
    ranks = []
    for one, other in hidden:
        open_ = candidates(likeness, one)
        scores = model.scores(evidence(likeness.row(one)[open_]))
        ranks.append(int((scores > scores[np.flatnonzero(np.flatnonzero(open_) == other)[0]]).sum()))
    assert float(np.mean(ranks)) < 2
    assert (adapted(left).weights == model.weights).all()  # no chance in it


def test_rows_are_finite_and_probabilities_are_probabilities() -> None:
    lonely = Known([["a"], [""], ["b b"], ["…"]], ["", "x", "a b", "\x00"], [{}, {}, {0: (1, 0.0)}, {}], frozenset())
    for graph in (known(), lonely, replace(lonely, pairs=frozenset({(0, 1)}))):
        likeness = Likeness(graph)
        for concept in range(likeness.size):
            row = likeness.row(concept)
            assert row.shape == (likeness.size, len(FEATURES))
            assert np.isfinite(row).all()
            chances = shipped().probabilities(evidence(row))
            assert ((chances >= 0) & (chances <= 1)).all()


def test_a_question_hides_its_answers_from_the_evidence() -> None:
    asked = questions(known(), seed=1, most=4, others=5)
    right = [one for one in asked if one.answers.any()]
    assert len(asked) - len(right) == 5
    assert all(one.evidence.shape[0] == len(one.answers) for one in asked)
