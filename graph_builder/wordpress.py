"""A WordPress export (WXR, an XML file) read as pages: each published post, page or glossary entry is one.

An export holds the stored texts, in CDATA sections or with entities, with shortcodes and block comments in them and
blank lines for paragraphs. They are read as HTML; every character keeps its place in the export.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from nutrigraph.errors import SourceError
from nutrigraph.graph_builder.bylines import iso_date, looks_like_person, person
from nutrigraph.graph_builder.decoding import xml_in_utf8
from nutrigraph.graph_builder.document import Document, Metadata, Reviewer, Text
from nutrigraph.graph_builder.html_page import read_content
from nutrigraph.graph_builder.html_tree import Event, parse

_MARKUP = re.compile(r"<!\[CDATA\[|<!--|<(/?)([\w:.-]+)(?:\s[^<>]*)?(/?)>")
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->"}
_PART_TAGS = re.compile(rb"<!\[CDATA\[|<!--|<(/?)(item|wp:author)(?:\s[^<>]*?)?(/?)>")
_ENDS_OF_SECTIONS = {begin.encode(): end.encode() for begin, end in _ENDS.items()}
_BEGINNING = 20_000
_PIECES = re.compile(
    r"<!\[CDATA\[(.*?)\]\]>|<!--.*?-->|(&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]\w{0,31});)", re.DOTALL
)
_VALUE = r"(?:[\w-]++\s*+=\s*+)?+(?:\"[^\"\[\]]*+\"|'[^'\[\]]*+'|[^\s\"'\[\]/]++|/(?!\]))"
_SHORTCODE = re.compile(rf"\[(/?)([a-zA-Z][\w-]{{0,60}})((?:\s++{_VALUE})*+)\s*+(/?)\]")
_ALWAYS_SHORTCODES = frozenset("audio embed gallery playlist toc video wpforms".split())
_NO_PAGES = frozenset(
    "acf-field acf-field-group attachment custom_css customize_changeset elementor_library mailpoet_page nav_menu_item "
    "oembed_cache product_variation revision scheduled-action shop_coupon shop_order user_request wp_block "
    "wp_font_face wp_font_family wp_global_styles wp_navigation wp_template wp_template_part wpcf7_contact_form wpforms"
    .split()
)  # fmt: skip
"""The types of posts that no visitor sees as a page."""


@dataclass(frozen=True, slots=True)
class Post:
    """A page of an export: its number; a part of the export that holds all it needs, its author's entry first; and
    where that part would begin if all of it stood together with the post. `problem` says why it cannot be read."""

    id: str
    source: str
    offset: int
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Field:
    """The inside of an element of an export: a span of the source."""

    start: int
    end: int


def posts(path: str, data: bytes) -> Iterator[Post]:
    """The published pages of an export, in its order; drafts, attachments, menus and the like are none.

    The export is taken apart as bytes: of its text no more than one post is held. Raises SourceError for a file that
    is no WordPress export. A broken post has a problem, and so has the one in which the file ends too early; those
    before it are read.
    """
    data = xml_in_utf8(path, data)
    beginning = data[:_BEGINNING]
    if b"<rss" not in beginning or b"wordpress.org/export/" not in beginning:
        raise SourceError(path, "is no WordPress export (WXR), and other XML is not read. Move it out of the pages.")
    authors: dict[str, str] = {}
    known: set[str] = set()
    done, offset = 0, 0  # bytes, and the characters that they are
    for name, start, end in _parts(data):
        source = data[start:end].decode("utf-8")
        offset += len(data[done:start].decode("utf-8"))
        begun, done, offset = offset, end, offset + len(source)
        if name == "wp:author":
            login = _text(source, _fields(source, 0, len(source)).get("wp:author_login"))
            authors[login] = source
            continue
        fields = _fields(source, 0, len(source))
        number = _text(source, fields.get("wp:post_id"))
        if name == "":
            line = _line(data, start)
            yield Post(number, "", 0, f"the export ends inside the post that begins in line {line}. Export it again.")
            return
        if not _is_page(source, fields):
            continue
        if not re.fullmatch(r"\d{1,20}", number):
            line = _line(data, start)
            yield Post("", "", 0, f"the post that begins in line {line} has no number (wp:post_id). Export it again.")
        elif number in known:
            yield Post(f"{number} (line {_line(data, start)})", "", 0, f"another post has the number {number} already.")
        else:
            known.add(number)
            author = authors.get(_text(source, fields.get("dc:creator")), "")
            yield Post(number, author + source, begun - len(author))


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def read_post(path: str, source: str, offset: int, kind: str) -> Document:
    """The page in a part of an export as `posts` gives it; `path` ends in "#" and the post's number.

    `source` begins at `offset` of the export; the places of the Document count from the export's beginning.
    """
    start = next(start for what, name, start, _ in _tags(source, 0, len(source)) if (what, name) == ("", "item"))
    end = len(source)
    fields = _fields(source, start, end)
    meta = _postmeta(source, start, end)
    title = _plain(_text(source, fields.get("title")))
    content = _Content(source, fields.get("content:encoded"))
    read = read_content(content.words, parse(content.words), blank_lines_part=True)
    blocks = tuple(replace(block, text=content.placed(block.text, offset)) for block in read.arranged.blocks)
    name = _text(source, _fields(source, 0, start).get("wp:author_display_name"))
    metadata = Metadata(
        title=title or read.title or path.rsplit("#", 1)[-1],
        url=_address(_first(meta, "canonical"), _text(source, fields.get("link"))),
        author=_plain(name) or read.arranged.author or read.bylines.author,
        reviewer=_reviewer(meta) or read.arranged.reviewer or read.bylines.reviewer,
        reviewed=_date(_first(meta, "reviewed")) or read.arranged.reviewed or read.bylines.reviewed,
        published=_date(_text(source, fields.get("wp:post_date"))) or read.arranged.published,
        modified=_date(_text(source, fields.get("wp:post_modified"))) or read.arranged.modified,
        description=_plain(_first(meta, "description") or _text(source, fields.get("excerpt:encoded"))) or None,
    )
    return Document(path, source, metadata, blocks, kind, read.arranged.related_terms, offset)


# The XML of an export


def _parts(data: bytes) -> Iterator[tuple[str, int, int]]:
    """The authors and items of an export: name ("" for an item in which it ends), and span of the element in bytes."""
    opened: tuple[str, int] | None = None
    at = 0
    while match := _PART_TAGS.search(data, at):
        at = match.end()
        if closing := _ENDS_OF_SECTIONS.get(match[0]):
            closed = data.find(closing, at)
            if closed < 0:
                break
            at = closed + len(closing)
        elif not match[1]:
            opened = (match[2].decode(), match.start()) if not match[3] else opened
        elif opened and opened[0] == match[2].decode():
            yield *opened, at
            opened = None
    if opened and opened[0] == "item":
        yield "", opened[1], len(data)


def _tags(source: str, start: int, end: int) -> Iterator[tuple[str, str, int, int]]:
    """The tags of a part of an export: "", "/" or "alone" (<a/>), the name, the span. A section that is not closed is
    a tag called "" at the end."""
    at = start
    while match := _MARKUP.search(source, at, end):
        at = match.end()
        if closing := _ENDS.get(match[0]):
            closed = source.find(closing, at, end)
            if closed < 0:
                yield "", "", end, end
                return
            at = closed + len(closing)
        else:
            yield match[1] or ("alone" if match[3] else ""), match[2], match.start(), match.end()


def _fields(source: str, start: int, end: int) -> dict[str, _Field]:
    """The elements directly inside one, by name; of several with one name the first."""
    found: dict[str, _Field] = {}
    for name, field in _children(source, start, end):
        found.setdefault(name, field)
    return found


def _children(source: str, start: int, end: int) -> Iterator[tuple[str, _Field]]:
    depth = 0
    begun: tuple[str, int] = ("", 0)
    for what, name, left, right in _tags(source, start, end):
        if what == "" and name:
            depth += 1
            if depth == 2:
                begun = name, right
        elif what == "/":
            if depth == 2 and name == begun[0]:
                yield name, _Field(begun[1], left)
            depth -= 1


def _postmeta(source: str, start: int, end: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, field in _children(source, start, end):
        if name == "wp:postmeta":
            # the element's own tags stand around the field
            inner = _fields(source, source.rindex("<", 0, field.start), field.end)
            key = _text(source, inner.get("wp:meta_key"))
            found.setdefault(key.lower().strip("_"), _text(source, inner.get("wp:meta_value")))
    return found


def _is_page(source: str, fields: Mapping[str, _Field]) -> bool:
    kind = _text(source, fields.get("wp:post_type")) or "post"
    status = _text(source, fields.get("wp:status")) or "publish"
    return kind not in _NO_PAGES and status == "publish" and not _text(source, fields.get("wp:post_password"))


def _text(source: str, field: _Field | None) -> str:
    """What an element says, CDATA and entities resolved."""
    if field is None:
        return ""
    return "".join(piece.words for piece in _pieces(source, field)).strip()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of an element and the span of the source that they are, or, for an entity, stand for."""

    words: str
    start: int
    end: int

    @property
    def verbatim(self) -> bool:
        return len(self.words) == self.end - self.start


