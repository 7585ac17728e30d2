"""Boxes on a page that offer something else: sign-ups, things to buy or to book, cards of other pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

from nutrigraph.graph_builder import furniture
from nutrigraph.graph_builder.html_lines import Line
from nutrigraph.graph_builder.html_measured import MeasuredPage, Part, is_link, looks_like_button
from nutrigraph.graph_builder.html_tree import HEADINGS, LISTED, Element

_SOME = 0.35
_FEW = 0.3
_SHORT = 200
"""Characters of plain text that a banner or the card of another page has at most."""
_FIELDS = 20
"""Fields for an e-mail address that are looked at, and how many elements around each."""
_AROUND_FIELD = 15
_AROUND_LINK = 4
_CARD = 8
"""Lines that such a card has at most."""
_CARD_NAMES = re.compile(r"(?:card|teaser|summary|item)\b", re.IGNORECASE)
_THING = 4
"""Lines of a thing to buy: its name, what it costs, two more."""
_LEADS_ON = re.compile(
    r"(?:learn|read|see (?:more|all)|show|view|find out|explore|continue|more|details|expand)\b", re.IGNORECASE
)
"""What a button says that leads to more about the same."""
_OWN_WORDS = re.compile(r"(?:here )?at (?P<site>[^,]{2,40}), (?:we|our)\b", re.IGNORECASE)
_SEVERAL = 2
_NAME = 40
_QUOTES = frozenset('"“”„«»')
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|me)\b")
_NETWORK = re.compile(
    r"(?:share on )?(?:facebook|twitter|x|pinterest|whatsapp|e-?mail|linkedin|instagram|reddit|telegram|print"
    r"|copy link)",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"\s*[|·•,/]\s*|\s+(?=[A-Z])")
_SENTENCES = re.compile(r"\w{2}[.!?…] +\S")
_GLOSSARY = re.compile(r"\b(?:glossary|dictionary|terms|definitions|a[-–]z|encyclop\w+)\b", re.IGNORECASE)


def leave_out_forms(page: MeasuredPage) -> None:
    """A field for an e-mail address, and the box that says why one should fill it in."""
    most = min(_SHORT * 2, page.plain(None) * _FEW)
    titled = _around_title(page)

    def is_box(element: Element) -> bool:
        return element.number not in titled and page.plain(element) <= most and page.headings_in(element) <= 1

    for field in page.fields[:_FIELDS]:
        box = _outermost(page, islice(_up(field.parent), _AROUND_FIELD), is_box)
        if box is not None:
            page.mark(box, Part.FURNITURE)
    page.count()


def leave_out_offers(page: MeasuredPage) -> None:
    """A small box that ends with a link or button to buy, to book or to join something."""
    most = min(_SHORT, page.plain(None) * _FEW)
    titled = _around_title(page)

    def ends_with(number: int, element: Element) -> bool:
        first, after = page.ranges[element.number]
        is_small = after - first <= _CARD and page.plain(element) <= most
        return element.number not in titled and after == number + 1 and is_small

    def is_titled(number: int, element: Element) -> bool:
        """Whether an element holds a title, one sentence at most, and the button at its end."""
        first, after = page.ranges[element.number]
        is_short = after - first <= _THING and sum(page.sentences[first:after]) <= 1
        return is_short and ends_with(number, element) and not page.sentences[first]

    for number, line in enumerate(page.lines):
        if not (line.linked or line.holder.name == "button") or line.holder.name == "li":
            continue  # the entries of menus are many, and no boxes
        calls = furniture.calls_to_act(_label(page, number)) or _is_paid_for(line)
        if calls or (page.links[number] > 1 and _names_networks(line)):
            box = _outermost(page, _up(line.holder), partial(ends_with, number))
        elif line.linked and is_link(line) and looks_like_button(line) and not _LEADS_ON.match(line.words):
            box = _outermost(page, _up(line.holder), partial(is_titled, number))
        else:
            continue
        if box is not None:
            page.mark(box, Part.FURNITURE)
    page.count()


def leave_out_own_words(page: MeasuredPage) -> None:
    """What a site says of itself: "At Larkfield, we …"."""
    for number in page.left():
        found = _OWN_WORDS.match(page.lines[number].words)
        if found is not None and found["site"].lower() in page.site_names:
            page.parts[number] = Part.FURNITURE
    page.count()


def leave_out_prices(page: MeasuredPage) -> None:
    """Things to buy: a small box with a price and a name in it."""
    titled = _around_title(page)

    def is_thing(element: Element) -> bool:
        first, after = page.ranges[element.number]
        _, _, _, sentences, _ = (count[after] - count[first] for count in page.counts)
        return element.number not in titled and after - first <= _THING and not sentences

    for number in page.left():
        line = page.lines[number]
        if line.holder.name not in LISTED and furniture.is_price(line.words):
            box = _outermost(page, _up(line.holder), is_thing)
            if box is not None:
                page.mark(box, Part.FURNITURE)
    page.count()


def leave_out_rows(page: MeasuredPage) -> None:
    """Titles beside each other, each in a box that ends with a hyperlink of the same words to a page of its own."""
    if _is_glossary(page):
        return
    titled = _around_title(page)

    def is_box(number: int, element: Element) -> bool:
        first, after = page.ranges[element.number]
        if element.number in titled or after != number + 1 or after - first > _CARD or any(page.sentences[first:after]):
            return False
        return all(page.lines[one].words != page.lines[number].words for one in range(first, number))

    rows: dict[tuple[int, str], list[tuple[Element, str]]] = {}
    for number in page.left():
        line = page.lines[number]
        if line.linked and is_link(line):
            box = _outermost(page, _up(line.holder), partial(is_box, number))
            if box is not None and box.parent is not None and page.ranges[box.number][0] < number:
                target = next(e.link.attributes.get("href", "") for e, _, _ in line.pieces if e.link is not None)
                rows.setdefault((box.parent.number, line.words), []).append((box, target))
    for boxes in rows.values():
        if len({target for _, target in boxes}) > 1:
            for box, _ in boxes:
                page.mark(box, Part.FURNITURE)
    page.count()


def leave_out_praise(page: MeasuredPage) -> None:
    """What customers say: several boxes with a quotation, of which one says "I", and a name below it."""
    quoted = [number for number in page.left() if page.lines[number].words[0] in _QUOTES and _is_praise(page, number)]
    if len(quoted) > 1 and any(_FIRST_PERSON.search(page.lines[number].words) for number in quoted):
        for number in quoted:
            for one in (number, number + 1):
                if page.parts[one] is Part.CONTENT:
                    page.parts[one] = Part.FURNITURE
        page.count()


def _is_praise(page: MeasuredPage, number: int) -> bool:
    """Whether a line is a quotation, in a box with nothing but a name below it."""
    box = page.lines[number].holder.parent
    if box is None or page.lines[number].words[-1] not in _QUOTES or page.ranges[box.number] != (number, number + 2):
        return False
    name = page.lines[number + 1].words
    return len(name) < _NAME and not name.endswith((".", "?", "!", ":"))


def leave_out_teasers(page: MeasuredPage) -> None:
    """Several sentences that are one hyperlink to another page: an offer or the beginning of another text."""
    if _is_glossary(page):
        return
    for number in page.left():
        line = page.lines[number]
        if line.linked and is_link(line) and _is_embedded(page, number):
            page.parts[number] = Part.FURNITURE
        if (
            line.linked
            and line.holder.name not in LISTED
            and line.holder.number not in page.headings
            and _SENTENCES.search(line.words)
            and is_link(line)
            and not (number and page.is_related(number - 1))
        ):
            page.parts[number] = Part.FURNITURE
    page.count()


def _is_paid_for(line: Line) -> bool:
    """Whether a line is a link that its page is paid for."""
    return (
        line.linked > 0
        and is_link(line)
        and any("sponsored" in e.link.attributes.get("rel", "") for e, _, _ in line.pieces if e.link)
    )


def _label(page: MeasuredPage, number: int) -> str:
    """What a button or link says: the whole line, or in a box that is set as one line the link at its end."""
    line = page.lines[number]
    if not line.linked or is_link(line):
        return line.words
    is_last = page.links[number] == 1 and line.pieces[-1][0].link is not None
    return line.words[-line.linked :] if is_last and line.holder.name == "div" else ""


def _is_embedded(page: MeasuredPage, number: int) -> bool:
    """Whether a link is all that a figure or a quotation holds: the card of another page, embedded."""
    element: Element | None = page.lines[number].holder
    for _ in range(_AROUND_LINK):
        if element is None or page.ranges[element.number] != (number, number + 1):
            return False
        if element.name in ("figure", "blockquote"):
            return True
        element = element.parent
    return False


def _names_networks(line: Line) -> bool:
    """Whether a line is made of links to share a page with."""
    names = _BETWEEN_NAMES.split(line.words) if len(line.words) < _SHORT else []
    return len(names) > 1 and all(map(_NETWORK.fullmatch, names))


def _is_glossary(page: MeasuredPage) -> bool:
    """Whether a page lists terms: there every term is a title, and what it says is what the page says."""
    return any(_GLOSSARY.search(page.lines[number].words) for number in page.titles[:1])


def _around_title(page: MeasuredPage) -> set[int]:
    """The numbers of the elements around the page's title."""
    return page.around([page.lines[number].holder for number in page.titles[:1]])


