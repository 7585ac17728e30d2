"""schema.org's DefinedTermSet in JSON-LD: its context, which stands on the web, and terms without an address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from nutrigraph.errors import SourceError
from nutrigraph.ontology import names
from nutrigraph.ontology.namespaces import SCHEMA, slug

_ADDRESS: Final = re.compile(r"https?://(www\.)?schema\.org(/|/docs/jsonldcontext\.jsonld?)?")
_LINKS: Final = ("sameAs", "url", "inDefinedTermSet", "hasDefinedTerm", "mainEntityOfPage", "image", "license")
_CONTEXT: Final[dict[str, Any]] = {
    "@vocab": SCHEMA,
    "id": "@id",
    "type": "@type",
    **{name: {"@id": SCHEMA + name, "@type": "@id"} for name in _LINKS},
}
"""As much of schema.org's own context as terms need."""


def with_context(path: str, data: bytes, base_iri: str) -> bytes:
    """JSON-LD that can be read without the web: schema.org's context is put in place of its address.

    A DefinedTerm without an @id gets one from its name, below `base_iri`. Other JSON-LD is returned as it is.
    """
    if b"schema.org" not in data:
        return data
    try:
        document = json.loads(data)
    except UnicodeDecodeError:
        raise SourceError(path, "this is not UTF-8 text; save the file in UTF-8") from None
    except json.JSONDecodeError as error:
        raise SourceError(path, f"this is not valid JSON: {error.msg}", line=error.lineno) from None
    except RecursionError:
        raise SourceError(path, "its parts are nested too deeply to be read") from None
    objects = list(_objects(document))
    known = [one for one in objects if _known(one.get("@context"))]
    if not known:
        return data
    for one in known:
        given = one["@context"]
        one["@context"] = (
            [_CONTEXT if _known(part) else part for part in given] if isinstance(given, list) else _CONTEXT
        )
    taken = {str(one.get("@id", one.get("id"))) for one in objects}
    for one in objects:
        if _is_term(one) and "@id" not in one and "id" not in one and isinstance(one.get("name"), str):
            one["@id"] = _free(f"{base_iri}#{slug(names.clean(one['name']))}", taken)
    return json.dumps(document).encode()


def _objects(document: object) -> Iterator[dict[str, Any]]:
    """Every object of a document, in its order."""
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(reversed([part for key, part in value.items() if key != "@context"]))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def _known(context: object) -> bool:
    if isinstance(context, list):
        return any(map(_known, context))
    return isinstance(context, str) and bool(_ADDRESS.fullmatch(context))


def _is_term(one: dict[str, Any]) -> bool:
    given = one.get("@type", one.get("type"))
    return "DefinedTerm" in (given if isinstance(given, list) else [given])


def _free(iri: str, taken: set[str]) -> str:
    number, candidate = 1, iri
    while candidate in taken:
        number += 1
        candidate = f"{iri}-{number}"
    taken.add(candidate)
    return candidate
