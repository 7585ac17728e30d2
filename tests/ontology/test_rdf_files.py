from __future__ import annotations

import contextlib
import gzip

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrigraph.errors import SourceError
from nutrigraph.ontology.rdf_files import FORMATS, read_triples

EX = "https://example.org/"
TRIPLE = ox.Triple(ox.NamedNode(EX + "a"), ox.NamedNode(EX + "p"), ox.Literal("one\ntwo", language="en"))


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("compressed", [False, True])
def test_every_syntax_is_read(ending: str, compressed: bool) -> None:
    data = ox.serialize([TRIPLE], format=FORMATS[ending])
    assert data is not None
    if compressed:
        assert list(read_triples(f"x{ending}.gz", gzip.compress(data, mtime=0))) == [TRIPLE]
    else:
        assert list(read_triples(f"x{ending}", data)) == [TRIPLE]


def test_triples_of_named_graphs_are_among_them() -> None:
    (triple,) = read_triples("x.nq", f'<{EX}a> <{EX}p> "x" <{EX}g> .'.encode())
    assert triple.object == ox.Literal("x")


def test_an_owl_file_may_be_turtle() -> None:
    data = f"@prefix ex: <{EX}> . ex:a ex:p ex:b .".encode()
    assert len(list(read_triples("x.owl", data))) == 1


def test_blank_nodes_depend_on_the_file_alone() -> None:
    data = f'[] <{EX}p> [ <{EX}q> "x" ] . _:b <{EX}p> _:b .'.encode()
    once, again = (list(read_triples("x.ttl", data)) for _ in range(2))
    assert once == again
    other = list(read_triples("x.ttl", data + b" "))
    assert not {t.subject for t in once} & {t.subject for t in other}


@pytest.mark.parametrize(
    ("path", "data", "line"),
    [
        ("x.ttl", b"@prefix a: <http://x/> .\na:b a:c a:d .\na:e a:f .\n", 3),
        ("x.nt", b'<http://x/a> <http://x/b> "c" .\n<http://x/a> b\n', 2),
        ("x.rdf", b"<a>\n<b>\n</c></a>", 3),
        ("x.rdf", b"", 1),
        ("x.jsonld", b'{"@id":\n}', 2),
        ("x.ttl", b"# fine\n\xff", 2),
        ("x.jsonld", b'{"@context": "https://example.org/c", "@id": "http://x/a"}', None),
        ("x.owl", b"Prefix(:=<http://x/>)\nOntology(<http://x/>)", None),
        ("x.nt", b"<http://x/a> <http://x/p> <<( <http://x/a> <http://x/p> <http://x/b> )>> .", None),
        ("x.ttl.gz", b"no gzip", None),
        ("x.nt.gz", gzip.compress(b'<http://x/a> <http://x/b> "c" .\n' * 99, mtime=0)[:-12], None),
    ],
)
def test_a_mistake_is_named_with_its_line(path: str, data: bytes, line: int | None) -> None:
    with pytest.raises(SourceError) as caught:
        list(read_triples(path, data))
    assert caught.value.line == line
    assert str(caught.value).count("line") <= 1


def test_entities_that_grow_without_end_are_refused() -> None:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    data = f'<!DOCTYPE a [<!ENTITY e0 "aaaaaaaaaa">{entities}]><a>&e11;</a>'
    with pytest.raises(SourceError):
        list(read_triples("x.owl", data.encode()))


@given(st.sampled_from(sorted(FORMATS)), st.binary())
def test_any_bytes_are_read_or_refused(ending: str, data: bytes) -> None:
    with contextlib.suppress(SourceError):
        list(read_triples(f"x{ending}", data))
