"""Words of a text and the one form in which names and pages are compared.

Case, plural, possessive, hyphen, Greek letters and British spelling are what differs most often between a vocabulary
and a page; `normal_form` removes these differences and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+(?:[’'](?![sS]\b)[^\W_]+)*|[’'][sS]\b|[^\w\s]|_")
_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ω": "omega", "μ": "mu", "κ": "kappa", "λ": "lambda"}
_BRITISH = (
    (re.compile(r"aem"), "em"),  # glycaemic, anaemia, haemoglobin
    (re.compile(r"oea"), "ea"),  # apnoea, diarrhoea
    (re.compile(r"^oe(?=[sd])"), "e"),  # oestrogen, oedema
    (re.compile(r"^coeli"), "celi"),
    (re.compile(r"^paed"), "ped"),
    (re.compile(r"(?<=[bt])re$"), "er"),  # fibre, litre, centre
    (re.compile(r"(?<=[^aeiou])our(?=$|s$)"), "or"),  # tumour, colour
    (re.compile(r"is(?=ation|ing$|ed$)"), "iz"),
    (re.compile(r"(?<=l)ys(?=e$|ed$|ing$)"), "yz"),
)
_AS_THEY_ARE = frozenset("hour hours our ours four pour sour tour exercising raising promised raised".split())
_ES = re.compile(r"(?:ss|x|zz|ch|sh|[^a]us|[a-z]{2}[^aeiou]o)es$")
_IRREGULAR = {"women": "woman", "men": "man", "children": "child", "feet": "foot", "teeth": "tooth", "mice": "mouse"}


class Token(NamedTuple):
    """One word or punctuation mark of a text: its span, its characters as they stand and in lower case, its normal
    form, and whether it is a word."""

    text: str
    start: int
    end: int
    lower: str
    norm: str
    is_word: bool


def tokens(text: str) -> list[Token]:
    """The words and punctuation marks of a text, in order; a possessive 's is a token of its own."""
    return [Token(m[0], m.start(), m.end(), *_forms(m[0])) for m in _TOKEN.finditer(text)]


def words_and_marks(text: str) -> tuple[list[str], list[int]]:
    """The words and punctuation marks of a text as they stand, and where each begins: what `tokens` rests on."""
    found = list(_TOKEN.finditer(text))
    return [each[0] for each in found], [each.start() for each in found]


def normal_forms(text: str) -> set[str]:
    """The normal forms of the words of a text."""
    return set().union(*map(_words_of, set(text.split())))


@lru_cache(maxsize=1 << 16)
def _words_of(run: str) -> frozenset[str]:
    """The normal forms of the words of a run of characters without blanks."""
    return frozenset(normal_form(word) for word in _TOKEN.findall(run) if word[0].isalnum())


@lru_cache(maxsize=1 << 16)
def _forms(word: str) -> tuple[str, str, bool]:
    """A word in lower case, in its normal form, and whether it is one rather than a mark."""
    return word.lower().replace("’", "'"), normal_form(word), word[0].isalnum()


@lru_cache(maxsize=1 << 16)
def normal_form(word: str) -> str:
    """One word as names and pages are compared by it.

    >>> [normal_form(w) for w in ("Levels", "β", "glycaemic", "bodies", "fibre", "GLP")]
    ['level', 'beta', 'glycemic', 'body', 'fiber', 'glp']
    """
    if not word[0].isalnum():
        return "'s" if len(word) > 1 else word
    word = unicodedata.normalize("NFKC", word).casefold().replace("’", "'")
    if word in _GREEK:
        return _GREEK[word]
    if word not in _AS_THEY_ARE:
        for pattern, american in _BRITISH:
            word = pattern.sub(american, word)
    return singular(word)


def singular(word: str) -> str:
    """The word without its plural ending; a word that only looks like a plural loses it as well, everywhere alike."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ie") and len(word) > 4:
        return word[:-2] + "y"  # as "calories" become "calory"
    if word[:-1].isdecimal() and word.endswith("s"):
        return word[:-1]  # "omega-3s"
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if _ES.search(word):
        return word[:-2]
    return word[:-1]
