"""N-Triples at the speed of the store: whole blocks of lines pass by, and only the lines that make concepts are read.

The largest vocabularies come in N-Triples (MeSH has some 20 million). Looking at each triple in Python would take
longer than storing it, so blank nodes are renamed in the text.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Final, cast

from nutrigraph.errors import SourceError

Saying = tuple[str, str, str, str | None]
"""Subject, predicate and value; of a text also its language ("" if it has none), of a link None."""
_BLOCK: Final = 1 << 20
_REMEMBERED: Final = 500_000
_SPACE: Final = rb"[ \t]*"
_IRI: Final = rb"<[^>\n]*>"
_BLANK: Final = rb"[^\s<>\"]*[^\s<>\".]"
_START: Final = rb"(?m)^(" + _SPACE + rb"(?:_:)?)(" + _BLANK + rb"|" + _IRI + rb")(" + _SPACE + _IRI + _SPACE + rb")"
_TERMS: Final = re.compile(_START + rb"(?:_:(" + _BLANK + rb"))?")
_TRIPLE_TERM: Final = re.compile(_START + rb"<<\(")
_USUAL: Final = re.compile(rb"_:(?:(?<=\n_:)|(?<=> _:))(" + _BLANK + rb")")
"""A blank node behind a line's end, or behind an IRI and one space."""
_UNUSUAL: Final = re.compile(rb'_:(?:(?<=> _:)[^\n"]*"|(?<=[\t>]_:)|(?<=[^>] _:))')
"""The same at another place where a name may begin, or in a text."""
_ESCAPE: Final = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)


def sayings_with(predicates: Iterable[str]) -> Callable[[bytes], Iterator[Saying]]:
    """What finds in a block of lines those in which a named subject has one of these predicates.

    A line that is no N-Triples may be read somehow: the store's own reading refuses it, and knows its number.
    """
    named = {predicate.encode(): predicate for predicate in predicates}
    wanted = _any_of(sorted(named.values())).encode()
    subject = rb"\n" + _SPACE + rb"<([^>\n]*)>" + _SPACE
    value = rb'(?:<([^>\n]*)>|"([^"\\\n]*(?:\\.[^"\\\n]*)*)"(?:@([A-Za-z0-9-]+))?)'
    pattern = re.compile(subject + rb"<(" + wanted + rb")>" + _SPACE + value)

    def found(block: bytes) -> Iterator[Saying]:
        for iri, predicate, link, text, tag in pattern.findall(b"\n" + block):
            if link:
                yield _plain(iri), named[predicate], _plain(link), None
            else:
                yield _plain(iri), named[predicate], _plain(text), tag.decode().lower()

    return found


def _plain(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(match: re.Match[str]) -> str:
    escape = match[1]
    if escape[0] in "uU":
        code = int(escape[1:], 16)
        return chr(code) if code < 0x110000 else "\ufffd"
    return {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}.get(escape, escape)


def lines_about(namespace: str) -> re.Pattern[bytes]:
    """What finds the lines whose predicate is in a namespace, those about blank nodes too."""
    subject = rb"(?:_:[^\s<]+|" + _IRI + rb")"
    return re.compile(rb"\n" + _SPACE + subject + _SPACE + rb"<" + re.escape(namespace.encode()) + rb"[^\n]*")


class RenamedLines(io.RawIOBase):
    """The lines of a file, its blank nodes named by `key` and their own name; `look` sees each block that passes."""

    def __init__(self, path: str, file: IO[bytes], key: str, look: Callable[[bytes], None] | None = None) -> None:
        self._path = path
        self._look = look
        self._key = key.encode()
        self._names: dict[bytes, bytes] = {}
        self._blocks = self._whole_lines(file)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            block = next(self._blocks, b"")
            if self._look is not None:
                self._look(block)
            self._rest = memoryview(self._renamed(block))
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def _whole_lines(self, file: IO[bytes]) -> Iterator[bytes]:
        """Blocks that end with a line. A line longer than a block reaches over its end, so only the first can be."""
        rest, line = b"", 1
        while piece := file.read(_BLOCK):
            if b"\r" in piece:
                piece = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            block = rest + piece
            end = block.rfind(b"\n") + 1
            if (block.find(b"\n") if end else len(block)) > _BLOCK:
                problem = f"this line is longer than {_BLOCK:,} bytes, the most that is read"
                raise SourceError(self._path, problem, line=line)
            if end:
                line += block.count(b"\n")
                yield block[:end]
            rest = block[end:]
        if rest:
            yield rest

    def _renamed(self, block: bytes) -> bytes:
        if b"<<(" in block and _TRIPLE_TERM.search(block):
            raise SourceError(self._path, "it has triples inside of triples (RDF 1.2), which cannot be read")
        if _UNUSUAL.search(block):
            return _TERMS.sub(self._rename, block)
        # nearly always, and many times faster than matching each line
        return _USUAL.sub(lambda match: self._name(match[1]), b"\n" + block)[1:]

    def _rename(self, match: re.Match[bytes]) -> bytes:
        start, subject, between, blank = match.groups()
        if start.endswith(b"_:"):
            start, subject = start[:-2], self._name(subject)
        return cast(bytes, start + subject + between + (self._name(blank) if blank else b""))

    def _name(self, given: bytes) -> bytes:
        """The new name: 32 hexadecimal digits, which the store keeps as a number."""
        name = self._names.get(given)
        if name is None:
            if len(self._names) > _REMEMBERED:
                self._names.clear()
            name = b"_:f" + hashlib.blake2b(given, key=self._key, digest_size=16).hexdigest()[1:].encode()
            self._names[given] = name
        return name


def _any_of(words: list[str]) -> str:
    """A pattern for one of the words that looks at what they have in common only once."""
    if len(words) == 1:
        return re.escape(words[0])
    shared = itertools.takewhile(lambda letters: len(set(letters)) == 1, zip(*words, strict=False))
    common = "".join(letters[0] for letters in shared)
    branches: dict[str, list[str]] = {}
    for word in words:
        branches.setdefault(word[len(common) : len(common) + 1], []).append(word[len(common) :])
    return f"{re.escape(common)}(?:{'|'.join(_any_of(one) if key else '' for key, one in branches.items())})"
