"""What a page says about itself for machines: JSON-LD, microdata, Open Graph and other meta elements."""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from nutrigraph.graph_builder.bylines import iso_date, looks_like_person, person
from nutrigraph.graph_builder.document import Metadata, Reviewer
from nutrigraph.graph_builder.html_tree import Event, Tree

_LONGEST = 2_000_000
_MOST_NODES = 5_000
_DEEPEST = 60
_PAGE_TYPES = (
    "DefinedTerm", "MedicalWebPage", "MedicalScholarlyArticle", "Article", "NewsArticle", "BlogPosting",
    "ScholarlyArticle", "TechArticle", "Report", "CreativeWork", "LearningResource", "QAPage", "FAQPage", "WebPage",
    "AboutPage", "ItemPage",
)  # fmt: skip
"""The types whose values are the page's own, the most telling first."""
_TITLED = frozenset(_PAGE_TYPES[:10])
"""Those whose name is a title; a WebPage's is what stands in the browser's title bar."""
_ITEMS = re.compile("itemprop", re.IGNORECASE)
_BY = re.compile(r"\Aby\s+", re.IGNORECASE)
_NO_TEXT = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$")
_SITE_PARTS = re.compile(r"\s+[|·•–—»:-]\s+|\s*[|»]\s*|\s+::\s+")
_META_NAMES = {
    "author": ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
               "citation_author", "byl"),
    "published": ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created",
                  "citation_publication_date", "parsely-pub-date", "sailthru.date", "pubdate", "publish-date",
                  "publish_date"),
    "modified": ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified",
                 "revised", "lastmod"),
    "reviewed": ("lastreviewed", "last-reviewed", "reviewed", "date.reviewed", "review-date", "article:reviewed_time"),
    "reviewer": ("reviewedby", "reviewed-by", "medical-reviewer", "reviewer", "article:reviewer"),
    "description": ("description", "og:description", "twitter:description", "dc.description"),
    "title": ("og:title", "twitter:title", "dc.title", "citation_title", "parsely-title"),
    "site": ("og:site_name", "application-name"),
    "url": ("og:url",),
}  # fmt: skip

Node = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says for machines: `metadata` (its title empty where it gives none in structured data), the title of
    its window or for social networks without the site's name, the site's name, the tag of the page's language, and
    the text of its article."""

    metadata: Metadata
    window_title: str | None
    site: str | None
    language: str | None
    article: str | None = None


def read_structured_data(source: str, tree: Tree) -> Said:
    """The structured data of a page. What cannot be read is left alone: nobody sees it on the page."""
    meta = _meta(tree)
    nodes = list(_nodes(_json_ld(source, tree)))
    by_id = {node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str) and len(node) > 1}
    site = _first(meta, "site") or next((_text(n.get("name")) for n in nodes if "WebSite" in _types(n)), None)
    pages = sorted((node for node in nodes if _rank(node) < len(_PAGE_TYPES)), key=_rank)
    if sum("DefinedTerm" in _types(node) for node in pages) > 1:
        pages = [node for node in pages if "DefinedTerm" not in _types(node)]  # a page of many terms is about none
    linked = _Values(pages, by_id).metadata()
    marked = _microdata(source, tree)
    written = Metadata(
        title="",
        url=_canonical(tree) or _address(_first(meta, "url")),
        author=_name(_first(meta, "author")),
        reviewer=_person(_first(meta, "reviewer")),
        reviewed=_date(_first(meta, "reviewed")),
        published=_date(_first(meta, "published")),
        modified=_date(_first(meta, "modified")),
        description=_first(meta, "description"),
    )
    metadata = merged(merged(linked, marked), written)
    if written.url:
        metadata = replace(metadata, url=written.url)  # the page's own word on its address
    window = _first(meta, "title") or _window_title(source, tree)
    return Said(
        replace(metadata, title=without_site(metadata.title, site)),
        without_site(window, site) if window else None,
        site,
        meta.get("content-language") or meta.get("language"),
        next((text for node in pages if (text := _text(node.get("articleBody")))), None),
    )


def merged(first: Metadata, second: Metadata) -> Metadata:
    """The values of `first`, and of `second` where it has none; a reviewer's credentials from either."""
    reviewer = first.reviewer or second.reviewer
    if first.reviewer and second.reviewer and not first.reviewer.credentials:
        same = first.reviewer.name.lower() == second.reviewer.name.lower()
        reviewer = second.reviewer if same else first.reviewer
    return Metadata(
        title=first.title or second.title,
        url=first.url or second.url,
        author=first.author or second.author,
        reviewer=reviewer,
        reviewed=first.reviewed or second.reviewed,
        published=first.published or second.published,
        modified=first.modified or second.modified,
        aliases=first.aliases or second.aliases,
        description=first.description or second.description,
    )


