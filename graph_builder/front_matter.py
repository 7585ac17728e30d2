"""The front matter of a Markdown page: YAML between lines of ---, TOML between lines of +++, or an object of JSON."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import yaml

from nutrigraph.errors import SourceError
from nutrigraph.graph_builder.bylines import iso_date, person
from nutrigraph.graph_builder.document import Metadata, Reviewer

_LONGEST = 100_000
_DEEPEST = 20
_LINE = r"(?:\r\n|\r|\n)"
_OPENING = re.compile(rf"(---|\+\+\+)[ \t]*{_LINE}")
_CLOSING = {
    "---": re.compile(rf"^(?:---|\.\.\.)[ \t]*(?:{_LINE}|\Z)"),
    "+++": re.compile(rf"^\+\+\+[ \t]*(?:{_LINE}|\Z)"),
}
_OBJECT = re.compile(rf"\{{[ \t]*(?:{_LINE}|\"[^\"\r\n]*\"\s*:)")
"""How an object of JSON begins; templates and attributes begin with a brace, too."""
_REST_OF_LINE = re.compile(rf"[ \t]*(?:{_LINE})?")
_NEXT_LINE = re.compile(_LINE)
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter says (an empty title where it has none), and the offset at which the page's body begins."""

    metadata: Metadata
    related: tuple[str, ...]
    body: int


def read_front_matter(path: str, source: str) -> FrontMatter:
    """The front matter at the beginning of `source`. Unknown keys are left alone.

    Raises SourceError, with the line, for what cannot be read and for values of the wrong type.
    """
    if _OBJECT.match(source):
        values, end = _json(path, source)
        rest = _REST_OF_LINE.match(source, end)
        return _front_matter(_Fields(path, source[:end], 0, values), rest.end() if rest else end)
    found = _find(source)
    if found is None:
        return FrontMatter(Metadata(title=""), (), 0)
    fence, start, end, body = found
    _refuse_long(path, source[start:end])
    written = _yaml(path, source[start:end]) if fence == "---" else _toml(path, source[start:end])
    if written is None:
        return FrontMatter(Metadata(title=""), (), 0)
    return _front_matter(_Fields(path, source[:end], start, written), body)


def _front_matter(fields: _Fields, body: int) -> FrontMatter:
    return FrontMatter(_metadata(fields), fields.names("related", "related_terms", "see_also"), body)


def _find(source: str) -> tuple[str, int, int, int] | None:
    """The fence, the span of what it encloses, and where the page goes on."""
    opening = _OPENING.match(source)
    if opening is None:
        return None
    closing = _CLOSING[opening[1]]
    start = opening.end()
    for at in [start, *(match.end() for match in _NEXT_LINE.finditer(source, start))]:
        if source.startswith((opening[1], "..."), at) and (match := closing.match(source[at : at + 100])):
            return opening[1], start, at, at + match.end()
    return None


def _refuse_long(path: str, text: str) -> None:
    if len(text) > _LONGEST:
        raise SourceError(path, f"the front matter is longer than {_LONGEST:,} characters.", line=1)


