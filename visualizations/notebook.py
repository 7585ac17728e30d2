"""Pages of ours inside the output of a notebook's cell."""

from __future__ import annotations

import re
from html import escape
from typing import Final

_SANDBOX: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
_LENGTH: Final = re.compile(r"\d+(\.\d+)?(px|vh|em|rem|%)?")


def frame(page: str, title: str, height: str) -> str:
    """The HTML that shows a whole page in a frame of its own, for `_repr_html_`.

    The page is in an attribute, so nothing is fetched and no file has to be there, whichever notebook it is. Neither
    the notebook's styles nor its scripts and the page's can meet: the frame has an origin that is nobody's.
    """
    length = height if _LENGTH.fullmatch(height) else "720"
    tall = f"{length}px" if length[-1].isdigit() else length
    return (
        f'<iframe sandbox="{_SANDBOX}" srcdoc="{escape(page)}" title="{escape(title)}" '
        f'style="width:100%;height:{tall};border:0"></iframe>'
    )