def _pieces(source: str, field: _Field) -> Iterator[_Piece]:
    done = field.start
    for match in _PIECES.finditer(source, field.start, field.end):
        if done < match.start():
            yield _Piece(source[done : match.start()], done, match.start())
        if match[1]:
            yield _Piece(match[1], *match.span(1))
        elif match[2] and (words := html.unescape(match[2])):
            yield _Piece(words, *match.span(2))
        done = match.end()
    if done < field.end:
        yield _Piece(source[done : field.end], done, field.end)


# The text of a post


class _Content:
    """The text of a post as HTML, and where its characters stand in the source."""

    def __init__(self, source: str, field: _Field | None) -> None:
        self.pieces = list(_pieces(source, field)) if field else []
        self.starts: list[int] = []
        """Where each piece begins in the text."""
        at = 0
        for piece in self.pieces:
            self.starts.append(at)
            at += len(piece.words)
        self.words = without_shortcodes("".join(piece.words for piece in self.pieces))

    def placed(self, text: Text, offset: int) -> Text:
        """A text with places in the HTML as one with places in the export."""
        if len(self.pieces) == 1 and self.pieces[0].verbatim:
            shift = self.pieces[0].start + offset
            return Text(text.visible, tuple((visible, at + shift, length) for visible, at, length in text.runs))
        runs: list[tuple[int, int, int]] = []
        for number, (visible, at, length) in enumerate(text.runs):
            following = text.runs[number + 1][0] if number + 1 < len(text.runs) else len(text.visible)
            if following - visible != length:
                start, end = self._span(at)[0], self._span(at + length - 1)[1]
                runs.append((visible, start + offset, end - start))
                continue
            done = at
            while done < at + length:
                index = bisect_right(self.starts, done) - 1
                piece, begin = self.pieces[index], self.starts[index]
                stop = min(at + length, begin + len(piece.words))
                if piece.verbatim:
                    runs.append((visible + done - at, piece.start + done - begin + offset, stop - done))
                else:
                    runs.append((visible + done - at, piece.start + offset, piece.end - piece.start))
                done = stop
        return Text(text.visible, tuple(runs))

    def _span(self, at: int) -> tuple[int, int]:
        """The source span of one character."""
        index = bisect_right(self.starts, at) - 1
        piece = self.pieces[index]
        if not piece.verbatim:
            return piece.start, piece.end
        start = piece.start + at - self.starts[index]
        return start, start + 1


