"""The answer to a query as plain values: columns and rows of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutrigraph.errors import MissingExtra

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped]
    import polars


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a SELECT: the IRI or the text of each term, None where nothing stands.

    `not_stated`: the question could be asked and no page says anything about it, which is an answer of its own.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    not_stated: bool = False

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
