"""The answer to a query as plain values: columns and rows of text."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from nutrigraph.errors import MissingExtra

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped]
    import polars


_SHOWN_ROWS: Final = 100
"""A notebook shows so many rows of a table."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What it takes to ask again and get the same: the query (as the engine got it; `name` if it is one of the
    catalogue), the project's title and address, the content hash of the graph (empty
    for an endpoint, which does not say what it has), and the version of nutrigraph."""

    query: str
    title: str
    base_url: str
    content_hash: str
    version: str
    name: str | None = None

    def __str__(self) -> str:
        asked = f"query {self.name}" if self.name else "a query of its own"
        graph = f"graph {self.content_hash}" if self.content_hash else "graph as it was when it was asked"
        return f"{self.title}, {self.base_url}, {graph}, {asked}, asked with nutrigraph {self.version}"

    def as_json(self) -> dict[str, object]:
        return {
            "title": self.title,
            "base_url": self.base_url,
            "content_hash": self.content_hash,
            "version": self.version,
            "name": self.name,
            "query": self.query,
        }


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a SELECT: the IRI or the text of each term, None where nothing stands.

    `not_stated`: the question could be asked and no page says anything about it, which is an answer of its own.
    `citation` says what was asked of which graph. A notebook shows the rows as a table.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    not_stated: bool = False
    citation: Citation | None = None

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def json(self) -> list[dict[str, str | None]]:
        """One object a row, with every column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame of pandas; MissingExtra if that is not installed."""
        try:
            import pandas
        except ImportError:
            raise MissingExtra("to_pandas()", "dataframes") from None
        return pandas.DataFrame(list(self.rows), columns=list(self.columns), dtype=object)

    def to_polars(self) -> polars.DataFrame:
        """The rows as a data frame of polars, every column of text; MissingExtra if that is not installed."""
        try:
            import polars
        except ImportError:
            raise MissingExtra("to_polars()", "dataframes") from None
        return polars.DataFrame(list(self.rows), schema=dict.fromkeys(self.columns, polars.String), orient="row")

    def _repr_html_(self) -> str:
        if self.not_stated:
            return "<p>Not stated: no page says anything about that.</p>"
        heading = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(
            f"<tr>{''.join(f'<td>{_cell(value)}</td>' for value in row)}</tr>" for row in self.rows[:_SHOWN_ROWS]
        )
        more = len(self.rows) - _SHOWN_ROWS
        left = f"<p>{more} more rows.</p>" if more > 0 else ""
        return f"<table><thead><tr>{heading}</tr></thead><tbody>{body}</tbody></table>{left}"


def _cell(value: str | None) -> str:
    """A value in a table: an address as a link, anything else as text."""
    text = escape(value or "")
    if value and value.startswith(("http://", "https://")):
        return f'<a href="{text}" rel="noreferrer">{text}</a>'
    return text
