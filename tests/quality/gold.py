"""The gold of this folder as plain values, with all spans in offsets of a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SENTENCES = HERE / "sentences.jsonl"
INSULIN_GOLD = HERE / "insulin_gold.json"
EXAMPLE = HERE.parent.parent / "nutrigraph" / "example"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GoldMention:
    span: Span
    concept: str
    oov: bool
    nested: bool


@dataclass(frozen=True, slots=True)
class GoldRelation:
    subject: str
    predicate: str
    object: str
    modality: str
    optional: bool
    held: bool

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object} ({self.modality})"


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """All spans count in the page's source."""

    id: str
    construction: str
    text: str
    span: Span
    mentions: tuple[GoldMention, ...]
    relations: tuple[GoldRelation, ...]
    aliases: tuple[tuple[Span, Span], ...]

    def spans(self, concept: str) -> list[Span]:
        return [m.span for m in self.mentions if m.concept == concept]


@dataclass(frozen=True, slots=True)
class GoldPage:
    path: str
    source: str
    kind: str
    sentences: tuple[GoldSentence, ...]


def gold_sentence(raw: dict[str, Any], at: int) -> GoldSentence:
    """A sentence of the gold, whose text stands at offset `at` of its page."""
    return GoldSentence(
        id=raw["id"],
        construction=raw.get("construction", "insulin"),
        text=raw["text"],
        span=(at, at + len(raw["text"])),
        mentions=tuple(
            GoldMention((at + m["start"], at + m["end"]), m["concept"], m.get("oov", False), m.get("nested", False))
            for m in raw["mentions"]
        ),
        relations=tuple(
            GoldRelation(
                r["subject"], r["predicate"], r["object"], r["modality"], r.get("optional", False), r.get("held", False)
            )
            for r in raw["relations"]
        ),
        aliases=tuple(
            ((at + a["spans"][0][0], at + a["spans"][0][1]), (at + a["spans"][1][0], at + a["spans"][1][1]))
            for a in raw["aliases"]
        ),
    )


def sentence_pages(half: str | None = None) -> list[GoldPage]:
    """One tiny page a sentence: its heading and the sentence before it, where the gold gives them, and the sentence."""
    pages = []
    for line in SENTENCES.read_text("utf-8").splitlines():
        raw = json.loads(line)
        if half is not None and raw["half"] != half:
            continue
        ending, mark = ("md", "## ") if "\n- " in raw["text"] else ("txt", "")
        heading = f"{mark}{raw['heading']}\n\n" if "heading" in raw else ""
        before = f"{raw['before']} " if "before" in raw else ""
        source = f"{heading}{before}{raw['text']}\n"
        at = len(heading) + len(before)
        pages.append(GoldPage(f"pages/{raw['id']}.{ending}", source, "article", (gold_sentence(raw, at),)))
    return pages


def insulin_page() -> GoldPage:
    """The insulin page of the example glossary with its gold; sentences stand in the order of the page."""
    gold = json.loads(INSULIN_GOLD.read_text("utf-8"))
    source = (EXAMPLE / gold["page"]).read_text("utf-8")
    sentences, at = [], 0
    for raw in gold["sentences"]:
        at = source.index(raw["text"], at)
        sentences.append(gold_sentence(raw, at))
        at += len(raw["text"])
    return GoldPage(gold["page"], source, "glossary", tuple(sentences))
