"""Who wrote or reviewed a page, and when: names with credentials, and dates, as people write them."""

from __future__ import annotations

import datetime
import re

from nutrigraph.graph_builder.document import Reviewer

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>(?:1[89]|2[01])\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)(?:[T ]\d\d:.*)?",
        rf"{_YEAR}-(?P<number>\d\d)",
        rf"{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH}\s*,?\s+{_YEAR}",
        rf"{_MONTH}\s*,?\s+{_YEAR}",
        rf"{_YEAR}/(?P<number>\d\d?)/(?P<day>\d\d?)",
        _YEAR,
    )
)
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_HOUR = re.compile(
    r",?\s+(?:[-–|]\s+)?(?:at\s+)?\d\d?:\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,5})?", re.IGNORECASE
)
_TWO_NUMBERS = re.compile(rf"(?P<first>\d\d?)[/.](?P<second>\d\d?)[/.]{_YEAR}")
_CREDENTIAL = re.compile(
    r"(?:M\.?D|Ph\.?D|D\.?O|R\.?D\.?N?|R\.?N|L\.?D\.?N?|M\.?S|M\.?P\.?H|B\.?Sc|M\.?Sc|Pharm\.?D|D\.?C\.?N|C\.?N\.?S|"
    r"C\.?D\.?C?\.?E\.?S?|C\.?S\.?S\.?D|F\.?A\.?N\.?D|F\.?A\.?C\.?P|D\.?D\.?S|N\.?D|N\.?P|Dr\.?P\.?H|Ed\.?D)\.?",
)


def iso_date(text: str) -> str | None:
    """`text` as an ISO 8601 date ("2024-05-03", "2024-05", "2024"), or None where it is no date or an ambiguous one.

    >>> iso_date("May 3, 2024"), iso_date("03/05/2024"), iso_date("25/05/2024"), iso_date("Fri, May 3, 2024 9:05 AM")
    ('2024-05-03', None, '2024-05-25', '2024-05-03')
    """
    text = text.strip().rstrip(".").strip()
    if len(text) > 60:
        return None
    if weekday := _WEEKDAY.match(text):
        text = text[weekday.end() :]
    if ":" in text and (hour := _HOUR.search(text)) and hour.end() == len(text):
        text = text[: hour.start()]
    if match := _TWO_NUMBERS.fullmatch(text):
        return _from_numbers(int(match["year"]), int(match["first"]), int(match["second"]))
    for pattern in _DATES:
        if match := pattern.fullmatch(text):
            found = match.groupdict()
            named = found.get("month")
            month = _MONTHS.index(named[:3].lower()) + 1 if named else int(found.get("number") or 0)
            return _valid(int(found["year"]), month, int(found.get("day") or 0))
    return None


def _from_numbers(year: int, first: int, second: int) -> str | None:
    """A date whose day and month may stand in either order: only where one order makes sense."""
    readings = {_valid(year, first, second), _valid(year, second, first)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        date = datetime.date(year, month or 1, day or 1)
    except ValueError:
        return None
    return date.isoformat()[: 10 if day else 7 if month else 4]


def person(text: str) -> Reviewer | None:
    """The name and credentials in a byline; None where no name stands in it.

    >>> person("Jane Roe, Ph.D., RD")
    Reviewer(name='Jane Roe', credentials=('Ph.D.', 'RD'))
    """
    parts = [piece.strip() for piece in re.split(r"[,;|(]", text.replace(")", "")) if piece.strip(" .")]
    if not parts or len(text) > 200:
        return None
    words = parts[0].split()
    trailing: list[str] = []
    while len(words) > 2 and _CREDENTIAL.fullmatch(words[-1]):
        trailing.insert(0, words.pop())
    if not words or not any(character.isalpha() for character in parts[0]):
        return None
    return Reviewer(" ".join(words), (*trailing, *parts[1:]))


def begins_with_credential(text: str) -> bool:
    """Whether a text begins with letters after a name, such as "RD" or "Ph.D."."""
    return _CREDENTIAL.fullmatch(re.split(r"[\s,;]", text, maxsplit=1)[0]) is not None


def looks_like_person(text: str) -> bool:
    """Whether a line alone may be somebody's name: a few capitalised words, perhaps with credentials."""
    name = re.split(r"[,;|(]", text, maxsplit=1)[0].split()
    if not 1 <= len(name) <= 6 or len(text) > 150 or text.endswith((":", "?", "!")):
        return False
    small = {"de", "van", "von", "der", "den", "la", "le", "da", "di", "bin", "al", "del", "dos", "and"}
    # scripts without capitals have names too
    return all((word[0].isalpha() and not word[0].islower()) or word.lower() in small for word in name)