def without_shortcodes(text: str) -> str:
    """A stored text with its shortcodes blanked, at the same length; what they enclose stays. [caption] becomes the
    HTML of a caption. Words in brackets that only look like a shortcode ("[sic]") stay.

    >>> without_shortcodes('[box color="red"]Oats[/box] [sic]').replace(chr(0x200B), "·")
    '·················Oats······ [sic]'
    """
    if "[" not in text:
        return text
    found = [match for match in _SHORTCODE.finditer(text) if text[match.start() - 1 : match.start()] != "["]
    closed = {match[2].lower() for match in found if match[1]}
    parts: list[str] = []
    done = 0
    for match in found:
        name = match[2].lower()
        named_values = "=" in match[3]
        if not (match[1] or match[4] or named_values or name in closed or name in _ALWAYS_SHORTCODES or "_" in name):
            continue
        between = text[done : match.start()]
        beside = bool(parts) and not between.strip()
        parts.append(between)
        length = match.end() - match.start()
        if name == "caption":
            parts.append("<" + match[0][1:-1].replace("<", " ").replace(">", " ") + ">")
        elif beside and length > 2:
            parts.append("\n\n" + "\u200b" * (length - 2))  # a new column or box: a new paragraph
        else:
            parts.append("\u200b" * length)  # not seen
        done = match.end()
    parts.append(text[done:])
    return "".join(parts)


# Values


_META_KEYS = {
    "canonical": ("yoast_wpseo_canonical", "rank_math_canonical_url", "aioseo_canonical_url"),
    "description": ("yoast_wpseo_metadesc", "rank_math_description", "aioseo_description"),
    "reviewed": (
        "last_reviewed",
        "reviewed_date",
        "date_reviewed",
        "review_date",
        "medical_review_date",
        "reviewed_on",
    ),
    "reviewer": ("reviewed_by", "medically_reviewed_by", "medical_reviewer", "reviewer", "reviewer_name"),
}


def _first(meta: Mapping[str, str], field: str) -> str:
    return next((meta[key] for key in _META_KEYS[field] if meta.get(key)), "")


def _plain(text: str) -> str:
    """The visible words of a short text that may hold HTML."""
    tree = parse(text)
    words = " ".join(text[start:end] for what, _, start, end in tree.events if what is Event.TEXT)
    return " ".join(html.unescape(words).split())


def _address(*candidates: str) -> str | None:
    return next((one for one in candidates if re.fullmatch(r"https?://[^\s<>\"]+", one, re.IGNORECASE)), None)


def _date(value: str) -> str | None:
    if re.fullmatch(r"(?:19|20)\d{6}", value):  # as Advanced Custom Fields stores a date
        value = f"{value[:4]}-{value[4:6]}-{value[6:]}"
    return iso_date(value[:10] if re.match(r"\d{4}-\d\d-\d\d", value) else value)


def _reviewer(meta: Mapping[str, str]) -> Reviewer | None:
    written = _plain(_first(meta, "reviewer"))
    return person(written) if written and looks_like_person(written) else None
