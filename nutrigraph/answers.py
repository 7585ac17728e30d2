"""Answers as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from nutrigraph.printing import clean, paragraph

if TYPE_CHECKING:
    from nutrigraph.queries.comparison import Comparison
    from nutrigraph.queries.concepts import ConceptCard
    from nutrigraph.queries.gap import Gap
    from nutrigraph.queries.overview import Overview
    from nutrigraph.queries.paths import Path
    from nutrigraph.queries.related import RelatedSuggestion
    from nutrigraph.queries.statements import Evidence, StatementRecord

STATEMENT_COLUMNS = (
    *("id", "subject.label", "predicate.name", "object.label", "modality", "status", "confidence"),
    *("evidence.page", "evidence.section", "evidence.quote_text", "evidence.reviewed_by", "evidence.date"),
    *("evidence.url", "subject.id", "predicate.id", "object.id"),
)
"""The columns of statements as CSV."""
MOST_SENTENCES = 2
"""How many sentences a step of a chain shows; `--format json` has them all."""
NOT_STATED = "Not stated: no page says anything about that."


def card(concept: ConceptCard) -> str:
    """One concept: names, definition, identifiers, place in the hierarchy, and what pages state with the sentences."""
    kind = f" ({clean(concept.type_label)})" if concept.type_label else ""
    lines = [clean(concept.label) + kind + (", a term that no vocabulary knows" if concept.candidate else "")]
    if concept.definition:
        lines.append(paragraph(concept.definition, "  "))
    facts = {
        "also called": concept.synonyms,
        "is a kind of": [ref.label for ref in concept.broader],
        "includes": [ref.label for ref in concept.narrower],
        "identifiers": [concept.id, *concept.identifiers],
        "page": [f"{concept.page}, {concept.url}"] if concept.page else [],
        "page reviewed by": [concept.reviewed_by] if concept.reviewed_by else [],
    }
    for name, values in facts.items():
        if values:
            lines.append(paragraph("; ".join(clean(value) for value in values), "    ", f"  {name}: "))
    for heading, group in (
        ("What pages say of it", concept.statements),
        ("What pages say of others with it", concept.statements_about),
    ):
        if group:
            lines += ["", f"{heading}:", _repeated(group)]
    if not concept.statements and not concept.statements_about:
        lines += ["", NOT_STATED]
    return "\n".join(lines)


def _repeated(statements: Iterable[StatementRecord]) -> str:
    """Statements as `claims` shows them, but what several sentences say stands there once, with all of them."""
    sentences: dict[str, list[str]] = {}
    for statement in statements:
        sentences.setdefault(claim(statement), []).append(source(statement.evidence, "      "))
    return "\n".join("\n".join([words, *found]) for words, found in sentences.items())


def claims(statements: Iterable[StatementRecord]) -> str:
    """Statements one below the other, each with its sentence and where that stands."""
    return "\n".join(f"{claim(statement)}\n{source(statement.evidence, '      ')}" for statement in statements)


def claim(statement: StatementRecord, indent: str = "  ") -> str:
    """One statement in a line: its words, and what a reader must know before believing it."""
    marks = [statement.status] if statement.status != "published" else []
    marks += statement.flags
    if statement.review and statement.review.mark:
        marks.append("decided on where it stood before")
    roles = "".join(f", {clean(qualifier.role)} {clean(qualifier.concept.label)}" for qualifier in statement.qualifiers)
    text = f"{clean(statement.subject.label)} {clean(statement.predicate.label)} {clean(statement.object.label)}{roles}"
    if statement.modality == "negated":
        text = f"not: {text}"
    return paragraph(text + (f"  [{'; '.join(marks)}]" if marks else ""), indent + "    ", indent)


def source(evidence: Evidence, indent: str) -> str:
    """The sentence, the page it stands on, and who reviewed that page."""
    reviewed = f", page reviewed by {clean(evidence.reviewed_by)}" if evidence.reviewed_by else ""
    date = f", {clean(evidence.date)}" if evidence.date else ""
    return paragraph(f"“{clean(evidence.quote_text)}” ({clean(evidence.page)}{reviewed}{date})", indent)


def chain(number: int, path: Path) -> str:
    """A chain of relations between two concepts, each step with its sentences."""
    lines = [paragraph(" → ".join(clean(node.label) for node in path.nodes), "   ", f"{number}. ")]
    for step in path.steps:
        lines.append(paragraph(step.text, "     ", "   "))
        lines += [source(evidence, "      ") for evidence in step.evidence[:MOST_SENTENCES]]
        if len(step.evidence) > MOST_SENTENCES:
            lines.append(f"      and {counted(len(step.evidence) - MOST_SENTENCES, 'sentence')} more")
        if not step.evidence:
            from_which = f"the vocabulary {clean(step.source)}" if step.source else "a vocabulary"
            lines.append(f"      ({'a mapping of' if step.origin == 'mapping' else 'from'} {from_which}, no sentence)")
    return "\n".join(lines)


def comparison(found: Comparison) -> str:
    """Two concepts side by side: what is said of both, then what of one alone, each with a sentence."""
    first, second = clean(found.first.label), clean(found.second.label)
    lines = [f"{first} and {second}"]
    for card in (found.first, found.second):
        lines.append(f"  {clean(card.label)}: {clean(card.type_label) or 'of no known type'}")
    if found.kinds:
        lines.append(paragraph(f"Both are: {listed([kind.label for kind in found.kinds])}", "    ", "  "))
    lines += ["", "Pages say of both:" if found.shared else "Pages say nothing that is the same of both."]
    for one, other in found.shared:
        for trait, label in ((one, first), (other, second)):
            lines += [paragraph(trait.text(label), "      ", "  "), source(trait.statements[0].evidence, "      ")]
    for label, traits in ((first, found.only_first), (second, found.only_second)):
        lines += ["", f"Only of {label}:" if traits else f"Nothing is said of {label} alone."]
        for trait in traits:
            lines += [paragraph(trait.text(label), "      ", "  "), source(trait.statements[0].evidence, "      ")]
    return "\n".join(lines)


def comparison_records(found: Comparison) -> list[dict[str, object]]:
    """A comparison as records, one a trait, with its first sentence."""
    groups = [("both", trait) for trait, _ in found.shared]
    groups += [(found.first.label, trait) for trait in found.only_first]
    groups += [(found.second.label, trait) for trait in found.only_second]
    return [
        {
            **trait.as_json(),
            "said_of": said_of,
            "quote": trait.statements[0].evidence.quote_text,
            "page": trait.statements[0].evidence.page,
        }
        for said_of, trait in groups
    ]


def overview(found: Overview) -> str:
    """The whole from far: counts, central concepts, communities, islands, bridges."""
    lines = [
        f"{counted(found.pages, 'page')}, {counted(found.statements, 'statement')} about "
        f"{counted(found.concepts, 'concept')}"
    ]
    if found.central:
        lines += ["", "Central concepts:"]
        for each in found.central:
            related = f"related with {counted(each.neighbours, 'other')}"
            lines.append(f"  {clean(each.concept.label)}: {related} in {counted(each.statements, 'statement')}")
    for heading, groups in (("Communities", found.communities), ("Islands", found.islands)):
        if groups:
            lines += ["", f"{heading}:"]
            for group in groups:
                rest = listed([concept.label for concept in group.concepts[3:]])
                also = f"; also {rest}" if rest else ""
                lines.append(paragraph(f"{group.name} ({len(group.concepts)}){also}", "      ", "  "))
    if found.bridges:
        lines += ["", "Relations that alone hold parts together:"]
        for bridge in found.bridges:
            one = bridge.connections[0]
            words = f"{one.subject.label} {one.predicate.label} {one.object.label}"
            lines.append(paragraph(f"{words}: without it {bridge.separated} concepts stand alone", "      ", "  "))
    return "\n".join(lines)


def overview_records(found: Overview) -> list[dict[str, object]]:
    """An overview as records: kind, name, size, and the labels of the concepts."""
    records: list[dict[str, object]] = [
        {"kind": "central", "name": each.concept.label, "size": each.neighbours, "concepts": [each.concept.label]}
        for each in found.central
    ]
    for kind, groups in (("community", found.communities), ("island", found.islands)):
        for group in groups:
            labels = [concept.label for concept in group.concepts]
            records.append({"kind": kind, "name": group.name, "size": len(labels), "concepts": labels})
    for bridge in found.bridges:
        one = bridge.connections[0]
        name = f"{one.subject.label} {one.predicate.label} {one.object.label}"
        ends = [one.subject.label, one.object.label]
        records.append({"kind": "bridge", "name": name, "size": bridge.separated, "concepts": ends})
    return records


def steps(number: int, path: Path) -> list[dict[str, object]]:
    """A chain as records, one a step with its best sentence."""
    records: list[dict[str, object]] = []
    for place, step in enumerate(path.steps, 1):
        best = step.evidence[0].as_json() if step.evidence else {}
        records.append({"chain": number, "score": path.score, "step": place, **best, **step.as_json()})
    return records


def gap_report(gaps: Sequence[Gap]) -> str:
    """Gaps by kind, the gravest first, each kind with why it matters."""
    from nutrigraph.queries.gap import KINDS

    parts: list[str] = []
    for name, group in groupby(gaps, key=lambda gap: gap.kind):
        kind, same = KINDS[name], list(group)
        parts.append(paragraph(f"{kind.title} {kind.why} ({kind.severity}, {name}: {len(same)})"))
        parts += [paragraph(gap_message(gap), "    ", "  - ") for gap in same]
        parts.append("")
    return "\n".join(parts)


def related_concepts(found: RelatedSuggestion) -> str:
    """Two concepts that may be related: how probable that is, why, and the sentences that suggest it."""
    ends = f"{clean(found.subject.label)} – {clean(found.object.label)}"
    lines = [paragraph(f"{found.probability:.2f}  {ends}  ({found.id})")]
    lines.append(paragraph("; ".join(clean(reason) for reason in found.reasons), "      "))
    return "\n".join([*lines, *(source(evidence, "      ") for evidence in found.evidence)])


def gap_message(gap: Gap) -> str:
    """What is missing, with the page that it is missing on."""
    return gap.message if gap.page is None or gap.page in gap.message else f"{gap.page}: {gap.message}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """ "1 page", "2 pages"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence."""
    return ", ".join(clean(word) for word in words)
