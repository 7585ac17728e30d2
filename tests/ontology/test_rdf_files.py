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
        ("x.owl", b"Prefix: : <http://x/>\nOntology: <http://x/>", None),
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


def test_a_file_that_unpacks_to_far_more_than_it_is_is_refused() -> None:
    bomb = gzip.compress(b"# nothing\n" * 5_000_000)
    with pytest.raises(SourceError, match=r"x\.nt\.gz.*200 times"):
        list(read_triples("x.nt.gz", bomb))


@pytest.mark.parametrize("path", ["x.nt", "x.ttl", "x.rdf"])
def test_a_text_without_measure_is_refused(path: str) -> None:
    triple = ox.Triple(ox.NamedNode(EX + "a"), ox.NamedNode(EX + "p"), ox.Literal("x" * 2_200_000))
    data = ox.serialize([TRIPLE, triple], format=FORMATS[path[1:]]) or b""
    with pytest.raises(SourceError) as caught:
        list(read_triples(path, data))
    assert caught.value.line == (2 if path == "x.nt" else None)
    assert "1,0" in str(caught.value)


def test_entities_that_refer_to_files_are_not_read() -> None:
    data = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><r:RDF xmlns:r="http://www.w3.org/1999/02/'
    data += b'22-rdf-syntax-ns#" xmlns:e="http://e/"><r:Description r:about="http://e/a"><e:p>&e;</e:p></r:Description></r:RDF>'
    with contextlib.suppress(SourceError):
        assert [str(triple.object) for triple in read_triples("x.owl", data)] in ([], ['""'])


LINES = st.lists(
    st.tuples(
        st.sampled_from(["_:a", "_:b", f"<{EX}a>", f"<{EX}_:a>"]),
        st.sampled_from([" ", "\t", "  ", ""]),
        st.sampled_from(["_:a", "_:c.d", f"<{EX}b>", '"x > _:a y"', '"\\" > _:b <"@en', '"_:a"']),
        st.sampled_from([" .", ".", " . # _:a", " .\r"]),
    ),
    max_size=8,
)


@given(LINES)
def test_blank_nodes_of_n_triples_are_renamed_and_nothing_else_is(lines: list[tuple[str, str, str, str]]) -> None:
    text = "".join(
        f"{s}{gap}<{EX}p>{gap}{o}{end}\n" for s, gap, o, end in lines if not (o == "_:c.d" and end[0] == ".")
    )
    given = list(ox.parse(text, format=ox.RdfFormat.N_TRIPLES))
    read = list(read_triples("x.nt", text.encode()))
    new_names = {
        str(old): str(new)
        for a, b in zip(given, read, strict=True)
        for old, new in ((a.subject, b.subject), (a.object, b.object))
        if isinstance(old, ox.BlankNode)
    }
    assert len(set(new_names.values())) == len(new_names)
    assert not new_names.keys() & set(new_names.values())

    def renamed(term: object) -> str:
        return new_names[str(term)] if isinstance(term, ox.BlankNode) else str(term)

    assert [(str(triple.subject), str(triple.object)) for triple in read] == [
        (renamed(quad.subject), renamed(quad.object)) for quad in given
    ]


@given(st.sampled_from(sorted(FORMATS)), st.binary())
def test_any_bytes_are_read_or_refused(ending: str, data: bytes) -> None:
    with contextlib.suppress(SourceError):
        list(read_triples(f"x{ending}", data))
