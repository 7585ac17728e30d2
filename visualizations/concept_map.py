"""The concept map: a reader's view of some dozens of concepts as one file of HTML.

The map, the card of the concept in focus and the list of all statements are there without JavaScript; a little of it
lets readers move the focus, search, filter, zoom, save a picture, and switch to the list.
"""

from __future__ import annotations

from typing import Final

from nutrigraph.visualizations.drawing import MANY, WIDE, Drawing, Narrow, draw, narrow
from nutrigraph.visualizations.layout import LARGE
from nutrigraph.visualizations.page import render as render_page
from nutrigraph.visualizations.page import static
from nutrigraph.visualizations.safe_text import script_json
from nutrigraph.visualizations.view import KINDS, MapView, may

_PAPER: Final = (680, 900)
"""The pixels that A4 and US letter paper both have room for, margins left free."""


def render(view: MapView, *, language: str = "en", embedded: bool = False, style: str = "") -> str:
    """The map of a view as an HTML page that stands alone. The same view gives the same bytes.

    An `embedded` page tells the page around it how tall it is; `style` are rules of `house_style`.
    """
    drawing = draw(view)
    focus = next((i for i, concept in enumerate(view.concepts) if concept.id == view.focus), 0)
    form = narrow(drawing, focus)
    values = {
        "view": view,
        "language": language,
        "drawing": drawing,
        "form": "broad large" if len(view.concepts) > LARGE else "broad" if len(view.concepts) > MANY else "",
        "focus": focus,
        "near": {focus, *(index for index, _, _ in form.boxes)},
        "narrow": {arrow.index: arrow for arrow in form.arrows},
        "number": {concept.id: index for index, concept in enumerate(view.concepts)},
        "statement_number": {statement.id: index for index, statement in enumerate(view.statements)},
        "words": [may(s.label) if s.status == "hedged" else s.label for s in view.statements],
        "kinds": _legend(view),
        "hedged": any(arrow.relation.status == "hedged" for arrow in drawing.arrows),
        "candidates": any(concept.candidate for concept in view.concepts),
        "held": any(arrow.relation.status == "held" for arrow in drawing.arrows),
        "data": script_json(view.as_json()),
    }
    rules = _narrow_rules(form) + _print_rules(drawing) + style
    styles = (static("page.css") + static("concept_map.css") + rules,)
    scripts = (static("concept_map.js"), *([static("embedded.js")] if embedded else []))
    return render_page("concept_map.html", values, styles=styles, scripts=scripts, images="blob:")


def _legend(view: MapView) -> list[tuple[str, str]]:
    """The kinds that occur, with their words, in the order of KINDS."""
    used = {concept.kind for concept in view.concepts}
    return [(kind, words) for kind, (words, _) in KINDS.items() if kind in used]


def _narrow_rules(form: Narrow) -> str:
    """Where things stand on a narrow page while no script has moved the focus; numbers only."""
    rules = [f".map{{height:{form.height}px}}"]
    rules += [f"#c{index}{{transform:translate({x}px,{y}px)}}" for index, x, y in form.boxes]
    rules += [f"#r{arrow.index}{{transform:translate({arrow.x}px,{arrow.y}px)}}" for arrow in form.arrows]
    return f"@media screen and (max-width:{WIDE + 39}px){{{''.join(rules)}}}\n"


def _print_rules(drawing: Drawing) -> str:
    """The whole map on one sheet of paper, however large it is."""
    zoom = min(1.0, *(round(most / one, 3) for most, one in zip(_PAPER, (drawing.width, drawing.height), strict=True)))
    return f"@media print{{.map{{width:{drawing.width}px;height:{drawing.height}px;zoom:{zoom}}}}}\n"
