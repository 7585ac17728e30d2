"""What a chunk of a sentence can be.

Plain strings, as sentences are read by comparing kinds again and again, and members of an Enum are slow to come by.
"""

from __future__ import annotations

from typing import Final, Literal

Kind = Literal[
    "noun phrase", "verb group", "preposition", "conjunction", "relative", "subordinator", "example", "adverb",
    "comma", "colon", "open", "close", "stop",
]  # fmt: skip

NOUN_PHRASE: Final = "noun phrase"
VERB_GROUP: Final = "verb group"
PREPOSITION: Final = "preposition"
CONJUNCTION: Final = "conjunction"
RELATIVE: Final = "relative"
SUBORDINATOR: Final = "subordinator"
EXAMPLE: Final = "example"
ADVERB: Final = "adverb"
COMMA: Final = "comma"
COLON: Final = "colon"
OPEN: Final = "open"
CLOSE: Final = "close"
STOP: Final = "stop"
