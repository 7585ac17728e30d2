"""A concept map as a picture (SVG, and from it PNG), with words that say what it shows, for where no page can be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from nutrigraph.errors import MissingExtra
from nutrigraph.visualizations.drawing import draw
from nutrigraph.visualizations.page import environment, palette
from nutrigraph.visualizations.view import KINDS, MapView

_SAID: Final = 12
"""So many relations are told in the words beside a picture; the picture itself carries all."""


def alternative(view: MapView, *, most: int | None = _SAID) -> str:
    """What the picture says, in words: its concepts are counted and its relations told, those of the focus first."""
    sentences = _sentences(view)
    told = sentences[:most]
    left = len(sentences) - len(told)
    start = (
        f"Concept map of {view.title}: {_count(len(view.concepts), 'concept')}, {_count(len(sentences), 'relation')}."
    )
    rest = f" And {_count(left, 'more relation')}." if left else ""
    return " ".join([start, *(f"{sentence}." for sentence in told)]) + rest


def svg(view: MapView, *, language: str = "en") -> str:
    """The map as an SVG file that stands alone: light, without scripts, with its words as its description."""
    drawing = draw(view)
    values = {
        "title": f"Concept map of {view.title}",
        "words": alternative(view, most=None),
        "language": language,
        "style": Markup(_style()),
        "drawing": drawing,
        "focus": view.focus,
        "width": drawing.width,
        "height": drawing.height,
    }
    return environment().get_template("picture.svg").render(values)


def png(picture: str, *, zoom: int = 2) -> bytes:
    """The SVG as PNG, `zoom` pixels for each of its own. MissingExtra without resvg-py."""
    try:
        import resvg_py
    except ModuleNotFoundError:
        raise MissingExtra("PNG pictures", "pictures") from None
    return bytes(
        resvg_py.svg_to_bytes(svg_string=picture, zoom=zoom, sans_serif_family="DejaVu Sans", font_family="DejaVu Sans")
    )


def _sentences(view: MapView) -> list[str]:
    label = {concept.id: concept.label for concept in view.concepts}
    relations = sorted(view.relations(), key=lambda one: view.focus not in (one.subject, one.object_))
    return [f"{label[one.subject]} {one.label} {label[one.object_]}" for one in relations]


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _style() -> str:
    """The light palette of the page's style sheet, written out: not every reader of SVG knows custom properties."""
    colours = palette()
    rules: Sequence[str] = (
        'text{font-family:"Helvetica Neue",Arial,"Liberation Sans","DejaVu Sans",sans-serif;text-anchor:middle}',
        f"text.concept{{font-size:14px;font-weight:700;fill:{colours['ink']}}}",
        f"text.relation{{font-size:13px;fill:{colours['ink']}}}",
        f".paper{{fill:{colours['paper']}}}",
        f".line{{fill:none;stroke:{colours['line']};stroke-width:1.4}}.tip{{fill:{colours['line']}}}",
        ".hedged{stroke-dasharray:6 5}.held{stroke-dasharray:2 4}.candidate .shape{stroke-dasharray:5 4}",
        ".icon{fill:none;stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}.shape{stroke-width:1.5}",
        *(f".{kind} .shape{{fill:{colours[f'{kind}-tint']};stroke:{colours[kind]}}}" for kind in KINDS),
        *(f".{kind} .icon{{stroke:{colours[kind]}}}" for kind in KINDS),
        *(f".{kind}.focus .shape{{fill:{colours[kind]};stroke-width:3}}" for kind in KINDS),
        f".focus text.concept{{fill:{colours['paper']}}}.focus .icon{{stroke:{colours['paper']}}}",
    )
    return "".join(rules)
