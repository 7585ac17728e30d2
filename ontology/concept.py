"""A concept of a vocabulary, as the rest of nutrigraph sees it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Concept:
    """One `skos:Concept`.

    `type` is the local name of a class of types.ttl (`Hormone`) or None where the vocabulary gives none.
    `alt_labels` are synonyms and abbreviations, `hidden_labels` typing variants that are matched and never shown.
    `exact_matches` and `close_matches` are full IRIs, `broader` the IRIs of the concepts directly above.
    `source` names the vocabulary it is from: a file as written in nutrigraph.toml, a bundled name, or "pages".
    """

    iri: str
    label: str
    alt_labels: tuple[str, ...] = ()
    hidden_labels: tuple[str, ...] = ()
    type: str | None = None
    definition: str | None = None
    broader: tuple[str, ...] = ()
    exact_matches: tuple[str, ...] = ()
    close_matches: tuple[str, ...] = ()
    source: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it is recognised by: the preferred label, the alternative and the hidden ones."""
        return (self.label, *self.alt_labels, *self.hidden_labels)
