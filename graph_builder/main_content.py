"""Which lines of an HTML page are its main content: apart from navigation, banners, shops, biographies and the like.

Evidence in this order: tags and roles (<main>, <nav>), classes and ids, headings that announce furniture, and the share
of a part's text that is in hyperlinks. Where nothing speaks against a line, it stays: a page without marks keeps its
prose. An element holds a range of lines; leaving it out is leaving out the range. Time is linear in the page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from nutrigraph.graph_builder import furniture
from nutrigraph.graph_builder.furniture import Role
from nutrigraph.graph_builder.html_boxes import (
    leave_out_cards,
    leave_out_forms,
    leave_out_offers,
    leave_out_own_words,
    leave_out_praise,
    leave_out_prices,
    leave_out_rows,
    leave_out_teasers,
)
from nutrigraph.graph_builder.html_fact_boxes import fact_boxes
from nutrigraph.graph_builder.html_leftovers import leave_out_leftovers
from nutrigraph.graph_builder.html_lines import Line
from nutrigraph.graph_builder.html_link_lists import leave_out_links
from nutrigraph.graph_builder.html_marks import Mark
from nutrigraph.graph_builder.html_measured import MeasuredPage, Part, is_link, leads_home, looks_like_button
from nutrigraph.graph_builder.html_tree import HEADINGS, LISTED, Element, Tree

_ARTICLE = int(Mark.ARTICLE)
_CONTENT = int(Mark.CONTENT)
_HEADER = int(Mark.HEADER)
_MAIN = int(Mark.MAIN)
_NAMED = int(Mark.NAMED)
_PEOPLE = int(Mark.PEOPLE)
_NARROW = int(Mark.NARROW)
_SURE = int(Mark.SURE)
_LISTS = frozenset("ul ol dl table menu".split())
_ENCLOSING = frozenset("aside details dl".split())
"""Elements whose headings say nothing about what comes after them."""
_MOST = 0.6
_FEW = 0.3
_LITTLE = 0.15
_ENOUGH = 100
"""Characters of plain text that make a <main> worth believing."""
_KICKERS = 2
_WORDS = 3
_CUE = 60
"""Characters of a line such as "See also"."""
_BACK = re.compile(
    r"(?:[←‹«<] ?)?(?:back|return) to "
    r"|(?:next|prev(?:ious)?)(?: (?:entry|term|post|article|page|word|story|chapter|topic))?(?:$|\W*(?-i:(?=[A-Z])))",
    re.IGNORECASE,
)
_CITATION = re.compile(
    r"\((?:19|20)\d\d[a-z]?\)|\b(?:19|20)\d\d;|\bet al\b|\bdoi\b|https?://|www\.|\bPMID\b", re.IGNORECASE
)
_SOURCES = re.compile(
    r"(?:our |article |medical )?(?:sources?|notes|works|studies)(?: (?:cited|used|and references))?:?", re.IGNORECASE
)


class Parted(NamedTuple):
    """For each line of a page, what it belongs to; and the spans of lines whose headings count only inside of them."""

    parts: list[Part]
    boxes: list[tuple[int, int]]
    facts: list[tuple[int, int]]
    """Boxes of facts beside the text, where terms are names of properties."""


def parts_of(tree: Tree, lines: Sequence[Line], names: Collection[str], site: str = "") -> Parted:
    """What the lines of a page belong to.

    `names`, in lower case, are those that the title of the page's window is made of: they tell which line is its title
    where no <h1> does. `site` is the name of the page's site, if the page tells.
    """
    judge = _Judge(tree, lines, names, site)
    parts = judge.run()
    facts = fact_boxes(judge)
    for first, after in facts:
        parts[first:after] = [Part.CONTENT] * (after - first)
    return Parted(parts, [*judge.boxes(), *facts], facts)


class _Judge(MeasuredPage):
    def run(self) -> list[Part]:
        self._leave_out_sure()
        self.main = self._main()
        self._leave_out_named()
        self.main = self.main or self._article()
        self._leave_out_announced()
        leave_out_forms(self)
        leave_out_offers(self)
        leave_out_own_words(self)
        leave_out_prices(self)
        leave_out_rows(self)
        leave_out_praise(self)
        leave_out_teasers(self)
        if self.main is not None:
            self._keep_only(self.main)
            self._leave_out_around_article(self.main)
        self._leave_out_around_title()
        leave_out_cards(self)
        leave_out_links(self)
        leave_out_leftovers(self)
        if self.titles and not any(self.parts[number] is Part.CONTENT for number in self.titles):
            self.parts[self.titles[0]] = Part.CONTENT  # the page's title stays, wherever it stands
        return self.parts

    def boxes(self) -> list[tuple[int, int]]:
        """Lists of definitions, asides and the like, and what a line such as "See also" begins; a heading is believed
        until the next one."""
        enclosing = [element for element in self.shown if element.name in _ENCLOSING]
        related = [
            self._begun_by(number, self.plain(None))
            for number, part in enumerate(self.parts)
            if part is Part.CONTENT
            and self.lines[number].length < _CUE
            and self.lines[number].holder.number not in self.headings
            and self.is_related(number, alone=True)
        ]
        return [self.ranges[box.number] for box in (*enclosing, *related) if box is not None]

    # What is furniture by its tag or role

    def _leave_out_sure(self) -> None:
        mains = self.around([e for e in self.shown if self.marks[e.number] & _MAIN])
        if self.titles:
            titled = self.around([self.lines[self.titles[0]].holder])
            mains |= {e.number for e in self.shown if e.name == "form" and e.number in titled}
        total = self.plain(None)
        done = 0
        for element in self.shown:
            mark = self.marks[element.number]
            _, after = self.ranges[element.number]
            if after <= done:
                continue
            furniture_here = bool(mark & _SURE) or element.name == "form"
            if mark & _HEADER:
                furniture_here = element.number not in self.texts and not self._presents(element)
            # pages are broken in every way: what holds most of the text or the page's <main> is no furniture
            if (
                furniture_here
                and element.number not in mains
                and (self.plain(element) < total * _MOST or (element.name == "nav" and not self._tells(element)))
            ):
                self.mark(element, Part.FURNITURE)
                done = after
        for number in self.left():
            line = self.lines[number]
            is_button = line.holder.name == "button" and not self._asks(line)
            if is_button or leads_home(line) or _calls_to_action(line):
                self.parts[number] = Part.FURNITURE
        self.count()

    def _presents(self, header: Element) -> bool:
        """Whether a header is that of the text, not of the site: it has the only title of the page, and few links."""
        first, after = self.ranges[header.number]
        if not self.titles or not first <= self.titles[0] < after or len(self.titles) > 1:
            return False
        return self.counts[1][after] - self.counts[1][first] < self.plain(header) * _LITTLE

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
        total = self.plain(None)
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
            if not anchored and self.plain(element) > total * _MOST:
                continue
            self.mark(element, Part.PEOPLE if mark & _PEOPLE else Part.FURNITURE)
            done = after
        self.count()

    def _anchors(self, total: int) -> set[int]:
        """The elements around the page's <main>, its title, and what is marked as the text of an article."""
        anchors = [self.lines[number].holder for number in self.titles[:1]]
        for element in self.shown:
            mark = self.marks[element.number]
            is_text = mark & (_ARTICLE | _CONTENT) and self.plain(element) * 2 >= max(total, 1)
            if is_text or mark & _MAIN:
                anchors.append(element)
        return self.around(anchors)

    # Where the main content is

    def _main(self) -> Element | None:
        """The page's <main>, if it holds text."""
        mains = [element for element in self.shown if self.marks[element.number] & _MAIN]
        best = max(mains, key=self.plain, default=None)
        if best is None:
            return None
        said = self.plain(best)
        return best if said >= _ENOUGH or said * 2 >= self.plain(None) else None

    def _article(self) -> Element | None:
        """In a page without <main>: the outermost element that is marked as its text and holds most of what is left."""
        total = self.plain(None)
        for wanted in (_ARTICLE, _CONTENT):
            for element in self.shown:
                if self.marks[element.number] & wanted and self.plain(element) > total * _MOST:
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
            if title < number < first and (self.sentences[number] or self._goes_with_title(number, title)):
                continue
            if (
                number >= related
                and self.is_related(number)
                and (box := self._begun_by(number, self.plain(None))) is not None
            ):
                related = self.ranges[box.number][1]
            if number >= related:
                self.parts[number] = Part.FURNITURE
        self.count()

    def _goes_with_title(self, number: int, title: int) -> bool:
        """Whether a line is a second title right below the first, or says what a picture shows."""
        line = self.lines[number]
        if line.linked or furniture.line(line.words) is not None:
            return False
        is_second = line.holder.number in self.headings or (line.holder.name == "p" and line.words.count(" ") > _WORDS)
        return (number == title + 1 and is_second) or line.holder.name == "figcaption"

    # What a heading announces

    def _leave_out_announced(self) -> None:
        """A part that begins with "Related products" or "About the author" is left out as a whole."""
        total = self.plain(None)
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
            if said.role is Role.BOX and line.holder.number not in self.headings and line.holder.name in LISTED:
                continue
            most = _FEW if said.role is Role.BANNER else 1.0 if self.titles and said.role is Role.BOX else _MOST
            box = self._begun_by(number, total * most)
            if box is None or (said.person and not self._tells_of(said.person.name, number, box)):
                continue
            self.mark(box, Part.FURNITURE if said.role in (Role.BOX, Role.BANNER) else Part.PEOPLE)
        self.count()

    def _tells_of(self, name: str, number: int, box: Element) -> bool:
        """Whether what stands under a byline begins to tell of its person; a text may begin with a byline too."""
        prose = (n for n in range(number + 1, self.ranges[box.number][1]) if self.sentences[n])
        first = next(prose, None)
        return first is None or furniture.is_biography(self.lines[first].words, name)

    def _leave_out_citations(self, number: int) -> None:
        """What stands under "Sources" until the next heading, if it cites: foods have sources too."""
        after = number + 1
        box = self._begun_by(number, self.plain(None))
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
                or self.plain(element) > most
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
        total = self.plain(None)
        if title is None or self.plain_before[-1] - self.plain_before[title] < total * _MOST:
            return
        first, after = 0, len(self.lines)
        if self.main is None:
            section: Element | None = self.lines[title].holder
            while section is not None and self.plain(section) < total * _MOST:
                section = section.parent
            if section is not None and section.parent is not None:
                first, after = self.ranges[section.number]
        for number in range(title):
            outside = number < first or self.sentences[number] or self._is_kicker(number, title)
            if self.parts[number] is Part.CONTENT and outside:
                self.parts[number] = Part.FURNITURE
        done = after
        for element in self.shown if after < len(self.lines) else ():
            begin, end = self.ranges[element.number]
            if begin >= done:
                done = end
                if self.plain(element) < total * _LITTLE and not self._tells_more(begin, end):
                    self.mark(element, Part.FURNITURE)
        self.count()

    def _is_kicker(self, number: int, title: int) -> bool:
        """Whether a line is the name of a topic right above the title."""
        line = self.lines[number]
        is_text = line.holder.number in self.headings or line.holder.name in LISTED
        return number >= title - _KICKERS and len(line.words) < _CUE and not is_text

    def _leave_out_around_article(self, main: Element) -> None:
        """Where one article in <main> holds the title and most of the text, the rest offers other things: but for the
        questions and answers that some sites put below it."""
        if not self.titles or self.marks[main.number] & _ARTICLE:
            return
        around = self.around([self.lines[self.titles[0]].holder])
        article = next((e for e in self.shown if e.number in around and self.marks[e.number] & _ARTICLE), None)
        if article is None or self.plain(article) < self.plain(main) * _MOST:
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
                self.mark(element, Part.FURNITURE)
        self.count()

    def _tells_more(self, first: int, after: int) -> bool:
        """Whether some lines ask and answer, or name related terms."""
        if any(map(self.is_related, range(first, after))):
            return True
        return sum(line.words.endswith("?") and not line.linked for line in self.lines[first:after]) > 1


def _calls_to_action(line: Line) -> bool:
    """Whether a line is a hyperlink that looks like a button, or leads back to a list or on to the next page."""
    return is_link(line) and (_BACK.match(line.words) is not None or looks_like_button(line))
