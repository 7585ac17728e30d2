"""Missing hyperlinks: a page names a concept that has a page of its own, and does not link there."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nutrigraph.graph_builder.decisions import Decision
from nutrigraph.graph_builder.statement import Mention
from nutrigraph.ontology.namespaces import SKOS
from nutrigraph.page_cache import PageRecord
from nutrigraph.queries.joined import all_joined
from nutrigraph.queries.labels import labels_of
from nutrigraph.queries.statements import ConceptRef
from nutrigraph.store import Store

MIN_PROBABILITY: Final = 0.5
_REFUSING: Final = frozenset({"reject", "silence"})
_NAMES: Final = f"""SELECT ?concept ?property ?name WHERE {{
  VALUES ?property {{ <{SKOS}prefLabel> <{SKOS}altLabel> <{SKOS}hiddenLabel> }}
  #VALUES concept
  ?concept ?property ?name
}}"""


@dataclass(frozen=True, slots=True)
class LinkSuggestion:
    """A hyperlink to set: `page` and `target` are paths, `start` and `end` count code points of the page's source,
    where `surface` stands; `text` is the visible words of it. `reasons` are for people."""

    id: str
    page: str
    target: str
    start: int
    end: int
    surface: str
    text: str
    probability: float
    concept: ConceptRef
    reasons: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The shape that `links --format json` prints."""
        return {
            "id": self.id,
            "page": self.page,
            "target": self.target,
            "start": self.start,
            "end": self.end,
            "surface": self.surface,
            "text": self.text,
            "probability": self.probability,
            "concept": self.concept.as_json(),
            "reasons": list(self.reasons),
        }


def missing_links(
    store: Store,
    pages: Sequence[PageRecord],
    decisions: Sequence[Decision] = (),
    min_probability: float = MIN_PROBABILITY,
) -> list[LinkSuggestion]:
    """The hyperlinks that the pages lack, most probable first: at most one for a page and a target.

    It stands at the first mention in running text that is one of the target's names, or else at the first mention;
    never in a heading or an existing link. A page that links to the target anywhere needs no other link, and no page
    links to itself. What people refused (`decisions`) is left out: those words on that page to that target.

    The probability that an editor would want the link is a prior, not calibrated on any site's own links: it says
    which of two suggestions has more evidence, and hardly more (see `_probability`).
    """
    same = all_joined(store)
    targets = _targets(pages, same)
    names = _names(store, targets, same)
    labels = labels_of(store, [page.about for page in targets.values() if page.about])
    refusals = [decision for decision in decisions if decision.kind == "link" and decision.decision in _REFUSING]
    refused = {link_id(decision.page, decision.subject, decision.object) for decision in refusals}
    refused |= {decision.id for decision in refusals}
    habits = _habits(pages)
    found: list[LinkSuggestion] = []
    for page in pages:
        linked = {link.iri for link in page.hyperlinks}
        for concept, mentions in _mentions_in_text(page, same).items():
            target = targets.get(concept)
            if target is None or target.iri == page.iri or target.iri in linked or _key(page.about, same) == concept:
                continue
            allowed = [
                mention
                for mention in mentions
                if not mention.linked and link_id(page.path, mention.text, target.path) not in refused
            ]
            if allowed and target.about:
                known = names[concept]
                best = min(allowed, key=lambda m: (_wording(m.text, known) == _OTHER, m.start))
                probability, reasons = _probability(best, known, target, len(mentions), habits)
                found.append(
                    LinkSuggestion(
                        link_id(page.path, best.text, target.path), page.path, target.path, best.start, best.end,
                        best.surface, best.text, probability, ConceptRef(target.about, labels[target.about]), reasons,
                    )
                )  # fmt: skip
    wanted = [suggestion for suggestion in found if suggestion.probability >= min_probability]
    return sorted(wanted, key=lambda s: (-s.probability, s.page, s.start))


def link_id(page: str, text: str, target: str) -> str:
    """The id of a suggestion: 16 hexadecimal digits of a hash of the two paths and the words between them."""
    content = "\x1f".join(("link", page, _plain(text), target))
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:16]


_LABEL, _SYNONYM, _OTHER = "the name", "a synonym", "other words for it"
_PRIOR: Final = {_LABEL: 0.8, _SYNONYM: 0.7, _OTHER: 0.4}


