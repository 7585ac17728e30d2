"""Which language a page is in, as far as it matters: whether it is the one of the project.

Each language has words that every text in it is full of and that no other has. Their share of a text tells languages
apart more surely than a page's lang attribute, which themes and translators forget.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import islice

_NAMES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nb": "Norwegian", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "th": "Thai",
    "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_COMMON = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and is to in that with for this are from which it they their when or by can be as has have not",
        "de": "der das und ist nicht mit den dem ein eine einer einem für auf im sich werden wird durch bei oder auch",
        "fr": "le les des est une dans qui pour avec sur du ce cette sont au aux par ne pas vous il elle être",
        "es": "el los las del es una que por con para se su como más pero son al está lo puede ser también",
        "it": "il gli della che è un una per con non sono del nel alla di dei delle può anche come si più",
        "pt": "o os uma que não com para por dos das é do da em um ao mais como pode ser são também no na",
        "nl": "het een van is dat niet met voor op zijn wordt worden door bij ook naar deze kan uit aan te de",
        "sv": "och att det som är en på av för med den till inte ett kan eller om vid från har",
        "da": "og at det som er en på af for med den til ikke et kan eller ved fra har også der",
        "no": "og at det som er en på av for med den til ikke et kan eller ved fra har også",
        "fi": "ja on ei että se ovat joka kuin myös tai mutta voi sekä jos kun ole",
        "pl": "i w na z się jest nie do że to jak lub przez oraz są dla może od po",
        "cs": "a v na je se že s z do nebo jsou pro může jako při také není který",
        "ro": "și în de la cu este că pe un nu se sau sunt care pentru din poate",
        "hu": "a az és hogy nem egy is vagy meg van ez mint ha csak lehet",
        "tr": "ve bir bu için ile olarak da de olan veya daha gibi çok en",
        "id": "yang dan di dari untuk dengan ini adalah dapat pada atau tidak oleh dalam",
        "vi": "của và là có các trong được cho không một với người này để",
    }.items()
}
_SCRIPTS = {
    "CYRILLIC": "ru", "GREEK": "el", "ARABIC": "ar", "HEBREW": "he", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja",
    "CJK": "zh", "THAI": "th", "DEVANAGARI": "hi",
}  # fmt: skip
_SAME_SCRIPT = {"uk": "ru", "bg": "ru", "sr": "ru", "ja": "zh", "fa": "ar", "ur": "ar"}
_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 600
_ENOUGH = 20
"""Words by which a text tells its language."""
_DIFFERENT = 3
"""So many different common words of a language a text in it has at least."""
_CERTAIN = 0.15
"""The share above which no other language needs to be looked at."""
_TELLING = 0.08
"""The share of a language's common words above which a text is in it: real texts have .2 to .4."""


def other_language(texts: Sequence[str], wanted: str, declared: str | None) -> str | None:
    """The name of the language that a page is in, if that is not `wanted`; None where it is, or cannot be told.

    `texts` are the page's own words; `wanted` and `declared` are language tags ("en", "pt-BR").
    """
    own = _primary(wanted)
    said = _primary(declared or "")
    words = [word.lower() for word in islice((m[0] for text in texts for m in _WORD.finditer(text)), _MOST_WORDS)]
    count = len(words) or 1
    shares = {own: sum(map(_COMMON.get(own, frozenset()).__contains__, words)) / count}
    if shares[own] >= _CERTAIN and count >= _ENOUGH:
        return None
    script = _script(words)
    if script and script not in (own, _SAME_SCRIPT.get(own)):
        return _NAMES[said if _SAME_SCRIPT.get(said) == script and said in _NAMES else script]
    if own not in _COMMON:
        return None if said in ("", own) else _NAMES.get(said, said)
    shares = {language: sum(map(common.__contains__, words)) / count for language, common in _COMMON.items()}
    if count >= _ENOUGH:
        best = max(shares, key=lambda language: (shares[language], language == said, language))
        several = len(_COMMON[best].intersection(words)) >= _DIFFERENT  # "to" alone makes no English page Polish
        is_other = several and shares[best] >= _TELLING and shares[own] * 2 < shares[best]
        return _NAMES[best] if is_other and best != own else None
    if words and said not in ("", own) and said in _NAMES and shares[own] <= shares.get(said, 0):
        return _NAMES[said]
    return None


def _primary(tag: str) -> str:
    language = re.split(r"[-_]", tag.strip().lower(), maxsplit=1)[0]
    return {"nb": "no", "nn": "no"}.get(language, language)


def _script(words: Sequence[str]) -> str | None:
    """The language that stands for the script of most letters, None for Latin."""
    letters = Counter(
        unicodedata.name(letter, "").split(" ")[0].split("-")[0] for word in words[:500] for letter in word
    )
    if not letters:
        return None
    if letters["HIRAGANA"] + letters["KATAKANA"] > 0.1 * letters.total():
        return "ja"
    name, count = letters.most_common(1)[0]
    return _SCRIPTS.get(name) if count * 2 > letters.total() else None
