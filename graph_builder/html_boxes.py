"""Boxes on a page that offer something else: sign-ups, things to buy or to book, cards of other pages."""

from __future__ import annotations

import re
from functools import partial

from nutrigraph.graph_builder import furniture
from nutrigraph.graph_builder.html_lines import Line
from nutrigraph.graph_builder.html_measured import MeasuredPage, Part, is_link
from nutrigraph.graph_builder.html_tree import HEADINGS, Element

_MOST = 0.6
_FEW = 0.3
_SHORT = 200
"""Characters of plain text that a banner or the card of another page has at most."""
_FIELDS = 20
"""Fields for an e-mail address that are looked at, and how many elements around each."""
_AROUND_FIELD = 15
_CARD = 8
"""Lines that such a card has at most."""
_CARD_NAMES = re.compile(r"(?:card|teaser|summary|item)\b", re.IGNORECASE)
_GLOSSARY = re.compile(r"\b(?:glossary|dictionary|terms|definitions|a[-–]z|encyclop\w+)\b", re.IGNORECASE)


def leave_out_forms(page: MeasuredPage) -> None:
    """A field for an e-mail address, and the box that says why one should fill it in."""
    most = min(_SHORT * 2, page.plain(None) * _FEW)
    titles = page.around([page.lines[number].holder for number in page.titles[:1]])
    for field in page.fields[:_FIELDS]:
        box: Element | None = None
        above = field.parent
        for _ in range(_AROUND_FIELD):
            if above is None or above.parent is None or above.number in titles:
                break
            if above.number in page.ranges:
                if above is page.main or page.plain(above) > most or page.headings_in(above) > 1:
                    break
                box = above
            above = above.parent
        if box is not None:
            page.mark(box, Part.FURNITURE)
    page.count()


def leave_out_offers(page: MeasuredPage) -> None:
    """A small box that ends with a link or button to buy, to book or to join something."""
    most = min(_SHORT, page.plain(None) * _FEW)
    titles = page.around([page.lines[number].holder for number in page.titles[:1]])
    for number, line in enumerate(page.lines):
        if not (line.linked or line.holder.name == "button") or line.holder.name == "li":
            continue  # the entries of menus are many, and no boxes
        if not furniture.calls_to_act(line.words):
            continue
        if line.linked and not is_link(line):
            continue
        box: Element | None = None
        above: Element | None = line.holder
        while above is not None and above.parent is not None and above.number not in titles:
            first, after = page.ranges[above.number]
            if above is page.main or after != number + 1 or after - first > _CARD or page.plain(above) > most:
                break
            box = above
            above = above.parent
        if box is not None:
            page.mark(box, Part.FURNITURE)
    page.count()


def leave_out_cards(page: MeasuredPage) -> None:
    """Boxes beside each other that begin with the linked title of another page and say little more; also a single
    one that is called a card."""
    if any(_GLOSSARY.search(page.lines[number].words) for number in page.titles[:1]):
        return  # there every term is a title, and what it says is what the page says
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
    for around, siblings in cards.items():
        first, after = page.ranges[siblings[0].number]
        if any(map(page.is_related, range(max(first - 1, 0), after))):
            continue
        if (len(siblings) > 1 or around in alone) and sum(map(page.plain, siblings)) < total * _MOST:
            for card in siblings:
                page.mark(card, Part.FURNITURE)
    page.count()


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
    found: Element | None = None
    element = page.lines[number].holder
    while element.parent is not None and element is not page.main:
        first, after = page.ranges[element.number]
        if page.plain(element) > _SHORT or after - first > _CARD or _linked_titles(page, first, after) != 1:
            break
        found = element
        element = element.parent
    return found


def _linked_titles(page: MeasuredPage, first: int, after: int) -> int:
    """How many of a few lines are linked titles."""
    return sum(map(partial(_is_card_title, page), page.lines[first:after]))


def _is_card_title(page: MeasuredPage, line: Line) -> bool:
    titled = line.holder.number in page.headings or "title" in line.holder.written
    return titled and is_link(line)
