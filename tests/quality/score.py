"""Precision and recall of what the extractor says about the gold of this folder.

    python tests/quality/score.py [--half develop|test] [--insulin] [--show] [--only CONSTRUCTION]

How things are matched: a statement belongs to the gold sentence its ends stand in. An end is right if it is the gold's
concept, or if its span overlaps a gold span of that concept without being another annotated mention. Predicates must be
equal, `associated_with` and `same_as` hold in both directions, each gold relation counts once. Held statements are left
out; optional gold is neither rewarded nor missed. A mention is right if it overlaps a gold mention; nested ones are
optional. `same_as` is scored apart.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nutrigraph.graph_builder.document import Document
from nutrigraph.graph_builder.extraction import extract
from nutrigraph.graph_builder.page_content import PageContent
from nutrigraph.graph_builder.reading import read_page
from nutrigraph.graph_builder.recognition import Matcher
from nutrigraph.graph_builder.statement import HOLDING, End, Statement
from nutrigraph.ontology.vocabulary import load_vocabulary
from nutrigraph.project import read_project

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.quality.gold import GoldMention, GoldPage, GoldRelation, GoldSentence, Span, insulin_page, sentence_pages

SYMMETRIC = frozenset({"associated_with", "same_as"})
Extractor = Callable[[Document], PageContent]


@dataclass(slots=True)
class Tally:
    right: int = 0
    said: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else float(not self.gold)

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}   right {self.right} said {self.said} gold {self.gold}"


@dataclass(slots=True)
class Score:
    statements: Tally = field(default_factory=Tally)
    aliases: Tally = field(default_factory=Tally)
    mentions: Tally = field(default_factory=Tally)
    mentions_recalled: Tally = field(default_factory=Tally)
    """Of the gold mentions that are not nested and in the vocabulary: `right` were found."""
    modality: Tally = field(default_factory=Tally)
    per_predicate: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    per_construction: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    negated_as_asserted: list[str] = field(default_factory=list)
    on_empty_sentences: list[str] = field(default_factory=list)
    outside_sentences: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    held_but_published: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def slug(name: str) -> str:
    """The last part of an IRI, or a label, as a slug."""
    return re.sub(r"[^a-z0-9]+", "-", re.split(r"[/#]", name.rstrip("/#"))[-1].lower()).strip("-")


def overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


# ---------------------------------------------------------------- the extractor


def extractor() -> Extractor:
    """The real pipeline over the bundled vocabulary."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "pages").mkdir()
        (Path(folder) / "nutrigraph.toml").write_text(
            '[project]\ntitle = "Gold"\nbase_url = "https://www.example.org/glossary/"\n'
            '[[pages]]\npath = "pages"\n[vocabulary]\nbundled = ["nutrition"]\n',
            "utf-8",
        )
        project = read_project(Path(folder))
        vocabulary = load_vocabulary(project)
    matcher = Matcher(vocabulary)

    def run(document: Document) -> PageContent:
        named = vocabulary.named(document.title) if document.kind == "glossary" else ()
        return extract(document, matcher, named[0] if named else None, project.concepts)

    return run