def _up(element: Element | None) -> Iterator[Element]:
    """An element and those around it, without the outermost of the page."""
    while element is not None and element.parent is not None:
        yield element
        element = element.parent


def _outermost(page: MeasuredPage, around: Iterable[Element], is_box: Callable[[Element], bool]) -> Element | None:
    """The last of some elements, each around the one before, up to which each with lines is a box."""
    found: Element | None = None
    for element in around:
        if element.number not in page.ranges:
            continue
        if element is page.main or not is_box(element):
            break
        found = element
    return found


def leave_out_cards(page: MeasuredPage) -> None:
    """Boxes beside each other that begin with the linked title of another page and say little more; also a single
    one that is called a card."""
    if _is_glossary(page):
        return
    cards: dict[int, list[Element]] = {}
    alone = set[int]()
    for number, line in enumerate(page.lines):
        if page.parts[number] is Part.CONTENT and _is_card_title(page, line):
            card = _card(page, number)
            if card is not None and card.parent is not None and card.name not in HEADINGS:
                cards.setdefault(card.parent.number, []).append(card)
                if _is_named_card(page, line, card):
                    alone.add(card.parent.number)
    total = page.plain(None)
    titled = _around_title(page)
    for around, siblings in cards.items():
        first, after = page.ranges[siblings[0].number]
        if any(map(page.is_related, range(max(first - 1, 0), after))) or _are_in_text(page, siblings, titled):
            continue
        if (len(siblings) > 1 or around in alone) and sum(map(page.plain, siblings)) < total * _SOME:
            for card in siblings:
                page.mark(card, Part.FURNITURE)
    page.count()


