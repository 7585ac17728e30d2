"""One piece of a sentence."""

from __future__ import annotations

from typing import NamedTuple

from nutrigraph.graph_builder.kinds import Kind
from nutrigraph.graph_builder.recognition import Found
from nutrigraph.graph_builder.verb_groups import VerbGroup


class Chunk(NamedTuple):
    """One piece of a sentence: tokens[first:last + 1]. A noun phrase knows its mentions and, if the last of them ends
    it, its head; a verb group its verb."""

    kind: Kind
    first: int
    last: int
    word: str = ""
    mentions: tuple[Found, ...] = ()
    head: Found | None = None
    verb: VerbGroup | None = None
