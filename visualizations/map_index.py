"""The page that leads to all concept maps of a glossary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nutrigraph.visualizations.page import render as render_page
from nutrigraph.visualizations.page import static
from nutrigraph.visualizations.view import MapView


@dataclass(frozen=True, slots=True)
class MapEntry:
    """One map of the index: `file` is its name beside the index, `kind` and `type` as in `MapConcept`, and how much is
    drawn on it."""

    file: str
    label: str
    kind: str
    type: str
    definition: str | None
    synonyms: tuple[str, ...]
    concepts: int
    relations: int

    @property
    def names(self) -> str:
        """What it can be found by, a line each."""
        return "\n".join((self.label, *self.synonyms))


def entry(file: str, view: MapView) -> MapEntry:
    """The entry of the map in `file`, which is about the first concept of the view."""
    about = next(concept for concept in view.concepts if concept.id == view.focus)
    counts = len(view.concepts), len(view.relations())
    return MapEntry(file, about.label, about.kind, about.type, about.definition, about.synonyms, *counts)


def render(title: str, entries: Iterable[MapEntry], *, language: str = "en") -> str:
    """The index as an HTML page that stands alone, by label. The same entries give the same bytes."""
    ordered = sorted(entries, key=lambda one: (one.label.casefold(), one.file))
    values = {"title": title, "language": language, "entries": ordered}
    styles = (static("page.css") + static("evidence.css") + static("map_index.css"),)
    return render_page("map_index.html", values, styles=styles, scripts=(static("map_index.js"),))
