"""What extraction found on one page."""

from __future__ import annotations

from dataclasses import dataclass

from nutrigraph.graph_builder.statement import Mention, Statement
from nutrigraph.ontology.concept import Concept


@dataclass(frozen=True, slots=True)
class PageContent:
    """The mentions and statements of a page, and the candidates: terms it defines that no vocabulary knows."""

    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    candidates: tuple[Concept, ...] = ()
