"""What a map says as schema.org JSON-LD, for search engines: the page, its reviewer, and the terms it is about."""

from __future__ import annotations

import json
import re

from markupsafe import Markup

from nutrigraph.visualizations.safe_text import safe_link, script_json
from nutrigraph.visualizations.view import MapConcept, MapStatement, MapView

_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")


def structured_data(view: MapView, *, glossary: str, scheme: str, language: str = "en") -> dict[str, object]:
    """A `MedicalWebPage` about the concept in focus, and a `DefinedTermSet` with every concept drawn.

    `glossary` is the title of the set and `scheme` its IRI. The reviewer and date are those of the page about the
    concept, as the statements drawn from it give them; nothing is said where nothing is known.
    """
    focus = next(concept for concept in view.concepts if concept.id == view.focus)
    terms = [_term(concept, scheme) for concept in view.concepts]
    whole: dict[str, object] = {
        "@type": "DefinedTermSet", "@id": scheme, "name": glossary, "inLanguage": language, "hasDefinedTerm": terms,
    }  # fmt: skip
    return {"@context": "https://schema.org", "@graph": [_page(view, focus, language), whole]}


def script(data: dict[str, object]) -> Markup:
    """The data as an element to paste into a page; nothing in it can end the element."""
    return Markup('<script type="application/ld+json">{}</script>').format(script_json(data))


def text(data: dict[str, object]) -> str:
    """The data as a file."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _page(view: MapView, focus: MapConcept, language: str) -> dict[str, object]:
    own = next((s for s in view.statements if focus.page and s.url == focus.page), None)
    page: dict[str, object] = {
        "@type": "MedicalWebPage",
        "name": focus.label,
        "inLanguage": language,
        "about": {"@id": focus.id},
    }
    if address := safe_link(focus.page):
        page |= {"@id": address, "url": address}
    return page | (_reviewed(own) if own else {})


def _reviewed(statement: MapStatement) -> dict[str, object]:
    said: dict[str, object] = {}
    if statement.reviewed_by:
        name, _, credentials = statement.reviewed_by.partition(", ")
        person: dict[str, object] = {"@type": "Person", "name": name}
        said["reviewedBy"] = person | ({"honorificSuffix": credentials} if credentials else {})
    if statement.reviewed_by and statement.date and _DATE.fullmatch(statement.date):
        said["lastReviewed"] = statement.date
    return said


def _term(concept: MapConcept, scheme: str) -> dict[str, object]:
    term: dict[str, object] = {"@type": "DefinedTerm", "@id": concept.id, "name": concept.label}
    more = {
        "alternateName": list(concept.synonyms),
        "description": concept.definition,
        "url": safe_link(concept.page),
    }
    return term | {key: value for key, value in more.items() if value} | {"inDefinedTermSet": {"@id": scheme}}
