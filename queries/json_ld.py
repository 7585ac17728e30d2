"""JSON-LD that people can read: IRIs shortened by the prefixes of a context."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

_LOCAL: Final = re.compile(r"[A-Za-z0-9_][\w.-]*", re.ASCII)
_KEPT: Final = ("@value", "@language")


def with_context(expanded: bytes, prefixes: Mapping[str, str]) -> bytes:
    """The same data as `expanded` (JSON-LD in expanded form), with those of `prefixes` as its context that shorten
    something and are not the scheme of an IRI in it."""
    document = json.loads(expanded)
    iris = set(_iris(document))
    schemes = {iri.partition(":")[0] for iri in iris}
    usable = {prefix: name for prefix, name in prefixes.items() if prefix not in schemes}
    short: dict[str, str] = {}
    for prefix, name in sorted(usable.items(), key=lambda each: len(each[1])):  # the longest namespace speaks
        for iri in iris:
            if iri.startswith(name) and _LOCAL.fullmatch(iri, len(name)):
                short[iri] = f"{prefix}:{iri[len(name) :]}"
    used = {curie.partition(":")[0] for curie in short.values()}
    context = {prefix: usable[prefix] for prefix in sorted(used)}
    shape = {"@context": context, "@graph": _shortened(document, short)}
    return json.dumps(shape, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def _iris(value: object) -> Iterator[str]:
    """Every IRI of an expanded document: keys, @id, @type."""
    if isinstance(value, list):
        for each in value:
            yield from _iris(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key in ("@id", "@type"):
                yield from [each] if isinstance(each, str) else each
            elif key not in _KEPT:
                if not key.startswith("@"):
                    yield key
                yield from _iris(each)


def _shortened(value: object, short: Mapping[str, str]) -> object:
    if isinstance(value, list):
        return [_shortened(each, short) for each in value]
    if not isinstance(value, dict):
        return value
    found: dict[str, object] = {}
    for key, each in value.items():
        if key in ("@id", "@type"):
            found[key] = short.get(each, each) if isinstance(each, str) else [short.get(iri, iri) for iri in each]
        else:
            found[short.get(key, key)] = each if key in _KEPT else _shortened(each, short)
    return found