def _probability(
    mention: Mention,
    names: Mapping[str, str],
    target: PageRecord,
    mentioned: int,
    habits: Mapping[tuple[str, str], tuple[int, int]],
) -> tuple[float, tuple[str, ...]]:
    """A prior by kind of evidence, and the reasons in words.

    It begins at .8 for the preferred label or title, .7 for a synonym, .4 for words that only derive from a name
    ("take up glucose"). On four glossaries, half to two thirds of the exact names were links that editors had set, and
    three quarters of the others were judged good links: hence the first two. It rises by at most .15 with the share of
    the site's pages that link these words there, and by .05 where the page names the concept three times or more. It
    falls by .15 for abbreviations of one to three letters, which often mean something else.
    """
    wording = _wording(mention.text, names)
    probability = _PRIOR[wording]
    reasons = [f"“{' '.join(mention.text.split())}” is {wording} of what {target.path} is about"]
    if wording == _OTHER:
        reasons = [f"“{' '.join(mention.text.split())}” is understood as what {target.path} is about"]
    linking, naming = habits.get((_plain(mention.text), target.iri), (0, 0))
    if linking:
        probability += 0.15 * linking / naming
        reasons.append(f"{linking} of the {naming} pages with these words link them to that page")
    if mentioned >= 3:
        probability += 0.05
        reasons.append(f"the page names it {mentioned} times")
    if len(mention.text) <= 3:
        probability -= 0.15
        reasons.append("a short abbreviation may mean something else")
    return round(min(max(probability, 0.05), 0.95), 2), tuple(reasons)


def _targets(pages: Iterable[PageRecord], same: Mapping[str, str]) -> dict[str, PageRecord]:
    """The page about each concept; of several the first by path."""
    targets: dict[str, PageRecord] = {}
    for page in sorted(pages, key=lambda page: page.path):
        if concept := _key(page.about, same):
            targets.setdefault(concept, page)
    return targets


def _names(store: Store, targets: Mapping[str, PageRecord], same: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """For each concept with a page its names in plain form, and whether each is the name or a synonym."""
    members = {iri: key for iri, key in same.items() if key in targets} | {key: key for key in targets}
    members |= {page.about: key for key, page in targets.items() if page.about}
    names: dict[str, dict[str, str]] = {key: {_plain(page.title): _LABEL} for key, page in targets.items()}
    for concept, property_, name in store.rows(_NAMES, values={"concept": sorted(members)}):
        kind = _LABEL if property_ == SKOS + "prefLabel" else _SYNONYM
        known = names[members[str(concept)]]
        if kind == _LABEL or known.get(_plain(str(name))) is None:
            known[_plain(str(name))] = kind
    return names


def _mentions_in_text(page: PageRecord, same: Mapping[str, str]) -> dict[str, list[Mention]]:
    mentions: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(page.mentions, key=lambda mention: mention.start):
        if mention.place == "text":
            mentions[same.get(mention.concept, mention.concept)].append(mention)
    return mentions


def _habits(pages: Iterable[PageRecord]) -> dict[tuple[str, str], tuple[int, int]]:
    """For words and a target page: how many pages link the words there, and how many have the words in their text."""
    linking: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    naming: defaultdict[str, set[str]] = defaultdict(set)
    for page in pages:
        for mention in page.mentions:
            if mention.place != "text":
                continue
            naming[_plain(mention.text)].add(page.path)
            for link in page.hyperlinks if mention.linked else ():
                if link.iri and link.start <= mention.start and mention.end <= link.end:
                    linking[_plain(mention.text), link.iri].add(page.path)
    return {key: (len(paths), len(naming[key[0]])) for key, paths in linking.items()}


def _wording(text: str, names: Mapping[str, str]) -> str:
    """Which kind of name the words are; a plural is as good as its singular."""
    plain = _plain(text)
    kinds = {names.get(form) for form in (plain, plain.removesuffix("s"), plain.removesuffix("es"))}
    return next((kind for kind in (_LABEL, _SYNONYM) if kind in kinds), _OTHER)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _key(concept: str | None, same: Mapping[str, str]) -> str | None:
    return same.get(concept, concept) if concept else None
