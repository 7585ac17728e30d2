"""Paths at a large endpoint: what is read in rounds around both ends gives the paths that the whole graph gives."""

from __future__ import annotations

from itertools import combinations

from nutrigraph.ontology.namespaces import NG
from nutrigraph.queries.path_frontier import index_around, index_by_rounds
from nutrigraph.queries.path_index_writing import index_in_memory
from nutrigraph.queries.paths import paths
from nutrigraph.store import Store

ENDS = ("insulin", "pancreas", "type-2-diabetes", "cell", "hormone", "zinc", "insulin-pump", "csii-therapy")


def test_rounds_find_the_same_paths(glossary: Store) -> None:
    found = 0
    for pair in combinations([NG + end for end in ENDS], 2):
        whole, part = index_in_memory(glossary, pair), index_by_rounds(glossary, pair)
        expected = paths(glossary, *pair, index=whole)
        assert paths(glossary, *pair, index=part) == expected
        found += bool(expected)
        whole.close()
        part.close()
    assert found > 5


def test_rounds_have_an_end(glossary: Store) -> None:
    ends = NG + "pancreas", NG + "type-2-diabetes"
    for rounds, most, expected in ((1, 5000, 0), (4, 5000, 1), (4, 1, 0)):
        part = index_by_rounds(glossary, ends, rounds, most)
        assert len(paths(glossary, *ends, 1, index=part)) == expected
        part.close()


def test_a_small_graph_is_read_whole(glossary: Store) -> None:
    part = index_around(glossary, [NG + "zinc"])
    assert part.execute("SELECT count(*) FROM edge").fetchone()[0] > 5
    part.close()
