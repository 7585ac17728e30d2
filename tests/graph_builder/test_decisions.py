"""review.tsv: read with the line of every mistake, matched again when pages change, never dropped."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from nutrigraph.errors import SourceError
from nutrigraph.graph_builder.decisions import (
    COLUMNS,
    CONTRADICTS,
    Mark,
    Stated,
    decision_quads,
    match_decisions,
    read_decisions,
    statuses,
)
from nutrigraph.ontology.namespaces import NGO

HEADER = "\t".join(COLUMNS) + "\n"
ACCEPT = (
    "aaaa\tstatement\tpages/a.md\tbeta cells\tproduces\tinsulin\tBeta cells produce insulin.\t"
    "accept\tAnn\t2024-05-01\tyes\n"
)


def stated(id_: str = "aaaa", page: str = "pages/a.md", **changes: object) -> Stated:
    values: dict[str, object] = {
        "id": id_,
        "iri": f"https://e.org/{page}#statement-{id_}",
        "page": page,
        "subject": frozenset({"beta cells", "Beta cell"}),
        "predicate": "produces",
        "object": frozenset({"insulin", "Insulin"}),
        "quote": "Beta cells produce insulin.",
        "holding": False,
    }
    return Stated(**(values | changes))  # type: ignore[arg-type]


def test_a_decision_has_its_fields_and_its_line() -> None:
    (decision,) = read_decisions(("\ufeff" + HEADER + "\r\n" + ACCEPT).encode())
    assert (decision.id, decision.reviewer, decision.note, decision.line) == ("aaaa", "Ann", "yes", 3)


def test_columns_may_stand_in_any_order_and_some_be_missing() -> None:
    (decision,) = read_decisions(b"decision\tid\tkind\nreject\tbbbb\tlink\n")
    assert (decision.id, decision.kind, decision.decision, decision.quote) == ("bbbb", "link", "reject", "")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("id\tkind\tverdict\n", 1, "verdict"),
        ("id\tkind\n", 1, "decision"),
        (HEADER + ACCEPT + ACCEPT.replace("accept", "maybe"), 3, "maybe"),
        (HEADER + ACCEPT.replace("statement", "claim"), 2, "claim"),
        (HEADER + ACCEPT.rstrip() + "\tmore\n", 2, "12 values for 11 columns"),
        (HEADER + "\tstatement" + "\t" * 6 + "accept\n", 2, "id or a quote"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        read_decisions(text.encode())
    assert (caught.value.path, caught.value.line) == ("review.tsv", line)


def test_a_file_that_is_not_utf8_is_named_with_the_line() -> None:
    with pytest.raises(SourceError, match="UTF-8") as caught:
        read_decisions(HEADER.encode() + b"caf\xe9\n")
    assert caught.value.line == 2


def test_a_decision_moves_with_its_sentence() -> None:
    decisions = read_decisions((HEADER + ACCEPT).encode())
    other_page = stated("bbbb", "pages/z.md")
    same_page = stated("cccc", "pages/a.md")
    (match,) = match_decisions(decisions, [other_page, same_page])
    assert (match.mark, match.statement) == (Mark.MOVED, same_page)
    assert match_decisions(decisions, [same_page, other_page]) == [match]


def test_the_statement_with_the_id_goes_before_one_with_the_words() -> None:
    decisions = read_decisions((HEADER + ACCEPT).encode())
    (match,) = match_decisions(decisions, [stated("bbbb"), stated("aaaa")])
    assert (match.mark, match.statement) == (Mark.FITS, stated("aaaa"))


def test_a_decision_on_what_nothing_says_any_more_is_kept() -> None:
    decisions = read_decisions((HEADER + ACCEPT).encode())
    (match,) = match_decisions(decisions, [stated("bbbb", quote="Beta cells make insulin.")])
    assert (match.mark, match.statement) == (Mark.STALE, None)
    objects = {quad.object for quad in decision_quads([match], {})}
    assert {"stale", "accept", "Ann"} <= {getattr(term, "value", "") for term in objects}


def test_the_later_line_on_a_statement_counts() -> None:
    text = HEADER + ACCEPT + ACCEPT.replace("accept", "reject")
    (match,) = match_decisions(read_decisions(text.encode()), [stated()])
    assert (match.decision.decision, match.decision.line) == ("reject", 3)


@pytest.mark.parametrize(
    ("decision", "holding", "status"),
    [
        (None, False, None),
        (None, True, "held"),
        ("accept", True, None),
        ("silence", True, "held"),
        ("reject", True, "rejected"),
        ("reject", False, "rejected"),
    ],
)
def test_status(decision: str | None, holding: bool, status: str | None) -> None:
    statement = stated(holding=holding)
    decisions = read_decisions((HEADER + ACCEPT.replace("accept", decision)).encode()) if decision else ()
    matched = match_decisions(decisions, [statement])
    given = statuses(matched, [statement.iri] if holding else [])
    assert given.get(statement.iri) == status
    quads = decision_quads(matched, given, {statement.iri})
    found = {(quad.predicate, quad.object) for quad in quads}
    assert not status or (NamedNode(NGO + "status"), NamedNode(NGO + status)) in found
    assert ((NamedNode(NGO + "flag"), Literal(CONTRADICTS)) in found) == bool(status)
