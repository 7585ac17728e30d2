"""What stands in the midst of an article and is no part of it, by the article's text that a page gives to machines."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from nutrigraph.graph_builder.html_lines import Line
from nutrigraph.graph_builder.html_measured import Part

_NO_LETTERS = re.compile(r"[\W_]+")
_ENOUGH = 40
"""Letters of a paragraph that can be told from others."""
_END = 24
"""Letters at the beginning or end of a paragraph by which it is found again: notes and formulas may differ between."""
_MOST = 0.6
_SHORTEST = 4
"""Letters of a word that tells what a text is about."""
_PARAGRAPHS = frozenset({"p", "div"})


def leave_out_untold(lines: Sequence[Line], parts: list[Part], kept: Collection[int], article: str, title: str) -> None:
    """Leaves out paragraphs that `article` does not have, if it has most others, between two that it has: such a
    text is often cut, or without the questions and tables at the end of its page. `kept` are lines that stay, and so do
    paragraphs that speak of what `title` names: an editor's boxes are kept apart from the text, too."""
    body = _letters(article)
    told: dict[int, bool] = {}
    lengths = {True: 0, False: 0}
    for number, line in enumerate(lines):
        if parts[number] is Part.CONTENT and line.holder.name in _PARAGRAPHS and number not in kept:
            words = _letters(line.words)
            if len(words) >= _ENOUGH:
                told[number] = words[:_END] in body or words[-_END:] in body
                lengths[told[number]] += len(words)
    if lengths[True] < _MOST * (lengths[True] + lengths[False]) or lengths[True] == 0:
        return
    subject = _words(title)
    known = [number for number, is_told in told.items() if is_told]
    for number, is_told in told.items():
        if not is_told and known[0] < number < known[-1] and not subject & _words(lines[number].words):
            parts[number] = Part.FURNITURE


def _words(text: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(rf"\w{{{_SHORTEST},}}", text.lower())}


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text).lower()
