"""Biographies in the flow of a page's text: who wrote and reviewed it, told without a box or a class of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nutrigraph.graph_builder import furniture
from nutrigraph.graph_builder.bylines import begins_with_credential
from nutrigraph.graph_builder.document import Block, BlockKind, Metadata

_WORK = (
    r"(?:dieti[ct]i[ao]n|nutritionist|writer|journalist|editor|author|blogger|physician|doctor|surgeon|nurse|professor"
    r"|pharmacist|researcher|scientist|educator|chef|coach|trainer|therapist|specialist|contributor|cook|speaker|founder|chemist|biologist)s?"
)
_TELLS_WORK = re.compile(
    r"(?:(?-i:Dr\.?|Prof(?:\.|essor)?) )?(?P<name>(?-i:[A-Z][\w'’-]+(?: [A-Z]\.)?(?: [A-Z][\w'’-]+){1,2}))"
    rf",?(?: [A-Z][A-Za-z.]+,?){{0,6}} (?:is|works as) (?:an?|our|the)"
    rf" (?:(?!(?:that|which|who|whose|of|for|to|by|from|used)\b)[\w-]+,? ){{0,6}}?{_WORK}\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(rf"\b(?:{_WORK}|registered|licensed|certified|medical|clinical)\b", re.IGNORECASE)
_WORKS = re.compile(rf"\b{_WORK}\b", re.IGNORECASE)
_BEGINNING = 60
_SOME_TEXT = 300
_PERSON = frozenset("she he her his they their".split())
_LAST = 3
"""Blocks that a biography at the end of a page has at most."""
_WORDS = re.compile(r"[^\W\d_]+")


def without_biographies(blocks: Sequence[Block], metadata: Metadata) -> Iterator[Block]:
    """The blocks; those that speak of who wrote or reviewed the page, or of what somebody does for a living, are
    furniture."""
    people = [*(metadata.author or "").split(", "), metadata.reviewer.name if metadata.reviewer else ""]
    names = [name.strip().lower() for name in people if " " in name.strip()]
    begins = (*names, *(f"{title} {name.split()[-1]}" for name in names for title in ("dr.", "dr", "prof.")))
    longest = max(map(len, begins), default=0)
    last = _first_of_last(blocks, names) if names else len(blocks)
    named = ""
    """Of whom the line before speaks."""
    told = 0
    """Characters of text so far: a name above all is a byline, and a text may follow."""
    headed = False
    for number, block in enumerate(blocks):
        words = block.text.visible.lstrip("*")
        lowered = words[:longest].lower()
        if block.kind is BlockKind.HEADING:
            about = headed = block.level > 1 and _heads_biography(words.lower(), names)
        else:
            about = block.kind is not BlockKind.CODE and (
                lowered.startswith(begins)
                or _follows(words, named, told)
                or _tells_work(words, metadata.title)
                or (headed and furniture.is_biography(words, block.section))
                or number >= last
            )
        if not about or not _follows(words, named, told):
            named = next((name for name in names if lowered.startswith(name)), "")
        told += 0 if about else len(words)
        yield replace(block, kind=BlockKind.FURNITURE, level=0) if about else block


def _heads_biography(heading: str, names: Sequence[str]) -> bool:
    """Whether a heading in lower case is the name of a person, or "About Jo"."""
    about = heading.startswith(("about ", "meet "))
    who = heading.partition(" ")[2] if about else heading
    return who in names or (about and any(who == name.split()[0] for name in names))


def _first_of_last(blocks: Sequence[Block], names: Sequence[str]) -> int:
    """The first of the last things that a page says, if that begins with a first name ("Jo lives in Leeds.") of which
    the page does not speak elsewhere, as it would of ginger and basil; else beyond the last."""
    said = [n for n, block in enumerate(blocks) if block.kind not in (BlockKind.FURNITURE, BlockKind.RELATED)]
    firsts = {name.split()[0] for name in names}
    words = [_WORDS.findall(blocks[number].text.visible.lower()) for number in said]
    for at in range(len(said) - 1, max(len(said) - 1 - _LAST, 0), -1):
        if at + 1 < len(said) and _PERSON.isdisjoint(words[at + 1]):
            break
        if len(words[at]) > 1 and words[at][0] in firsts:
            others = (n for n in range(at) if not blocks[said[n]].text.visible.lower().startswith(tuple(names)))
            return len(blocks) if any(words[at][0] in words[n] for n in others) else said[at]
    return len(blocks)


def _follows(words: str, name: str, told: int) -> bool:
    """Whether a paragraph goes on about the person whose name stands before it."""
    if not name:
        return False
    if words.startswith(("She ", "He ", "They ")) or words.lower().startswith(name.split()[0] + " "):
        return True
    return told > _SOME_TEXT and (begins_with_credential(words) or _WORKS.search(words, 0, _BEGINNING) is not None)


def _tells_work(words: str, title: str) -> bool:
    """ "Jane Roe, RD, is a dietitian …": a person in the present tense. Those of history were something."""
    found = _TELLS_WORK.match(words)
    if found is None or found["name"].lower() in title.lower():
        return False
    return _NO_NAME.search(found["name"]) is None
