"""What the bylines and biographies of an HTML page say: who wrote and reviewed it, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nutrigraph.graph_builder import furniture
from nutrigraph.graph_builder.bylines import iso_date, looks_like_person, person
from nutrigraph.graph_builder.document import Block, BlockKind, Metadata, Reviewer, Text
from nutrigraph.graph_builder.furniture import Role
from nutrigraph.graph_builder.html_byline_parts import date_in, is_byline, is_full_name, may_stand_in_byline, parted
from nutrigraph.graph_builder.html_lines import Line
from nutrigraph.graph_builder.html_measured import Part
from nutrigraph.graph_builder.html_signatures import signature
from nutrigraph.graph_builder.html_tree import Element
from nutrigraph.graph_builder.plain_text import is_heading
from nutrigraph.graph_builder.sections import arrange

_BY = re.compile(r"(?:written )?by(?:\s*:?\s+|(?-i:(?=[A-Z])))", re.IGNORECASE)
_SIGNS = ("|", "·", "•", "—", "–", "eview", "pdate", "ublish", "by ", "By")
"""One of them stands in a line of several bylines: a look for these is fast."""
_BYLINE_DATE = re.compile(
    r"(?:by|posted|published|submitted|written)\b.{1,80}?(?:[,|·•–—-]\s*|\bon\s+)(?P<date>.{6,40})", re.IGNORECASE
)
_DATING = re.compile(r"[\w-]*(?:date|time|publish|posted)[\w-]*", re.IGNORECASE)
_EVENTS = {
    "review": "reviewed",
    "checked": "reviewed",
    "updat": "modified",
    "modif": "modified",
    "publish": "published",
}
_CUE = re.compile("|".join(_EVENTS), re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_CUES = re.compile(
    r"by\b|review|updat|publi|modif|revis|edit(?:ed|or)|posted|created|author|writ|date|approv|verif|check|advis|expert",
    re.IGNORECASE,
)
"""One of them stands in the first words of a byline."""
_LONGEST_CUE = 50
_NUMBERS = re.compile(r"\d{1,4}([./-])\d\d?\1\d{2,4}")
_LONGEST_DATE = 60
_LONGEST_BYLINES = 300
_LONGEST_LABEL = 120
_LABEL = re.compile(
    r"(?:author|writer|editor|written by|(?:medical |expert )?reviewer"
    r"|(?:medically |last )?reviewed(?: by)?|review date|published(?: on)?"
    r"|(?:last )?(?:updated|modified|edited)(?: on)?|created(?: by)?|date|status|tags?|categor(?:y|ies)|topics?"
    r"|reading time):?",
    re.IGNORECASE,
)
"""What the first cells of a table about a page say."""
_OF_PEOPLE = re.compile(
    r"(?:author|writer|written by|(?:medical |expert )?reviewer|(?:medically |last )?reviewed by):?", re.IGNORECASE
)
_LABELS = 0.4
"""The share of labels in the cells of a table about a page; the others are values."""
_CELLS = frozenset("td th li".split())
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SENTENCE = re.compile(r"\w{3}[.!?]$")
_ABOVE_TITLE, _BELOW_TITLE = 2, 5
"""Lines above and below the title of a page in which a date alone is that of the page."""


def read_bylines(source: str, lines: Sequence[Line], parts: Sequence[Part]) -> tuple[list[Part], Metadata]:
    """What each line belongs to, those about people included that are laid out as text, and what they say: who wrote
    and reviewed the page, and when."""
    title = next(
        (n for n, line in enumerate(lines) if line.holder.name == "h1" and parts[n] is not Part.FURNITURE), None
    )
    signed = signature(source, lines, title) if title is not None else None
    marked = list(parts)
    _mark_labelled(lines, marked)
    _mark_bylines(source, lines, marked, title, signed)
    return marked, _read(source, lines, marked, title, signed)


def _mark_labelled(lines: Sequence[Line], parts: list[Part]) -> None:
    """Dates after a label, and tables whose first cells say "Author", "Last reviewed" and the like, are about
    people."""
    after = 0
    """The end of the last table that was looked at."""
    for number, (label, value) in enumerate(pairwise(lines)):
        if parts[number] is not Part.CONTENT or len(label.words) > _LONGEST_LABEL or not _LABEL.fullmatch(label.words):
            continue
        if _is_value(label.words, value):
            parts[number : number + 2] = [Part.PEOPLE, Part.PEOPLE]
        table = _table(label.holder) if number >= after else None
        if table is not None:
            after = number
            while after < len(lines) and _table(lines[after].holder) is table:
                after += 1
            if _is_about_page([line.words for line in lines[number:after]]):
                parts[number:after] = [Part.PEOPLE] * (after - number)


def _is_about_page(cells: Sequence[str]) -> bool:
    """Whether a table says who wrote a page and when: labels and values in turns, unlike a table of other works."""
    labels = [_LABEL.fullmatch(words) is not None for words in cells]
    in_turns = not any(one and other for one, other in pairwise(labels))
    several = sum(labels) > 1 and sum(labels) >= len(cells) * _LABELS
    return several and in_turns and not any(map(_SENTENCE.search, cells))


def _is_value(label: str, value: Line) -> bool:
    """Whether a line is the date or the person that the label before it speaks of."""
    if furniture.dated(label):
        is_date = _NUMBERS.fullmatch(value.words) is not None or iso_date(value.words) is not None
        return is_date or value.pieces[0][0].name == "time"
    return _OF_PEOPLE.fullmatch(label) is not None and is_full_name(value.words)


def _table(element: Element | None) -> Element | None:
    """The table or list of terms that an element stands in."""
    while element is not None and element.name not in ("table", "dl"):
        element = element.parent
    return element


def _mark_bylines(source: str, lines: Sequence[Line], parts: list[Part], title: int | None, signed: str | None) -> None:
    """Lines of the content or below the title that are bylines and nothing else are about people, however they are
    laid out."""
    for number, line in enumerate(lines):
        below = title is not None and title < number <= title + _BELOW_TITLE
        if parts[number] is not Part.CONTENT and not (below and parts[number] is Part.FURNITURE):
            continue
        if below and line.holder.name not in _CELLS and _DAY.fullmatch(iso_date(line.words) or ""):
            parts[number] = Part.PEOPLE
            continue
        if _may_be_signed(line) or (below and signed is not None and signed in line.words):
            said = parted(source, line)
            others = [words for words in said if words.partition(",")[0] != signed or not is_full_name(words)]
            is_signed = len(others) < len(said) or (len(said) > 1 and is_byline(said))
            if is_signed and all(map(may_stand_in_byline, others)):
                parts[number] = Part.PEOPLE


def _read(source: str, lines: Sequence[Line], parts: Sequence[Part], title: int | None, signed: str | None) -> Metadata:
    said: list[Block] = []
    author: str | None = None
    reviewer: Reviewer | None = None
    reviewed: str | None = None
    label = ""
    last = _last_dates(lines)
    for line, part in zip(lines, parts, strict=True):
        if part is Part.FURNITURE:
            found = furniture.line(line.words) if "eviewed" in line.words else None
            if found is not None and found.role is Role.REVIEWER and found.person:
                reviewer = reviewer or found.person
                reviewed = reviewed or found.date
            continue
        if part is not Part.PEOPLE and not _may_be_signed(line):
            continue
        several = parted(source, line)
        if part is not Part.PEOPLE and (len(several) == 1 or not is_byline(several)):
            continue
        for words in several:
            heading = is_heading(words)
            said.append(Block(BlockKind.HEADING if heading else BlockKind.PARAGRAPH, Text.verbatim(words, 0)))
        labelled = f"{label}: {line.words.lstrip('@')}"
        if label and furniture.line(labelled) is not None:
            said.append(Block(BlockKind.PARAGRAPH, Text.verbatim(labelled, 0)))
        label = line.words if part is Part.PEOPLE and _LABEL.fullmatch(line.words) else ""
        name = _BY.sub("", line.words)
        if part is Part.PEOPLE and looks_like_person(name) and len(name.split()) > 1:
            role = _role(line.holder)
            author = author or (name if role == "author" else None)
            reviewer = reviewer or (person(name) if role == "reviewer" else None)
    arranged = arrange(said, inferred=True)
    named = person(author) if author else None
    dates = _dates(source, lines, parts, title)
    return Metadata(
        title="",
        author=arranged.author or (named.name if named else None) or signed,
        reviewer=arranged.reviewer or reviewer,
        reviewed=arranged.reviewed or dates.get("reviewed") or reviewed or last.get("reviewed"),
        published=arranged.published or dates.get("published"),
        modified=arranged.modified or dates.get("modified") or last.get("modified"),
    )


def _may_be_signed(line: Line) -> bool:
    """Whether a line may be made of several bylines: a look that costs little."""
    if len(line.words) > _LONGEST_BYLINES or not any(sign in line.words for sign in _SIGNS):
        return False
    return _CUES.search(line.words, 0, _LONGEST_CUE) is not None


def _last_dates(lines: Sequence[Line]) -> dict[str, str]:
    """The dates after "Last updated", wherever that stands; where there are two, one is that of another page."""
    found: dict[str, set[str]] = {}
    for line in lines:
        if (
            line.words.startswith(("Last ", "last "))
            and (told := furniture.line(line.words))
            and told.date
            and told.event
        ):
            found.setdefault(told.event, set()).add(told.date)
    return {event: dates.pop() for event, dates in found.items() if len(dates) == 1}


def _role(element: Element | None) -> str | None:
    """Whose name an element holds, by the classes around it."""
    for _ in range(5):
        if element is None:
            return None
        written = element.written.lower()
        if "review" in written:
            return "reviewer"
        if any(word in written for word in ("author", "byline", "writer", "vcard")):
            return "author"
        element = element.parent
    return None


def _dates(source: str, lines: Sequence[Line], parts: Sequence[Part], title: int | None) -> dict[str, str]:
    """The dates in <time> elements and in lines of their own, of bylines, beside the title, or after a label."""
    found: dict[str, str] = {}
    label: str | None = None
    for number, (line, part) in enumerate(zip(lines, parts, strict=True)):
        below = title is not None and title < number <= title + _BELOW_TITLE
        if len(line.words) > 200 or (part is Part.FURNITURE and not (below and iso_date(line.words))):
            label = None
            continue
        beside = part is Part.PEOPLE or (title is not None and title - _ABOVE_TITLE <= number <= title + _BELOW_TITLE)
        times = list(_times(source, line, labelled=label is not None, beside=beside))
        for date, written in times:
            told = label or _told(written) or (_told(line.words) if len(times) == 1 else None)
            if told or beside:
                found.setdefault(told or "published", date)
        label = furniture.dated(line.words)
    return found


def _told(words: str) -> str | None:
    """What happened on a date, by the first word that tells: "reviewed", "published" or "modified"."""
    found = _CUE.search(words)
    return _EVENTS[found[0].lower()] if found else None


def _times(source: str, line: Line, *, labelled: bool, beside: bool) -> Iterator[tuple[str, str]]:
    """The dates that a line gives for machines or as all its words, each with what classes or words before say."""
    for element, _, _ in line.pieces:
        if element.name == "time" and (date := iso_date(element.attributes.get("datetime", "")[:10])):
            yield date, element.attributes.get("class", "")
    if beside:
        before = ""
        for words in parted(source, line):
            if len(words) < len(line.words) and (date := date_in(words)):
                yield date, before if iso_date(words) else words
            before = words
    if len(line.words) < _LONGEST_DATE and _DIGIT.search(line.words) and (date := iso_date(line.words)):
        written = " ".join([line.holder.written, *(element.written for element, _, _ in line.pieces[:3])])
        if labelled or beside or _DATING.search(written):
            yield date, " ".join(_DATING.findall(written))
    elif beside and (byline := _BYLINE_DATE.match(line.words)) and (date := iso_date(byline["date"])):
        yield date, ""
