"""Where the sentences of a visible text begin and end."""

from __future__ import annotations

import re

_STOP = re.compile(r"[.!?…]++(?:[\"'”’»)\]]|\[\^?\d[\d, –-]*\])*+|[。！？]++[」』”’）]*+")
_BEFORE_NEXT = re.compile(r"\s*+")
_OPENERS = re.compile(r"[\"'“‘«(\[*_]*+")
_LAST_WORD = re.compile(r"[^\s\"'“”‘’()\[\]—–]+\Z")
_NEXT_WORD = re.compile(r"\w++")
_STARTS_SMALL = re.compile(r"[α-ωµ]|[a-z]{1,3}[A-Z]|[a-z]-[\dA-Za-z]")
"""Words that begin in lower case wherever they stand: "β-cells", "pH", "mRNA", "n-3 fatty acids"."""

_NEVER_LAST = frozenset("e.g eg i.e ie cf vs viz approx dr mr mrs ms prof mt incl esp resp".split())
"""Abbreviations that no sentence ends with."""

_SELDOM_LAST = frozenset(
    "al fig figs eq ref refs sp spp ssp subsp var jr sr inc ltd co corp vol ed eds st dept univ ph.d u.s".split()
)
"""Abbreviations that end a sentence only where the next word is one that begins sentences."""

_BEFORE_NUMBERS = frozenset("no nos p pp fig figs eq vol ch sec ca c art".split())

_STARTERS = frozenset(
    "a after all also although an and as at because both but by each for from he her his how however if in it its many "
    "most on one other our people she since some such that the their there therefore these they this those thus to "
    "unlike we what when where while with without you your".split()
)
_LETTER_NAMED = frozenset(
    "vitamin vitamins hepatitis type group factor class grade stage coenzyme immunoglobulin".split()
)
"""Words after which a single capital letter is a name ("vitamin C. Scurvy …"), not somebody's initial."""

_LONGEST_WORD = 40


def sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences of `text`, in order, without white space at either end.

    Together they cover everything but white space. Semicolons and colons don't end a sentence; neither does the full
    stop of an abbreviation, a decimal, an initial ("B. subtilis") or of a list's number.
    """
    spans: list[tuple[int, int]] = []
    start = _skip_space(text, 0)
    for stop in _STOP.finditer(text):
        end = stop.end()
        following = _skip_space(text, end)
        if following == len(text):
            break
        if stop[0][0] not in "。！？" and (following == end or not _ends(text, start, stop, following)):
            continue
        spans.append((start, end))
        start = following
    if start < len(text):
        spans.append((start, len(text.rstrip())))
    return spans


def _skip_space(text: str, at: int) -> int:
    match = _BEFORE_NEXT.match(text, at)
    return match.end() if match else at


def _ends(text: str, start: int, stop: re.Match[str], following: int) -> bool:
    """Whether the stop, which white space follows, ends the sentence begun at `start`."""
    opened = _OPENERS.match(text, following)
    first = opened.end() if opened else following
    letter = text[first : first + 1]
    if letter.islower() and not _STARTS_SMALL.match(text, first):
        return False
    if letter and letter in "-–—,;:•·&=+":
        return False
    return stop[0] != "." or _full_stop_ends(text, start, stop.start(), first)


def _full_stop_ends(text: str, start: int, stop: int, first: int) -> bool:
    """The same for a single full stop at `stop`: the word before it may be an abbreviation."""
    found = _LAST_WORD.search(text, max(start, stop - _LONGEST_WORD), stop)
    if found is None:
        return True
    word = found[0].lower()
    if word.isdigit() and found.start() == start and len(word) <= 3:
        return False
    if word in _NEVER_LAST:
        return False
    if word in _BEFORE_NUMBERS and text[first : first + 1].isdigit():
        return False
    following = _NEXT_WORD.match(text, first)
    starter = following is not None and following[0].lower() in _STARTERS
    if "." in word.strip(".") and re.fullmatch(r"(?:[^\W\d]{1,3}\.)+[^\W\d]{1,3}", word):
        return starter
    if word in _SELDOM_LAST:
        return starter
    if len(word) == 1 and found[0].isupper():
        return starter or _named_by_letter(text, start, found.start())
    return True


def _named_by_letter(text: str, start: int, letter: int) -> bool:
    before = text[max(start, letter - _LONGEST_WORD) : letter].split()
    return bool(before) and before[-1].lower() in _LETTER_NAMED