def without_site(title: str, site: str | None) -> str:
    """A title without the name of its site at either end: "Insulin | Example Health" is "Insulin".

    >>> without_site("Insulin - Example Health", "Example Health")
    'Insulin'
    """
    if site:
        for cut in _SITE_PARTS.finditer(title):
            if title[cut.end() :].strip().lower() == site.strip().lower():
                return title[: cut.start()].strip()
            if title[: cut.start()].strip().lower() == site.strip().lower():
                return title[cut.end() :].strip()
    return title.strip()


def title_parts(title: str) -> list[str]:
    """What stands between the marks of a title: "Insulin | Glossary" has two parts."""
    return [part.strip() for part in _SITE_PARTS.split(title) if part.strip()] or [""]


# JSON-LD


def _json_ld(source: str, tree: Tree) -> Iterator[object]:
    for element, start, end in tree.raw:
        if element.name != "script" or "ld+json" not in element.written.lower() or end - start > _LONGEST:
            continue
        text = _NO_TEXT.sub("", source[start:end])
        try:
            yield json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue


def _nodes(values: Iterator[object]) -> Iterator[Node]:
    """All objects, the outer ones before those inside them."""
    waiting: deque[tuple[object, int]] = deque((value, 0) for value in values)
    count = 0
    while waiting and count < _MOST_NODES:
        value, depth = waiting.popleft()
        if depth > _DEEPEST:
            continue
        if isinstance(value, dict):
            count += 1
            node = cast("Node", value)
            yield node
            waiting.extend((inner, depth + 1) for inner in node.values() if isinstance(inner, dict | list))
        elif isinstance(value, list):
            waiting.extend((inner, depth + 1) for inner in value if isinstance(inner, dict | list))


def _types(node: Node) -> tuple[str, ...]:
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return tuple(str(one).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for one in values if isinstance(one, str))


def _rank(node: Node) -> int:
    return min((_PAGE_TYPES.index(one) for one in _types(node) if one in _PAGE_TYPES), default=len(_PAGE_TYPES))


class _Values:
    """The values of the nodes that are the page, references followed."""

    def __init__(self, nodes: Sequence[Node], by_id: Mapping[object, Node]) -> None:
        self.nodes = nodes
        self.by_id = by_id

    def metadata(self) -> Metadata:
        titled = [node for node in self.nodes if _TITLED & set(_types(node))]
        terms = [node for node in self.nodes if "DefinedTerm" in _types(node)]
        return Metadata(
            title=next((t for node in titled for key in ("headline", "name") if (t := _text(node.get(key)))), ""),
            url=next(
                (u for node in self.nodes for key in ("url", "mainEntityOfPage") if (u := self._url(node, key))), None
            ),
            author=next((a for node in self.nodes if (a := self._names(node.get("author")))), None),
            reviewer=next((r for node in self.nodes if (r := self._reviewer(node.get("reviewedBy")))), None),
            reviewed=self._date("lastReviewed"),
            published=self._date("datePublished"),
            modified=self._date("dateModified"),
            aliases=tuple(name for node in terms for name in self._texts(node.get("alternateName"))),
            description=next((d for node in self.nodes if (d := _text(node.get("description")))), None),
        )

    def _date(self, key: str) -> str | None:
        return next((d for node in self.nodes if (d := _date(_text(node.get(key))))), None)

    def _url(self, node: Node, key: str) -> str | None:
        value = self._followed(node.get(key))
        if isinstance(value, Mapping):
            value = value.get("@id") or value.get("url")
        return _address(value) if isinstance(value, str) else None

    def _followed(self, value: object) -> object:
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, dict) and len(value) <= 2 and "name" not in value:
            return self.by_id.get(value.get("@id"), value)
        return value

    def _texts(self, value: object) -> Iterator[str]:
        for one in value if isinstance(value, list) else [value]:
            if text := _text(one):
                yield text

    def _names(self, value: object) -> str | None:
        values = value if isinstance(value, list) else [value]
        people = [self._person(one) for one in values[:10]]
        return ", ".join(one.name for one in people if one) or None

    def _reviewer(self, value: object) -> Reviewer | None:
        values = value if isinstance(value, list) else [value]
        return next((found for one in values if (found := self._person(one))), None)

    def _person(self, value: object) -> Reviewer | None:
        value = self._followed(value)
        if not isinstance(value, Mapping):
            return _person(_text(value))
        found = _person(_text(value.get("name")))
        if found is None:
            return None
        titles = [title for key in ("honorificSuffix", "hasCredential") for title in self._credentials(value.get(key))]
        return Reviewer(found.name, tuple(dict.fromkeys((*found.credentials, *titles))))

    def _credentials(self, value: object) -> Iterator[str]:
        for one in value if isinstance(value, list) else [value]:
            named = one.get("credentialCategory") or one.get("name") if isinstance(one, dict) else one
            for title in (_text(named) or "").split(","):
                if title.strip():
                    yield title.strip()