def _refuse_attacks(path: str, text: str) -> None:
    """Raises SourceError for aliases and deep nesting: front matter needs neither, attacks do."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        line = event.start_mark.line + 2 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise SourceError(path, "front matter cannot use YAML aliases (*name). Write the value out.", line=line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise SourceError(path, f"the front matter is nested more than {_DEEPEST} levels deep.", line=line)


def _yaml(path: str, text: str) -> Mapping[str, object] | None:
    """The mapping; None where what stands between two thematic breaks is no front matter at all."""
    try:
        _refuse_attacks(path, text)
        values: object = yaml.load(text, Loader=yaml.BaseLoader)  # gives strings, lists and mappings, nothing else
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        problem = " ".join(str(error.problem or error.context or "it cannot be read").split())
        raise SourceError(path, f"the front matter is not valid YAML: {problem}.", line=line) from None
    except yaml.YAMLError as error:
        problem = " ".join(str(error).split())[:200]
        raise SourceError(path, f"the front matter is not valid YAML: {problem}.", line=1) from None
    if values is None or values == "":
        return {}
    if isinstance(values, str):
        return None
    if not isinstance(values, dict):
        raise SourceError(path, 'the front matter must be keys with values, such as "title: Insulin".', line=2)
    return cast("Mapping[str, object]", values)


def _toml(path: str, text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(_NEXT_LINE.sub("\n", text))
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else len(_NEXT_LINE.findall(text.rstrip())) + 1
        problem = _TOML_PLACE.sub("", str(error))
        raise SourceError(path, f"the front matter is not valid TOML: {problem}.", line=line + 1) from None
    except (RecursionError, ValueError):
        raise SourceError(path, "the front matter is not valid TOML, or nested too deeply.", line=1) from None


def _json(path: str, source: str) -> tuple[Mapping[str, object], int]:
    """The object at the beginning of a page, and where it ends."""
    try:
        values, end = json.JSONDecoder().raw_decode(source)
        _refuse_long(path, source[:end])
        json.dumps(values, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        line = len(_NEXT_LINE.findall(source, 0, error.pos)) + 1
        problem = error.msg.removesuffix(" starting at")
        raise SourceError(path, f"the front matter is not valid JSON: {problem}.", line=line) from None
    except UnicodeEncodeError:
        problem = "the front matter has half of a character (\\ud800 to \\udfff come in pairs)"
        raise SourceError(path, f"{problem}.", line=1) from None
    except (RecursionError, ValueError):
        problem = "the front matter is nested too deeply, or has a number that is too long"
        raise SourceError(path, f"{problem}.", line=1) from None
    return cast("Mapping[str, object]", values), end


def _metadata(fields: _Fields) -> Metadata:
    return Metadata(
        title=fields.text("title", "name") or "",
        url=fields.address("canonical", "canonical_url", "url", "permalink"),
        author=fields.people("author", "authors"),
        reviewer=fields.reviewer(
            "reviewer", "reviewed_by", "medically_reviewed_by", "medical_reviewer", "reviewers", "medical_reviewers"
        ),
        reviewed=fields.date(
            "reviewed", "last_reviewed", "reviewed_on", "review_date", "date_reviewed", "reviewed_at", "reviewed_date",
            "last_reviewed_at", "last_reviewed_on", "last_review", "last_review_date", "medically_reviewed_on",
        ),
        published=fields.date(
            "date", "published", "date_published", "publish_date", "published_at", "published_date", "published_on",
            "pub_date", "created", "created_at",
        ),
        modified=fields.date(
            "updated", "modified", "lastmod", "last_modified", "date_modified", "last_updated", "updated_at",
            "updated_date", "modified_at", "modified_date", "last_modified_at", "date_updated",
        ),
        aliases=fields.aliases("aliases", "alias", "synonyms"),
        description=fields.text("description", "summary", "excerpt"),
    )  # fmt: skip


def _snake(key: str) -> str:
    """
    >>> _snake("reviewedBy"), _snake("Last-Reviewed")
    ('reviewed_by', 'last_reviewed')
    """
    return re.sub(r"[- ]|(?<=[a-z])(?=[A-Z])", "_", key).lower()


class _Fields:
    """The values of a front matter under any of several names; names in any case, with hyphens or underscores, or as
    reviewedBy. What Hugo and Zola keep apart as a site's own counts as well."""

    def __init__(self, path: str, source: str, start: int, values: Mapping[str, object]) -> None:
        self.path = path
        self.source = source
        self.start = start
        own = [part for key in ("params", "extra") if isinstance(part := values.get(key), dict)]
        given = [(str(key), value) for part in (*own, values) for key, value in part.items()]
        self.values = {_snake(key): (key, value) for key, value in given}

    def text(self, *names: str) -> str | None:
        for key, value in self._present(*names):
            return self._scalar(key, value)
        return None

    def names(self, *names: str) -> tuple[str, ...]:
        """A list of terms, or one string with commas between them."""
        result: list[str] = []
        for key, value in self._present(*names):
            items = value if isinstance(value, list) else (self._scalar(key, value) or "").split(",")
            result.extend(name for item in items if (name := self._scalar(key, item)))
        return tuple(dict.fromkeys(result))

    def aliases(self, *names: str) -> tuple[str, ...]:
        """Other names; some site generators keep old addresses under the same key."""
        return tuple(name for name in self.names(*names) if not name.startswith("/") and "://" not in name)

    def address(self, *names: str) -> str | None:
        """The first absolute web address."""
        for key, value in self._present(*names):
            address = self._scalar(key, value)
            if address and re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", address, re.IGNORECASE):
                return address
        return None

    def date(self, *names: str) -> str | None:
        for key, value in self._present(*names):
            written = self._scalar(key, value)
            if written and (date := iso_date(written)):
                return date
        return None

    def people(self, *names: str) -> str | None:
        for key, value in self._present(*names):
            people = value if isinstance(value, list) else [value]
            found = [someone.name if (someone := self._person(key, one)) else None for one in people]
            return ", ".join(name for name in found if name) or None
        return None

    def reviewer(self, *names: str) -> Reviewer | None:
        for key, value in self._present(*names):
            if isinstance(value, bool) or value in ("true", "false"):
                continue  # "reviewed: true" says that, and not who
            first = value[0] if isinstance(value, list) and value else value
            return self._person(key, first)
        return None

    def _person(self, key: str, value: object) -> Reviewer | None:
        """Somebody written as "Jane Roe, RD", or as a mapping with name and credentials."""
        if not isinstance(value, dict):
            written = self._scalar(key, value)
            return person(written) if written else None
        name = self._scalar(key, value.get("name"))
        credentials = value.get("credentials") or []
        items = credentials if isinstance(credentials, list) else (self._scalar(key, credentials) or "").split(",")
        titles = tuple(title for item in items if (title := self._scalar(key, item)))
        someone = person(name) if name else None
        return Reviewer(someone.name, someone.credentials + titles) if someone else None

    def _present(self, *names: str) -> list[tuple[str, object]]:
        return [self.values[name] for name in names if name in self.values and self.values[name][1] is not None]

    def _scalar(self, key: str, value: object) -> str | None:
        """A single value as a string, white space folded; None for an empty one."""
        if value is None:
            return None
        if isinstance(value, str):
            return " ".join(value.split()) if value not in _NOTHING else None
        if isinstance(value, datetime.date | datetime.time):
            return value.isoformat()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise self._wrong(key)

    def _wrong(self, key: str) -> SourceError:
        written = re.compile(rf"(?:[\r\n{{,]|\A)[ \t]*[\"']?(?P<key>{re.escape(key)})[\"']?[ \t]*[:=]")
        found = written.search(self.source, max(self.start - 1, 0))
        line = len(_NEXT_LINE.findall(self.source, 0, found.start("key"))) + 1 if found else 1
        return SourceError(self.path, f'"{key}" in the front matter must be a text or a list of texts.', line=line)
