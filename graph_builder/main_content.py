"""Which lines of an HTML page are its main content: apart from navigation, banners, shops, biographies and the like.

Evidence in this order: tags and roles (<main>, <nav>), classes and ids, headings that announce furniture, and the share
of a part's text that is in hyperlinks. Where nothing speaks against a line, it stays: a page without marks keeps its
prose. An element holds a range of lines; leaving it out is leaving out the range. Time is linear in the page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import Enum, auto
from itertools import accumulate

from nutrigraph.graph_builder import furniture
from nutrigraph.graph_builder.furniture import Role
from nutrigraph.graph_builder.html_lines import Line
from nutrigraph.graph_builder.html_marks import Mark, marks_of
from nutrigraph.graph_builder.html_tree import HEADINGS, Element, Tree

_ARTICLE = int(Mark.ARTICLE)
_CONTENT = int(Mark.CONTENT)
_HEADER = int(Mark.HEADER)
_MAIN = int(Mark.MAIN)
_NAMED = int(Mark.NAMED)
_PEOPLE = int(Mark.PEOPLE)
_NARROW = int(Mark.NARROW)
_SITE_TITLE = int(Mark.SITE_TITLE)
_SURE = int(Mark.SURE)
_CONTAINERS = frozenset("div section article aside ul ol dl table tbody tr td p li form fieldset center menu".split())
_LISTS = frozenset("ul ol dl table menu".split())
_LISTED = frozenset("li td th dd dt".split())
_MOSTLY_LINKS = 0.6
_ONLY_LINKS = 0.9
_HOLD_ALL = frozenset("body td div center form".split())
"""Elements that may hold all the text of a page, parted by line breaks."""
_TWO_LINKS = 0.75
"""The share of two links in a text that says no more."""
_MOST = 0.6
_FEW = 0.3
_LITTLE = 0.15
_ENOUGH = 100
"""Characters of plain text that make a <main> worth believing."""
_SHORT = 200
"""Characters of plain text that a banner or the card of another page has at most."""
_FIELDS = 20
"""Fields for an e-mail address that are looked at, and how many elements around each."""
_AROUND_FIELD = 15
_CUE = 60
"""Characters of a line such as "See also"."""
_CARD = 8
"""Lines that such a card has at most."""
_SENTENCE = 25
"""Characters of plain text that a sentence has at least."""
_HOME = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+|#\w*)?", re.IGNORECASE)
_EMAIL = re.compile(r"""(?:type|name|placeholder)\s*=\s*(?:["'][^"']*|\w*)(?:\be-?mail\b|\w@\w)""", re.IGNORECASE)
_CARD_NAMES = re.compile(r"(?:card|teaser|summary|item)\b", re.IGNORECASE)
_GLOSSARY = re.compile(r"\b(?:glossary|dictionary|terms|definitions|a[-–]z|encyclop\w+)\b", re.IGNORECASE)
_CITATION = re.compile(
    r"\((?:19|20)\d\d[a-z]?\)|\b(?:19|20)\d\d;|\bet al\b|\bdoi\b|https?://|www\.|\bPMID\b", re.IGNORECASE
)
_SOURCES = re.compile(
    r"(?:our |article |medical )?(?:sources?|notes|works|studies)(?: (?:cited|used|and references))?:?", re.IGNORECASE
)
_LETTERS = re.compile(r"(?:(?:[A-Z]|#|0-9|All)\s*[|·•]?\s*){5,}")


class Part(Enum):
    """What a line belongs to."""

    CONTENT = auto()
    PEOPLE = auto()
    """Who wrote and reviewed the page, and when."""
    FURNITURE = auto()


def parts_of(tree: Tree, lines: Sequence[Line], names: Collection[str]) -> tuple[list[Part], frozenset[int]]:
    """For each line of a page, what it belongs to; and the lines before which a box of related terms ends.

    `names`, in lower case, are those that the title of the page's window is made of: they tell which line is its title
    where no <h1> does.
    """
    judge = _Judge(tree, lines, names)
    return judge.run(), judge.after_related()


class _Judge:
    def __init__(self, tree: Tree, lines: Sequence[Line], names: Collection[str]) -> None:
        self.lines = lines
        self.parts = [Part.CONTENT] * len(lines)
        self.kept = -1
        """How many lines were content when they were counted."""
        self.ranges = _ranges(tree, lines)
        self.shown = [element for element in tree.elements[1:] if element.number in self.ranges]
        self.marks = {element.number: marks_of(element) for element in self.shown}
        self.marks[0] = 0
        self.fields = [
            element for element in tree.elements[1:] if element.name == "input" and _EMAIL.search(element.written)
        ]
        self.headings, self.sites, self.texts = self._inherited()
        self._measure()
        self._count()
        self.titles = self._titles() or self._named(names)
        self.main: Element | None = None

    def run(self) -> list[Part]:
        self._leave_out_sure()
        self.main = self._main()
        self._leave_out_named()
        self.main = self.main or self._article()
        self._leave_out_announced()
        self._leave_out_forms()
        self._leave_out_offers()
        if self.main is not None:
            self._keep_only(self.main)
            self._leave_out_around_article(self.main)
        self._leave_out_around_title()
        self._leave_out_cards()
        self._leave_out_links()
        if self.titles and not any(self.parts[number] is Part.CONTENT for number in self.titles):
            self.parts[self.titles[0]] = Part.CONTENT  # the page's title stays, wherever it stands
        return self.parts

    def after_related(self) -> frozenset[int]:
        """The lines after boxes that a line such as "See also" begins; a heading is believed until the next one."""
        boxes = [
            self._begun_by(number, self._plain(None))
            for number, part in enumerate(self.parts)
            if part is Part.CONTENT
            and self.lines[number].length < _CUE
            and self.lines[number].holder.number not in self.headings
            and self._is_related(number, alone=True)
        ]
        return frozenset(self.ranges[box.number][1] for box in boxes if box is not None)

    def _inherited(self) -> tuple[set[int], set[int], set[int]]:
        """The numbers of the elements in an <h1> … <h6>, in the name of the site, and in <main> or <article>."""
        headings, sites, texts = set[int](), set[int](), set[int]()
        for element in self.shown:
            above = element.parent.number if element.parent else 0
            mark = self.marks[element.number]
            if element.name in HEADINGS or above in headings:
                headings.add(element.number)
            if mark & _SITE_TITLE or above in sites:
                sites.add(element.number)
            if above in texts or (element.parent and self.marks[above] & (_MAIN | _ARTICLE)):
                texts.add(element.number)
        return headings, sites, texts

    def _titles(self) -> list[int]:
        """The lines in an <h1> that is the title of the page and not the name of its site."""
        found = []
        inside = set[int]()
        for element in self.shown:
            if element.name == "h1" or (element.parent and element.parent.number in inside):
                inside.add(element.number)
        for number, line in enumerate(self.lines):
            holder = line.holder.number
            if holder in inside and holder not in self.sites and not _leads_home(line):
                found.append(number)
        return found

    def _named(self, names: Collection[str]) -> list[int]:
        """The line that is the title of a page without <h1>: a heading, else any, that says what the window says."""
        found = [
            number
            for number, line in enumerate(self.lines)
            if line.words.lower() in names
            and not line.linked
            and line.holder.number not in self.sites
            and line.holder.name != "li"
            and not self.marks[line.holder.number] & _SURE
        ]
        return sorted(found, key=lambda number: self.lines[number].holder.number not in self.headings)[:1]

    # What is furniture by its tag or role

    def _leave_out_sure(self) -> None:
        mains = self._around([e for e in self.shown if self.marks[e.number] & _MAIN])
        if self.titles:
            titled = self._around([self.lines[self.titles[0]].holder])
            mains |= {e.number for e in self.shown if e.name == "form" and e.number in titled}
        total = self._plain(None)
        done = 0
        for element in self.shown:
            mark = self.marks[element.number]
            _, after = self.ranges[element.number]
            if after <= done:
                continue
            furniture_here = bool(mark & _SURE) or element.name == "form"
            if mark & _HEADER:
                furniture_here = element.number not in self.texts
            # pages are broken in every way: what holds most of the text or the page's <main> is no furniture
            if (
                furniture_here
                and element.number not in mains
                and (self._plain(element) < total * _MOST or (element.name == "nav" and not self._tells(element)))
            ):
                self._mark(element, Part.FURNITURE)
                done = after
        for number, line in enumerate(self.lines):
            is_button = line.holder.name == "button" and not self._asks(line)
            if is_button or _leads_home(line) or _calls_to_action(line):
                self.parts[number] = Part.FURNITURE
        self._count()

    def _tells(self, element: Element) -> bool:
        """Whether an element says something in sentences: a menu does not, a menu that was never closed may."""
        first, after = self.ranges[element.number]
        return self.counts[3][after] - self.counts[3][first] > 1

    def _asks(self, line: Line) -> bool:
        """Whether a button is the question of a FAQ or stands in a heading."""
        return line.words.endswith("?") or line.holder.number in self.headings

    # What its classes call furniture

    def _leave_out_named(self) -> None:
        anchored = bool(self.titles) or self.main is not None
        total = self._plain(None)
        anchors = self._anchors(total)
        done = 0
        for element in self.shown:
            mark = self.marks[element.number]
            _, after = self.ranges[element.number]
            if mark & _NARROW and element.parent is not None and element.parent.number in anchors:
                mark |= _NAMED  # the column beside the one with the title
            if not mark & (_NAMED | _PEOPLE) or after <= done or element.number in anchors:
                continue
            if element.name in HEADINGS and not mark & _PEOPLE:
                continue
            if not anchored and self._plain(element) > total * _MOST:
                continue
            self._mark(element, Part.PEOPLE if mark & _PEOPLE else Part.FURNITURE)
            done = after
        self._count()

    def _anchors(self, total: int) -> set[int]:
        """The elements around the page's <main>, its title, and what is marked as the text of an article."""
        anchors = [self.lines[number].holder for number in self.titles[:1]]
        for element in self.shown:
            mark = self.marks[element.number]
            is_text = mark & (_ARTICLE | _CONTENT) and self._plain(element) * 2 >= max(total, 1)
            if is_text or mark & _MAIN:
                anchors.append(element)
        return self._around(anchors)

    def _around(self, anchors: Sequence[Element]) -> set[int]:
        """The numbers of the elements given and of all around them."""
        found = set[int]()
        for anchor in anchors:
            above: Element | None = anchor
            while above is not None and above.number not in found:
                found.add(above.number)
                above = above.parent
        return found

    # Where the main content is

    def _main(self) -> Element | None:
        """The page's <main>, if it holds text."""
        mains = [element for element in self.shown if self.marks[element.number] & _MAIN]
        best = max(mains, key=self._plain, default=None)
        if best is None:
            return None
        said = self._plain(best)
        return best if said >= _ENOUGH or said * 2 >= self._plain(None) else None

    def _article(self) -> Element | None:
        """In a page without <main>: the outermost element that is marked as its text and holds most of what is left."""
        total = self._plain(None)
        for wanted in (_ARTICLE, _CONTENT):
            for element in self.shown:
                if self.marks[element.number] & wanted and self._plain(element) > total * _MOST:
                    return element
        return None

    def _keep_only(self, main: Element) -> None:
        """Leaves out what stands elsewhere, but for related terms and for sentences between the title and the text."""
        first, after = self.ranges[main.number]
        title = self.titles[0] if self.titles else first
        related = 0
        for number, part in enumerate(self.parts):
            if part is not Part.CONTENT or first <= number < after:
                continue
            if title < number < first and self.sentences[number]:
                continue
            if (
                number >= related
                and self._is_related(number)
                and (box := self._begun_by(number, self._plain(None))) is not None
            ):
                related = self.ranges[box.number][1]
            if number >= related:
                self.parts[number] = Part.FURNITURE
        self._count()

    # What a heading announces

    def _leave_out_announced(self) -> None:
        """A part that begins with "Related products" or "About the author" is left out as a whole."""
        total = self._plain(None)
        for number, line in enumerate(self.lines):
            is_button = line.holder.name == "button"
            if (self.parts[number] is not Part.CONTENT and not is_button) or len(line.words) > 80:
                continue
            if _SOURCES.fullmatch(line.words):
                self._leave_out_citations(number)
                continue
            said = furniture.line(line.words)
            if said is None or said.role not in (Role.BOX, Role.BANNER, Role.REVIEWER, Role.AUTHOR):
                continue
            if said.role is Role.BOX and line.holder.number not in self.headings and line.holder.name in _LISTED:
                continue
            most = _FEW if said.role is Role.BANNER else 1.0 if self.titles else _MOST
            box = self._begun_by(number, total * most)
            if box is None:
                continue
            self._mark(box, Part.FURNITURE if said.role in (Role.BOX, Role.BANNER) else Part.PEOPLE)
        self._count()

    def _leave_out_citations(self, number: int) -> None:
        """What stands under "Sources" until the next heading, if it cites: foods have sources too."""
        after = number + 1
        box = self._begun_by(number, self._plain(None))
        end = len(self.lines) if box is None else self.ranges[box.number][1]
        while after < end and self.lines[after].holder.number not in self.headings:
            after += 1
        listed = [self.lines[n] for n in range(number + 1, after) if self.parts[n] is Part.CONTENT]
        if sum(_CITATION.search(line.words) is not None for line in listed) * 2 >= len(listed) > 0:
            for one in range(number, after):
                self.parts[one] = Part.FURNITURE

    def _begun_by(self, number: int, most: float) -> Element | None:
        """The largest element that this line begins, that is more than this line and less than the main content, and
        that has at most so many characters outside of hyperlinks."""
        found: Element | None = None
        element = self.lines[number].holder
        while element.parent is not None and element is not self.main and element.name not in ("main", "article"):
            first, after = self.ranges[element.number]
            if (
                first != number
                or any(first <= title < after for title in self.titles[:1])
                or self._plain(element) > most
            ):
                break
            if after > number + 1 and element.name not in _LISTS:
                found = element
            element = element.parent
        return found

    def _leave_out_around_title(self) -> None:
        """What stands above the title of a page is no part of its text, and where nothing says where that is, small
        parts outside of the one with the title and most of the text are none either."""
        title = next((number for number in self.titles if self.parts[number] is Part.CONTENT), None)
        total = self._plain(None)
        if title is None or self.plain_before[-1] - self.plain_before[title] < total * _MOST:
            return
        first, after = 0, len(self.lines)
        if self.main is None:
            section: Element | None = self.lines[title].holder
            while section is not None and self._plain(section) < total * _MOST:
                section = section.parent
            if section is not None and section.parent is not None:
                first, after = self.ranges[section.number]
        for number in range(title):
            if self.parts[number] is Part.CONTENT and (number < first or self.sentences[number]):
                self.parts[number] = Part.FURNITURE
        done = after
        for element in self.shown if after < len(self.lines) else ():
            begin, end = self.ranges[element.number]
            if begin >= done:
                done = end
                if self._plain(element) < total * _LITTLE and not self._tells_more(begin, end):
                    self._mark(element, Part.FURNITURE)
        self._count()

    def _leave_out_around_article(self, main: Element) -> None:
        """Where one article in <main> holds the title and most of the text, the rest offers other things: but for the
        questions and answers that some sites put below it."""
        if not self.titles or self.marks[main.number] & _ARTICLE:
            return
        around = self._around([self.lines[self.titles[0]].holder])
        article = next((e for e in self.shown if e.number in around and self.marks[e.number] & _ARTICLE), None)
        if article is None or self._plain(article) < self._plain(main) * _MOST:
            return
        first, after = self.ranges[article.number]
        if (first, after) == self.ranges[main.number]:
            return
        done = 0
        for element in self.shown:
            begin, end = self.ranges[element.number]
            outside = end <= first or begin >= after
            if element.number <= main.number or begin < done or not outside:
                continue
            if not self.ranges[main.number][0] <= begin < self.ranges[main.number][1]:
                continue
            done = end
            if not self._tells_more(begin, end):
                self._mark(element, Part.FURNITURE)
        self._count()

    def _tells_more(self, first: int, after: int) -> bool:
        """Whether some lines ask and answer, or name related terms."""
        if any(map(self._is_related, range(first, after))):
            return True
        return sum(line.words.endswith("?") and not line.linked for line in self.lines[first:after]) > 1

    def _leave_out_forms(self) -> None:
        """A field for an e-mail address, and the box that says why one should fill it in."""
        most = min(_SHORT * 2, self._plain(None) * _FEW)
        titles = self._around([self.lines[number].holder for number in self.titles[:1]])
        for field in self.fields[:_FIELDS]:
            box: Element | None = None
            above = field.parent
            for _ in range(_AROUND_FIELD):
                if above is None or above.parent is None or above.number in titles:
                    break
                if above.number in self.ranges:
                    if above is self.main or self._plain(above) > most or self._headings(above) > 1:
                        break
                    box = above
                above = above.parent
            if box is not None:
                self._mark(box, Part.FURNITURE)
        self._count()

    def _leave_out_offers(self) -> None:
        """A small box that ends with a link or button to buy, to book or to join something."""
        most = min(_SHORT, self._plain(None) * _FEW)
        titles = self._around([self.lines[number].holder for number in self.titles[:1]])
        for number, line in enumerate(self.lines):
            if not (line.linked or line.holder.name == "button") or line.holder.name == "li":
                continue  # the entries of menus are many, and no boxes
            if not furniture.calls_to_act(line.words):
                continue
            if line.linked and not _is_link(line):
                continue
            box: Element | None = None
            above: Element | None = line.holder
            while above is not None and above.parent is not None and above.number not in titles:
                first, after = self.ranges[above.number]
                if above is self.main or after != number + 1 or after - first > _CARD or self._plain(above) > most:
                    break
                box = above
                above = above.parent
            if box is not None:
                self._mark(box, Part.FURNITURE)
        self._count()

    def _headings(self, element: Element) -> int:
        """How many lines of an element are headings."""
        first, after = self.ranges[element.number]
        return sum(line.holder.number in self.headings for line in self.lines[first:after])

    # Cards of other pages

    def _leave_out_cards(self) -> None:
        """Boxes beside each other that begin with the linked title of another page and say little more; also a single
        one that is called a card."""
        if any(_GLOSSARY.search(self.lines[number].words) for number in self.titles[:1]):
            return  # there every term is a title, and what it says is what the page says
        cards: dict[int, list[Element]] = {}
        alone = set[int]()
        for number, line in enumerate(self.lines):
            if self.parts[number] is Part.CONTENT and self._is_card_title(line):
                card = self._card(number)
                if card is not None and card.parent is not None and card.name not in HEADINGS:
                    cards.setdefault(card.parent.number, []).append(card)
                    if self._is_named_card(line, card):
                        alone.add(card.parent.number)
        total = self._plain(None)
        for around, siblings in cards.items():
            first, after = self.ranges[siblings[0].number]
            if any(map(self._is_related, range(max(first - 1, 0), after))):
                continue
            if (len(siblings) > 1 or around in alone) and sum(map(self._plain, siblings)) < total * _MOST:
                for card in siblings:
                    self._mark(card, Part.FURNITURE)
        self._count()

    def _is_named_card(self, line: Line, card: Element) -> bool:
        """Whether something between a title and the box around it is an article or called a card."""
        element = line.holder
        while element.name != "article" and _CARD_NAMES.search(element.written) is None:
            if element is card or element.parent is None:
                return False
            element = element.parent
        return True

    def _card(self, number: int) -> Element | None:
        """The largest element around a title that has no other title in it."""
        found: Element | None = None
        element = self.lines[number].holder
        while element.parent is not None and element is not self.main:
            first, after = self.ranges[element.number]
            if self._plain(element) > _SHORT or after - first > _CARD or self._linked_titles(first, after) != 1:
                break
            found = element
            element = element.parent
        return found

    def _linked_titles(self, first: int, after: int) -> int:
        """How many of a few lines are linked titles."""
        return sum(map(self._is_card_title, self.lines[first:after]))

    def _is_card_title(self, line: Line) -> bool:
        titled = line.holder.number in self.headings or "title" in line.holder.written
        return titled and _is_link(line)

    # Menus, lists of other pages, indexes of letters

    def _leave_out_links(self) -> None:
        before = [-1] * len(self.lines)
        """For each line the last one of the content before it."""
        last = -1
        for number, part in enumerate(self.parts):
            before[number] = last
            if part is Part.CONTENT:
                last = number
        prose = self._with_prose()
        done = 0
        for element in self.shown:
            first, after = self.ranges[element.number]
            if after <= done or element.name not in _CONTAINERS or element is self.main:
                continue
            if element.name == "p" and self.main is not None and not self._indexes_letters(first, after):
                continue
            if self._lists_links(element, before, prose) or self._indexes_letters(first, after):
                self._mark(element, Part.FURNITURE)
                done = after
        for number, line in enumerate(self.lines):
            only_links = self.links[number] > 1 and line.linked >= line.length * _ONLY_LINKS
            if only_links and line.holder.name in _HOLD_ALL and not self._is_introduced(number, before[number]):
                self.parts[number] = Part.FURNITURE

    def _with_prose(self) -> set[int]:
        """The numbers of the elements that hold a paragraph of the content themselves."""
        return {
            line.holder.parent.number
            for line, sentence, part in zip(self.lines, self.sentences, self.parts, strict=True)
            if sentence and part is Part.CONTENT and line.holder.name == "p" and line.holder.parent is not None
        }

    def _indexes_letters(self, first: int, after: int) -> bool:
        """A B C … Z"""
        if after - first > 40:
            return False
        return _LETTERS.fullmatch(" ".join(line.words[:10] for line in self.lines[first:after])) is not None

    def _lists_links(self, element: Element, before: Sequence[int], prose: set[int]) -> bool:
        """Whether nearly all that an element says are names of other pages, and nothing makes them part of the text."""
        first, after = self.ranges[element.number]
        _, linked, links, sentences, length = (count[after] - count[first] for count in self.counts)
        if links < 2 or sentences or linked < length * (_MOSTLY_LINKS if links > 2 else _TWO_LINKS):
            return False
        start = next(n for n in range(first, after) if self.parts[n] is Part.CONTENT)
        if self._is_introduced(start, before[start]):
            return False
        if self.main is not None and self._is_list_under_heading(first, after):
            return False
        # a list in the midst of paragraphs
        listed: Element | None = element if element.name in _LISTS else None
        above = element
        while listed is None and above.parent is not None and above.name in (*_LISTED, "tr", "tbody"):
            above = above.parent
            listed = above if above.name in _LISTS else None
        return listed is None or listed.parent is None or listed.parent.number not in prose

    def _is_introduced(self, number: int, before: int) -> bool:
        """Whether the lines from one on are related terms, or belong to the sentence with a colon before them."""
        if self._is_related(number):
            return True
        if before < 0:
            return False
        if self._is_related(before, alone=True):
            return True
        return self.lines[before].words.endswith(":") and furniture.line(self.lines[before].words) is None

    def _is_list_under_heading(self, first: int, after: int) -> bool:
        """Whether some lines are a heading and a list, or one item or cell each."""
        if self.lines[first].holder.number not in self.headings:
            return False
        return all(line.holder.name in _LISTED for line in self.lines[first + 1 : after])

    def _is_related(self, number: int, *, alone: bool = False) -> bool:
        """Whether a line is headed "Related terms" or the like; `alone`: and names none itself."""
        words = self.lines[number].words
        found = furniture.line(words)
        return found is not None and found.role is Role.RELATED and (not alone or found.rest == len(words))

    # The lines of elements

    def _measure(self) -> None:
        """For each line its length, how much of that is in hyperlinks, in how many, and whether it is a sentence."""
        self.lengths = [line.length for line in self.lines]
        self.weights = [
            0 if line.holder.number in self.headings and not line.linked else line.length for line in self.lines
        ]
        self.linked = [line.linked for line in self.lines]
        self.links = [_links(line) for line in self.lines]
        self.sentences = [
            line.length - line.linked >= _SENTENCE and line.words.endswith((".", "!", "?")) for line in self.lines
        ]

    def _count(self) -> None:
        """Sums over the lines of the content, up to each line, as they are now."""
        kept = self.parts.count(Part.CONTENT)
        if kept == self.kept:
            return  # lines are left out and never taken back
        self.kept = kept
        left_out = [number for number, part in enumerate(self.parts) if part is not Part.CONTENT]
        counts: list[list[int]] = []
        for values in (self.lengths, self.linked, self.links, self.sentences, self.weights):
            here = list(map(int, values))
            for number in left_out:
                here[number] = 0
            counts.append([0, *accumulate(here)])
        self.counts = counts
        self.plain_before = [length - linked for length, linked in zip(counts[0], counts[1], strict=True)]

    def _plain(self, element: Element | None) -> int:
        """How many characters outside of hyperlinks an element (None: the page) has left of its content."""
        first, after = self.ranges[element.number] if element else (0, len(self.lines))
        return self.plain_before[after] - self.plain_before[first]

    def _mark(self, element: Element, part: Part) -> None:
        first, after = self.ranges[element.number]
        for number in range(first, after):
            if self.parts[number] is Part.CONTENT or part is Part.PEOPLE:
                self.parts[number] = part


def _links(line: Line) -> int:
    return len({element.link.number for element, _, _ in line.pieces if element.link is not None}) if line.linked else 0


def _is_link(line: Line) -> bool:
    """Whether a line is one hyperlink to another page and nothing else."""
    targets = {element.link for element, _, _ in line.pieces if element.link is not None}
    if len(targets) != 1 or line.linked < len(line.words) * 0.9:
        return False
    return not targets.pop().attributes.get("href", "#").strip().startswith("#")


def _calls_to_action(line: Line) -> bool:
    """Whether a line is a hyperlink that looks like a button."""
    if not _is_link(line):
        return False
    link = next(element.link for element, _, _ in line.pieces if element.link is not None)
    return any(word in one.written.lower() for one in (link, line.holder) for word in ("btn", "button"))


def _leads_home(line: Line) -> bool:
    """Whether a line is a hyperlink to the site's first page."""
    link = next((element.link for element, _, _ in line.pieces if element.link is not None), None)
    if link is None or line.linked < len(line.words) * 0.9:
        return False
    return _HOME.fullmatch(link.attributes.get("href", "").strip()) is not None


def _ranges(tree: Tree, lines: Sequence[Line]) -> dict[int, tuple[int, int]]:
    """The lines of each element that has any, by its number: the first, and the one after the last."""
    found: dict[int, tuple[int, int]] = {}
    for number, line in enumerate(lines):
        first, _ = found.get(line.holder.number, (number, 0))
        found[line.holder.number] = first, number + 1
    for element in reversed(tree.elements):
        own = found.get(element.number)
        if own is not None and element.parent is not None:
            first, after = found.get(element.parent.number, own)
            found[element.parent.number] = min(first, own[0]), max(after, own[1])
    return found