# ---------------------------------------------------------------- matching


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of the extractor with its ends in offsets of the page."""

    statement: Statement
    subject_span: Span | None
    object_span: Span | None

    def __str__(self) -> str:
        s = self.statement
        return f"{slug(s.subject.concept)} {s.predicate} {slug(s.object.concept)} ({s.modality})"


def placed(statement: Statement) -> Said:
    def span(end: End) -> Span | None:
        if end.start is None or end.end is None:
            return None
        return statement.start + end.start, statement.start + end.end

    return Said(statement, span(statement.subject), span(statement.object))


def sentence_of(said: Said, page: GoldPage) -> GoldSentence | None:
    for span in (said.object_span, said.subject_span, (said.statement.start, said.statement.end)):
        there = [s for s in page.sentences if span is not None and overlap(s.span, span)]
        if there:
            return there[0]
    return None


def end_right(end: End, span: Span | None, concept: str, sentence: GoldSentence) -> bool:
    if concept in (slug(end.concept), slug(end.label)):
        return True
    gold = sentence.spans(concept)
    if span is None or not any(overlap(span, g) for g in gold):
        return False
    if span in gold:
        return True
    others = [m for m in sentence.mentions if m.concept != concept]
    beside = [m.span for m in others if not m.nested and not any(overlap(m.span, g) for g in gold)]
    return span not in [m.span for m in others] and not any(overlap(span, other) for other in beside)


def ends_right(said: Said, relation: GoldRelation, sentence: GoldSentence, *, undirected: bool) -> bool:
    subject, object_ = said.statement.subject, said.statement.object

    def as_said(first: str, second: str) -> bool:
        return end_right(subject, said.subject_span, first, sentence) and end_right(
            object_, said.object_span, second, sentence
        )

    return as_said(relation.subject, relation.object) or (undirected and as_said(relation.object, relation.subject))


def alias_right(said: Said, alias: tuple[Span, Span]) -> bool:
    ends = said.subject_span, said.object_span
    return any(
        a is not None and b is not None and overlap(a, alias[0]) and overlap(b, alias[1]) for a, b in (ends, ends[::-1])
    )


def pair(edges: Sequence[Sequence[int]]) -> dict[int, int]:
    """A largest one-to-one matching: edges[i] lists what i may take, best first; the answer maps i to what it took."""
    taken: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j not in seen:
                seen.add(j)
                if j not in taken or place(taken[j], seen):
                    taken[j] = i
                    return True
        return False

    for i in range(len(edges)):
        place(i, set())
    return {i: j for j, i in taken.items()}


# ---------------------------------------------------------------- scoring


def score(pages: Iterable[GoldPage], run: Extractor) -> Score:
    """Reads and extracts every page and compares it with its gold."""
    result = Score()
    for page in pages:
        document = read_page(page.path, page.source.encode("utf-8"), page.kind)
        content = run(document)
        by_sentence: dict[str, list[Said]] = defaultdict(list)
        for said in map(placed, content.statements):
            sentence = sentence_of(said, page)
            if sentence is None:
                result.outside_sentences.append(f"{page.path}: {said}")
            else:
                by_sentence[sentence.id].append(said)
        for sentence in page.sentences:
            score_statements(sentence, by_sentence[sentence.id], result)
            score_mentions(sentence, [(m.start, m.end) for m in content.mentions], result)
    return result


def score_statements(sentence: GoldSentence, said: list[Said], result: Score) -> None:
    held = [s for s in said if HOLDING.intersection(s.statement.flags)]
    said = [s for s in said if s not in held]
    result.held += [f"{sentence.id}: {s}" for s in held]
    for s in said:
        for r in sentence.relations:
            if r.held and r.predicate == s.statement.predicate and ends_right(s, r, sentence, undirected=True):
                result.held_but_published.append(f"{sentence.id}: {s}")
    score_aliases(sentence, [s for s in said if s.statement.predicate == "same_as"], result)
    claims = [s for s in said if s.statement.predicate != "same_as"]
    gold = [r for r in sentence.relations if r.predicate != "same_as" and not r.held]
    edges = []
    for s in claims:
        predicate, modality = s.statement.predicate, s.statement.modality
        fits = [
            (r.modality != modality, n)
            for n, r in enumerate(gold)
            if r.predicate == predicate and ends_right(s, r, sentence, undirected=predicate in SYMMETRIC)
        ]
        edges.append([n for _, n in sorted(fits)])
    pairs = pair(edges)
    for i, s in enumerate(claims):
        match = gold[pairs[i]] if i in pairs else None
        count_claim(sentence, s, match, result)
    for n, r in enumerate(gold):
        if not r.optional:
            for tally in tallies(result, sentence, r.predicate):
                tally.gold += 1
            if n not in pairs.values():
                result.lines.append(f"missed {sentence.id} [{sentence.construction}] {r}   | {sentence.text}")


def tallies(result: Score, sentence: GoldSentence, predicate: str) -> tuple[Tally, Tally, Tally]:
    return result.statements, result.per_predicate[predicate], result.per_construction[sentence.construction]


def count_claim(sentence: GoldSentence, said: Said, match: GoldRelation | None, result: Score) -> None:
    statement = said.statement
    if match is not None:
        result.modality.said += 1
        result.modality.right += statement.modality == match.modality
        if statement.modality != match.modality:
            result.lines.append(f"modality {sentence.id} said {said} gold {match.modality}   | {sentence.text}")
    negated = [r for r in sentence.relations if r.modality == "negated"]
    denied = any(ends_right(said, r, sentence, undirected=True) for r in negated)
    if statement.modality == "asserted" and denied and (match is None or match.modality == "negated"):
        result.negated_as_asserted.append(f"{sentence.id}: {said}")
    if match is not None and match.optional:
        return
    for tally in tallies(result, sentence, statement.predicate):
        tally.said += 1
        tally.right += match is not None
    if match is None:
        result.lines.append(f"wrong  {sentence.id} [{sentence.construction}] {said}   | {sentence.text}")
        if not sentence.relations and not sentence.aliases:
            result.on_empty_sentences.append(f"{sentence.id}: {said}")


def score_aliases(sentence: GoldSentence, said: list[Said], result: Score) -> None:
    gold = sentence.aliases
    pairs = pair([[n for n, alias in enumerate(gold) if alias_right(s, alias)] for s in said])
    result.aliases.gold += len(gold)
    result.aliases.right += len(pairs)
    for i, s in enumerate(said):
        relations = [r for r in sentence.relations if r.predicate == "same_as"]
        if i not in pairs and any(ends_right(s, r, sentence, undirected=True) for r in relations):
            continue
        result.aliases.said += 1
        if i not in pairs:
            result.lines.append(f"wrong  {sentence.id} [{sentence.construction}] {s}   | {sentence.text}")
    for n, alias in enumerate(gold):
        if n not in pairs.values():
            words = " ~ ".join(sentence.text[a - sentence.span[0] : b - sentence.span[0]] for a, b in alias)
            result.lines.append(f"missed {sentence.id} [{sentence.construction}] same_as {words}   | {sentence.text}")


def score_mentions(sentence: GoldSentence, found: list[Span], result: Score) -> None:
    def words(span: Span) -> str:
        return sentence.text[max(0, span[0] - sentence.span[0]) : max(0, span[1] - sentence.span[0])]

    found = sorted(span for span in found if overlap(span, sentence.span))
    gold = sorted(sentence.mentions, key=lambda m: m.span)

    def worth(span: Span, mention: GoldMention) -> tuple[bool, bool]:
        return span != mention.span, mention.nested

    edges = []
    for span in found:
        fits = [(*worth(span, m), n) for n, m in enumerate(gold) if overlap(span, m.span)]
        edges.append([n for *_, n in sorted(fits)])
    pairs = pair(edges)
    hit = set(pairs.values())
    required = [n for n, m in enumerate(gold) if not m.nested]
    result.mentions.said += len(found)
    result.mentions.gold += len(required)
    result.mentions.right += len(pairs)
    for n in required:
        if not gold[n].oov:
            result.mentions_recalled.gold += 1
            result.mentions_recalled.right += n in hit
            if n not in hit:
                unseen = f"{words(gold[n].span)} = {gold[n].concept}"
                result.lines.append(f"unseen {sentence.id} {unseen}   | {sentence.text}")
    for i, span in enumerate(found):
        if i not in pairs:
            result.lines.append(f"extra  {sentence.id} mention {words(span)}   | {sentence.text}")


# ---------------------------------------------------------------- for people


def show(result: Score, *, lines: bool) -> None:
    print(f"statements              {result.statements}")
    print(f"aliases                 {result.aliases}")
    print(f"mentions (overlap)      P {result.mentions.precision:.3f}  said {result.mentions.said}")
    print(f"  in the vocabulary     R {result.mentions_recalled.recall:.3f}  gold {result.mentions_recalled.gold}")
    print(f"modality right          {result.modality.right}/{result.modality.said}")
    for title, table in (("relation", result.per_predicate), ("construction", result.per_construction)):
        print(f"by {title}:")
        for name in sorted(table):
            print(f"  {name:24} {table[name]}")
    for title, found in (
        ("negated but asserted", result.negated_as_asserted),
        ("said of sentences that state nothing", result.on_empty_sentences),
        ("outside the gold's sentences", result.outside_sentences),
        ("held", result.held),
        ("published though the gold holds it", result.held_but_published),
    ):
        print(f"{title}: {len(found)}")
        for one in found:
            print(f"  {one}")
    if lines:
        for one in result.lines:
            print(one)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--half", choices=("develop", "test"), default="develop")
    parser.add_argument("--insulin", action="store_true", help="the example's insulin page instead of the sentences")
    parser.add_argument("--show", action="store_true", help="list everything wrong and missed")
    parser.add_argument("--only", help="only sentences of this construction")
    options = parser.parse_args(arguments)
    pages = [insulin_page()] if options.insulin else sentence_pages(options.half)
    if options.only:
        pages = [page for page in pages if page.sentences[0].construction == options.only]
    show(score(pages, extractor()), lines=options.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
