"""Text that is not ours, made harmless for the places where it is shown."""

from __future__ import annotations

import json
import re
from typing import Any, Final
from urllib.parse import urlsplit

from markupsafe import Markup

_IN_SCRIPT: Final = re.compile(r"[<>&\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_IGNORED_IN_LINKS = re.compile(r"[\x00-\x20\x7f-\x9f\\]")


def script_json(value: object) -> Markup:
    """A value as JSON that may stand between `<script type="application/json">` and `</script>`."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return Markup(_IN_SCRIPT.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def safe_link(address: str | None) -> str | None:
    """The address if a reader may be sent there (http, https, or relative to the page), else None.

    >>> safe_link("https://www.example.org/a"), safe_link("insulin.html")
    ('https://www.example.org/a', 'insulin.html')
    >>> safe_link("java\\tscript:alert(1)"), safe_link("data:text/html,x"), safe_link("//example.org/x")
    (None, None, None)
    """
    if not address or _IGNORED_IN_LINKS.search(address) or address.startswith("//"):
        return None
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return None
    return address if scheme in ("http", "https", "") and not address.startswith(":") else None


def visible(text: str) -> str:
    """Text without the characters that neither HTML nor XML can hold: control characters and lone surrogates."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def _plain(value: Any) -> object:
    """Numbers of numpy as Python's own; anything else as its words."""
    return value.item() if hasattr(value, "item") else str(value)
