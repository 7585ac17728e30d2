"""A concept map inside somebody else's page: the files to put on a web server, and what to paste."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import urljoin

from nutrigraph.visualizations import concept_map
from nutrigraph.visualizations.drawing import draw
from nutrigraph.visualizations.page import source_hash, static
from nutrigraph.visualizations.picture import alternative, svg
from nutrigraph.visualizations.safe_text import script_json
from nutrigraph.visualizations.structured_data import script, structured_data, text
from nutrigraph.visualizations.view import MapView

ELEMENT: Final = "nutrigraph-map.js"
_ROOM: Final = 420
"""The height that a map's page needs above and below the map itself, about."""
_SANDBOX: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"


@dataclass(frozen=True, slots=True)
class Embed:
    """`files` are to be published together, by name: the map's page, its picture, its structured data, and the custom
    element, which serves any number of maps. The rest is what to paste, each for another kind of host:

    `element` for pages that may load a script (a picture and a link stand in until then, and without scripts),
    `frame` for those that allow frames only, `picture` for those that allow neither, `data` for search engines.
    `policies` are (what for, the policy) for pages with a Content-Security-Policy.
    """

    files: Mapping[str, str]
    element: str
    frame: str
    picture: str
    data: str
    policies: tuple[tuple[str, str], ...]


def embed(
    view: MapView, name: str, *, glossary: str, scheme: str, address: str = "", language: str = "en", style: str = ""
) -> Embed:
    """The embed of a view. `name` begins the names of its files; `address` is where they will be published, with a
    slash at the end (empty: beside the page); `glossary` and `scheme` are title and IRI of the set of terms; `style` is
    house style as `nutrigraph.visualizations.house_style` gives it."""
    title = f"Concept map of {view.title}"
    page = concept_map.render(view, language=language, embedded=True, style=style)
    data = structured_data(view, glossary=glossary, scheme=scheme, language=language)
    files = {
        f"{name}.html": page,
        f"{name}.svg": svg(view, language=language),
        f"{name}.jsonld": text(data),
        ELEMENT: static(ELEMENT),
    }
    drawing = draw(view)
    at = {file: escape(urljoin(address, file) if address else file) for file in files}
    height = drawing.height + _ROOM
    picture = (
        f'<a href="{at[f"{name}.html"]}"><img src="{at[f"{name}.svg"]}" alt="{escape(alternative(view))}" '
        f'width="{drawing.width}" height="{drawing.height}" loading="lazy" style="max-width:100%;height:auto"></a>'
    )
    element = (
        f'<nutrigraph-map src="{at[f"{name}.html"]}" title="{escape(title)}" height="{height}" style="display:block">\n'
        f'{picture}\n</nutrigraph-map>\n<script src="{at[ELEMENT]}" defer></script>'
    )
    frame = (
        f'<iframe src="{at[f"{name}.html"]}" title="{escape(title)}" width="100%" height="{height}" loading="lazy" '
        f'referrerpolicy="no-referrer" sandbox="{_SANDBOX}" style="border:0"></iframe>'
    )
    return Embed(files, element, frame, picture, str(script(data)), _policies(page, str(script_json(data))))


def _policies(page: str, inside: str) -> tuple[tuple[str, str], ...]:
    own = page.partition('Content-Security-Policy" content="')[2].partition('"')[0].replace("&#39;", "'")
    return (
        ("the page that embeds the map", f"script-src '{source_hash(static(ELEMENT))}' '{source_hash(inside)}'"),
        ("the map's own page", own),
    )
