"""A page of HTML that stands alone: everything inside, nothing fetched, and nothing runs but what is ours.

Its Content-Security-Policy allows exactly the style sheets and scripts written here, each by its hash.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from nutrigraph.visualizations.safe_text import visible

if TYPE_CHECKING:
    from jinja2 import Environment

_ROOM = files("nutrigraph.visualizations")


def render(
    template: str, values: Mapping[str, object], *, styles: Sequence[str], scripts: Sequence[str], images: str = ""
) -> str:
    """The page that a template gives. Every value in it is escaped unless it is Markup.

    `styles` and `scripts` are the texts of the page's only style sheets and scripts, written where the template says
    {{ styles }} and {{ scripts }}; `images` the sources that a script of the page needs for pictures that it makes.
    """
    ours = {
        "policy": policy(styles, scripts, images),
        "styles": _blocks("style", styles),
        "scripts": _blocks("script", scripts),
    }
    text = environment().get_template(template).render({**values, **ours})
    return text if text.endswith("\n") else text + "\n"


def policy(styles: Sequence[str], scripts: Sequence[str], images: str = "") -> str:
    """The Content-Security-Policy of a page that holds exactly these inline style sheets and scripts."""
    parts = ["default-src 'none'"]
    for directive, blocks in (("style-src", styles), ("script-src", scripts)):
        if blocks:
            parts.append(" ".join([directive, *(f"'{source_hash(block)}'" for block in blocks)]))
    if images:
        parts.append(f"img-src {images}")
    return "; ".join([*parts, "base-uri 'none'", "form-action 'none'"])


@cache
def static(name: str) -> str:
    """The text of a file in static/, without its indentation and the comments that have lines of their own."""
    text = (_ROOM / "static" / name).read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*"))) + "\n"


@cache
def palette() -> dict[str, str]:
    """The colours of pages for readers who prefer light ones, by name without hyphens in front."""
    return dict(re.findall(r"--([\w-]+):(#[0-9a-f]+)", static("page.css").partition("@media")[0]))


@cache
def environment() -> Environment:
    """The templates, always escaping; a name that is not given is an error, not an empty string."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    def load(name: str) -> str:
        return (_ROOM / "templates" / name).read_text(encoding="utf-8")

    return Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )


def _blocks(tag: str, texts: Sequence[str]) -> Markup:
    """The elements, with their text as it was hashed. A text that would end its own element is a mistake of ours."""
    for text in texts:
        if f"</{tag}" in text.lower() or "<!--" in text or "\r" in text:
            raise ValueError(f"a {tag} cannot hold that text")
    return Markup("\n".join(f"<{tag}>{text}</{tag}>" for text in texts))


def source_hash(text: str) -> str:
    """A script or style sheet as a Content-Security-Policy names it: "sha256-…"."""
    return "sha256-" + b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
