"""How a sentence is cut into chunks."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from nutrigraph.graph_builder.chunks import chunks
from nutrigraph.graph_builder.extraction import pattern_book
from nutrigraph.graph_builder.tokens import tokens

_PIECES = "insulin is hormones called may read the of such as to not , - / ' \" ( ) : ; 's".split()


@given(st.lists(st.tuples(st.sampled_from(_PIECES), st.sampled_from(["", " "])).map("".join)).map("".join))
@example("The file is read-only.")
def test_every_token_is_in_one_chunk(text: str) -> None:
    words = tokens(text)
    covered = [n for part in chunks(words, [], pattern_book().verbs) for n in range(part.first, part.last + 1)]
    assert covered == list(range(len(words)))