# Microdata


def _microdata(source: str, tree: Tree) -> Metadata:
    """The properties of the item that is the page: an article, a web page, a defined term."""
    if not _ITEMS.search(source):
        return Metadata(title="")
    items: dict[int, str] = {0: "WebPage"}
    """The type of the item that each element stands in; "" for one that is not the page."""
    people: dict[int, str] = {}
    """For each element in a person's item, the property that the person is the value of."""
    wanted: dict[int, str] = {}
    found: dict[str, str] = {}
    texts: dict[str, list[str]] = {}
    for element in tree.elements[1:]:
        above = element.parent.number if element.parent else 0
        items[element.number], inside = items[above], people.get(above)
        if above in wanted:
            wanted[element.number] = wanted[above]
        if inside:
            people[element.number] = inside
        if not element.written or "item" not in element.written.lower():
            continue
        attributes = element.attributes
        properties = attributes.get("itemprop", "").split()
        if "itemscope" in attributes:
            kind = attributes.get("itemtype", "").rstrip("/").rsplit("/", 1)[-1]
            if kind in ("Person", "Organization", "Physician") and properties and items[above]:
                people[element.number] = properties[0]
                items[element.number] = "Person" if kind != "Organization" or properties[0] != "publisher" else ""
                wanted.pop(element.number, None)
            else:
                items[element.number] = kind if kind in _PAGE_TYPES else ""
            continue
        for name in properties:
            key = f"{inside}.{name}" if inside else name
            if not items[element.number] or (items[element.number] == "WebPage" and name == "name"):
                continue
            value = attributes.get("content") or attributes.get("datetime")
            if value is None and element.name == "abbr":
                value = attributes.get("title")  # as microformats write dates
            if value is None and name in ("url", "mainEntityOfPage"):
                value = attributes.get("href")
            if value:
                found.setdefault(key, value)
            else:
                wanted[element.number] = key
    if wanted:
        for what, element, start, end in tree.events:
            if what is Event.TEXT and (named := wanted.get(element.number)):
                texts.setdefault(named, []).append(source[start:end])
    for key, parts in texts.items():
        found.setdefault(key, " ".join(html.unescape("".join(parts)).split()))
    reviewer = _person(found.get("reviewedBy.name") or found.get("reviewedBy"))
    if reviewer and (suffix := found.get("reviewedBy.honorificSuffix")):
        reviewer = Reviewer(reviewer.name, tuple(dict.fromkeys((*reviewer.credentials, *_listed(suffix)))))
    return Metadata(
        title=found.get("headline") or found.get("name") or "",
        url=_address(found.get("mainEntityOfPage") or found.get("url")),
        author=_name(found.get("author.name") or found.get("author")),
        reviewer=reviewer,
        reviewed=_date(found.get("lastReviewed")),
        published=_date(found.get("datePublished")),
        modified=_date(found.get("dateModified")),
        description=found.get("description"),
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


# Meta elements


def _meta(tree: Tree) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.elements:
        if element.name == "meta" and element.written:
            attributes = element.attributes
            content = " ".join(attributes.get("content", "").split())
            for key in ("name", "property", "itemprop", "http-equiv"):
                if content and (name := attributes.get(key)):
                    found.setdefault(name.lower(), content)
    return found


def _first(meta: Mapping[str, str], field: str) -> str | None:
    return next((meta[name] for name in _META_NAMES[field] if name in meta), None)


def _canonical(tree: Tree) -> str | None:
    for element in tree.elements:
        if element.name == "link" and "canonical" in element.attributes.get("rel", "").lower().split():
            return _address(element.attributes.get("href"))
    return None


def _window_title(source: str, tree: Tree) -> str | None:
    for element, start, end in tree.raw:
        if element.name == "title" and not any(part.name == "svg" for part in (element.parent,) if part):
            return " ".join(html.unescape(source[start:end]).split()) or None
    return None


# Values


def _text(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    if not isinstance(value, str):
        return None
    return " ".join(html.unescape(value).split()) or None


def _address(value: str | None) -> str | None:
    value = (value or "").strip()
    if value.startswith("//"):
        value = "https:" + value
    return value if re.match(r"https?://[^\s<>\"]+$", value, re.IGNORECASE) else None


def _date(value: str | None) -> str | None:
    return iso_date(value[:10] if value and re.match(r"\d{4}-\d\d-\d\dT", value) else value) if value else None


def _person(value: str | None) -> Reviewer | None:
    return person(value) if value and "://" not in value else None


def _name(value: str | None) -> str | None:
    found = _person(_BY.sub("", value) if value else None)
    return found.name if found and looks_like_person(found.name) else None
