"""A sentence that ends in a colon and the list below it, read as the one sentence that they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nutrigraph.graph_builder.document import Block, BlockKind, Text
from nutrigraph.graph_builder.noun_phrases import GENERIC
from nutrigraph.graph_builder.sentences import sentences
from nutrigraph.graph_builder.tokens import normal_form

_SEPARATOR = " - "
_TELLING_MORE = re.compile(r"(?<=\w),? (?:that|which|who)\b")
"""Where an item goes on to say more of what it names."""
_LONGEST_ITEM = 12
"""Words. A longer item is a sentence of its own, or nearly."""
_LEADING = frozenset(
    "these they those this it include includes including are is can may be as follows following watch look out for "
    "the most more common ones usual typical typically usually often main examples among them some of here there "
    "many several in adults children people who have with also such others other later on first early at".split()
)
"""Words of a sentence that only says that a list follows."""
_LONGEST_LIST = 60
"""Items. What follows them is an index, and no sentence."""


def introduced_lists(blocks: Sequence[Block]) -> dict[int, Block]:
    """For each block that introduces a list, by its number: its last sentence and the list's items as one block.

    "Foods rich in potassium include:" above "bananas" and "beans" gives "Foods rich in potassium include: - bananas
    - beans", every character with its place in the source; so does a heading right above a list ("What are the
    symptoms?"). Items that are sentences themselves are left out.
    """
    items: dict[int, list[Text]] = {}
    heading: int | None = None
    section: int | None = None
    for number, block in enumerate(blocks):
        if block.kind is not BlockKind.LIST_ITEM:
            section = number if block.kind is BlockKind.HEADING else section
            heading = number if block.kind is BlockKind.HEADING else None
            continue
        lead = heading if block.lead_in is None else block.lead_in
        if lead == block.lead_in and lead is not None and _only_leads_in(blocks[lead]):
            lead = section if section is not None else lead
        if lead is not None and (named := _named(block)) is not None:
            listed = items.setdefault(lead, [])
            if len(listed) < _LONGEST_LIST:
                listed.append(named)
    return {lead: _joined(blocks[lead], listed) for lead, listed in items.items()}


def _only_leads_in(block: Block) -> bool:
    """Whether a block says nothing of what its list is about, which the heading then does: "Watch for:"."""
    start, end = sentences(block.text.visible)[-1]
    words = re.findall(r"[a-z']+", block.text.visible[start:end].lower())
    return len(words) <= _LONGEST_ITEM and all(word in _LEADING for word in words)


def is_item(block: Block) -> bool:
    """Whether a list item only names something, and is read with the sentence that introduces it."""
    visible = block.text.visible
    if {"which", "who", "that"} & set(visible.split()):
        return False
    return not visible.endswith((".", "!", "?")) and ":" not in visible and len(visible.split()) <= _LONGEST_ITEM


def _named(block: Block) -> Text | None:
    """The words of an item that only names something; of "statins, which harm the liver" statins."""
    if is_item(block):
        return block.text
    more = _TELLING_MORE.search(block.text.visible)
    if more is None or block.lead_in is None:
        return None
    named = _part(block.text, 0, more.start())
    if normal_form(named.visible.split()[-1]) in GENERIC | {"food", "product"}:
        return None  # not all of them
    return named if is_item(replace(block, text=named)) and not block.text.visible.endswith((".", "!", "?")) else None


def _joined(lead: Block, items: Sequence[Text]) -> Block:
    start, end = sentences(lead.text.visible)[-1]
    text = _part(lead.text, start, end)
    if lead.kind is BlockKind.HEADING and not text.visible.endswith((":", "?")):
        text = _after(text, items[0], ": - ")  # "Symptoms: - fatigue"
        items = items[1:]
    for item in items:
        text = _after(text, item, _SEPARATOR)
    return replace(lead, kind=BlockKind.PARAGRAPH, text=text, links=(), protected=())


def _part(text: Text, start: int, end: int) -> Text:
    """The characters from start to end, each a run of its own place in the source."""
    runs = tuple((n - start, *_place(text, n)) for n in range(start, end))
    return Text(text.visible[start:end], runs)


def _after(text: Text, item: Text, separator: str) -> Text:
    """The item behind the text; the separator stands for all that the source has between them."""
    _, end = text.source_span(0, len(text.visible))
    start, _ = item.source_span(0, len(item.visible))
    at = len(text.visible)
    gap = tuple((at + n, end if n == 0 else start, start - end if n == 0 else 0) for n in range(len(separator)))
    shifted = tuple((at + len(separator) + n, *_place(item, n)) for n in range(len(item.visible)))
    return Text(text.visible + separator + item.visible, (*text.runs, *gap, *shifted))


def _place(text: Text, n: int) -> tuple[int, int]:
    start, end = text.source_span(n, n + 1)
    return start, end - start