def _are_in_text(page: MeasuredPage, cards: Sequence[Element], titled: Collection[int]) -> bool:
    """Whether a section of the text goes on after several cards: they are a part of what it says."""
    row = cards[0].parent
    section = row.parent if row is not None else None
    if row is None or section is None or section.number in titled or len(cards) < _SEVERAL:
        return False
    sentences = page.counts[3]
    return sentences[page.ranges[section.number][1]] > sentences[page.ranges[row.number][1]]


def _is_named_card(page: MeasuredPage, line: Line, card: Element) -> bool:
    """Whether something between a title and the box around it is an article or called a card."""
    element = line.holder
    while element.name != "article" and _CARD_NAMES.search(element.written) is None:
        if element is card or element.parent is None:
            return False
        element = element.parent
    return True


def _card(page: MeasuredPage, number: int) -> Element | None:
    """The largest element around a title that has no other title in it."""

    def is_card(element: Element) -> bool:
        first, after = page.ranges[element.number]
        return page.plain(element) <= _SHORT and after - first <= _CARD and _linked_titles(page, first, after) == 1

    return _outermost(page, _up(page.lines[number].holder), is_card)


def _linked_titles(page: MeasuredPage, first: int, after: int) -> int:
    """How many of a few lines are linked titles."""
    return sum(map(partial(_is_card_title, page), page.lines[first:after]))


def _is_card_title(page: MeasuredPage, line: Line) -> bool:
    titled = line.holder.number in page.headings or "title" in line.holder.written
    return titled and is_link(line)
