"""Missing hyperlinks: a page names another page's subject, and does not link there."""

from __future__ import annotations

import fnmatch
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from nutrigraph.graph_builder.decisions import REFUSING, Decision
from nutrigraph.page_cache import PageRecord, PageText
from nutrigraph.project import LinkRules
from nutrigraph.queries.joined import all_joined
from nutrigraph.queries.labels import labels_of, names_of
from nutrigraph.queries.link_candidates import Place, SitePage
from nutrigraph.queries.link_features import FEATURES, Candidates, weigh
from nutrigraph.queries.link_model import probabilities
from nutrigraph.queries.link_names import Form
from nutrigraph.queries.link_site import Floats, Site, read_site
from nutrigraph.queries.link_words import words_of
from nutrigraph.queries.statements import ConceptRef
from nutrigraph.store import Store

MIN_PROBABILITY: Final = 0.5
_SAME_TOPIC: Final = 0.15
"""The likeness from which two pages are said to have the same topic: nine in ten unlinked pairs have less."""


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
    texts: Iterable[PageText],
    decisions: Sequence[Decision] = (),
    min_probability: float = MIN_PROBABILITY,
    rules: LinkRules | None = None,
) -> list[LinkSuggestion]:
    """The hyperlinks that the pages lack, most probable first: at most one for a page and a target.

    `texts` are those of `pages`, by path and in the same order. A suggestion stands in running text, never in a
    heading, code, a quotation, a caption or an existing link. A page that links to the target anywhere needs no other
    link, and no page links to itself or to another page about its own concept. What people refused (`decisions`) is
    left out: those words on that page to that target; so is what the `rules` forbid.

    The probability is that of an editor of this site setting the link: `nutrigraph.queries.link_model`.
    """
    site = read_site(site_of(store, pages), _in_order(pages, texts))
    candidates = weigh(site)
    p = probabilities(candidates, np.ones(len(candidates.page), bool))
    suggesting = _Suggesting(store, pages, site, candidates, p, decisions, rules or LinkRules())
    return suggesting.suggestions(min_probability)


def _in_order(pages: Sequence[PageRecord], texts: Iterable[PageText]) -> Iterator[PageText]:
    for page, text in zip(pages, texts, strict=True):
        if page.path != text.path:
            raise ValueError(f"the text of {text.path} stands where that of {page.path} is expected")
        yield text


def site_of(store: Store, pages: Sequence[PageRecord]) -> list[SitePage]:
    """The pages as places and targets of hyperlinks. Of several pages about one concept the first by path is the one
    that hyperlinks lead to; an article is no target."""
    same = all_joined(store)
    target: dict[str, int] = {}
    for number in sorted(range(len(pages)), key=lambda number: pages[number].path):
        if concept := _key(pages[number].about, same):
            target.setdefault(concept, number)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for iri, concept in same.items():
        members[concept].append(iri)
    wanted = {iri for concept in target for iri in (concept, *members[concept])}
    wanted |= {page.about for page in pages if page.about}
    names: defaultdict[int, list[str]] = defaultdict(list)
    for concept, name in names_of(store, wanted):
        key = _key(concept, same)
        if key in target:
            names[target[key]].append(name)
    by_iri = {page.iri: number for number, page in enumerate(pages)}
    found = []
    for number, page in enumerate(pages):
        key = _key(page.about, same)
        own = tuple(dict.fromkeys((page.title, *sorted(names[number])))) if key and target[key] == number else ()
        links = tuple(
            (by_iri[link.iri], link.text)
            for link in page.hyperlinks
            if link.iri in by_iri and by_iri[link.iri] != number
        )
        found.append(SitePage(page.path, own, links, key))
    return found


def _key(concept: str | None, same: Mapping[str, str]) -> str | None:
    return same.get(concept, concept) if concept else None


class _Suggesting:
    """Turns what was weighed into suggestions, under the rules of the house."""

    def __init__(
        self,
        store: Store,
        pages: Sequence[PageRecord],
        site: Site,
        candidates: Candidates,
        p: Floats,
        decisions: Sequence[Decision],
        rules: LinkRules,
    ) -> None:
        self.store, self.pages, self.site = store, pages, site
        self.candidates, self.p, self.rules = candidates, p, rules
        refusals = [decision for decision in decisions if decision.kind == "link" and decision.decision in REFUSING]
        self.refused = {link_id(decision.page, decision.subject, decision.object) for decision in refusals}
        self.refused |= {decision.id for decision in refusals}
        self.never = {words_of(words) for words in rules.never}
        self.prefer = {words_of(words): path for words, path in rules.prefer}
        self.left = {n for n, page in enumerate(pages) if any(fnmatch.fnmatch(page.path, p) for p in rules.leave)}
        self.places: defaultdict[tuple[int, int], list[Place]] = defaultdict(list)

    def suggestions(self, min_probability: float) -> list[LinkSuggestion]:
        wanted = np.flatnonzero(~self.candidates.linked & (np.round(self.p, 2) >= min_probability))
        rows = sorted(wanted.tolist(), key=lambda row: -self.p[row])
        pairs = {(int(self.candidates.page[row]), int(self.candidates.target[row])) for row in rows}
        for free in self.site.places:
            if (free.page, free.target) in pairs and free.free:
                self.places[free.page, free.target].append(free)
        labels = labels_of(self.store, {iri for _, target in pairs if (iri := self.pages[target].about)})
        room = {
            number: self.rules.most - len(page.links) if self.rules.most is not None else len(rows)
            for number, page in enumerate(self.site.pages)
        }
        taken: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        found = []
        for row in rows:
            page = int(self.candidates.page[row])
            place = self._place(row, taken[page]) if room[page] > 0 else None
            if place is not None:
                room[page] -= 1
                taken[page].append((place.start, place.end))
                found.append(self._suggestion(row, place, labels))
        return sorted(found, key=lambda s: (-s.probability, s.page, s.start))

    def _place(self, row: int, taken: Iterable[tuple[int, int]]) -> Place | None:
        """The best place for the hyperlink that the rules allow."""
        page, target = int(self.candidates.page[row]), int(self.candidates.target[row])
        about = self.site.pages[target].concept
        if page in self.left or about is None or about == self.site.pages[page].concept:
            return None
        places = sorted(self.places[page, target], key=lambda place: place.token)
        if self.rules.first_mention:
            places = places[:1]
        best = self.site.places[int(self.candidates.place[row])]
        places.sort(key=lambda place: (place is not best, place.within, place.form, place.token))
        possible = (place for place in places if place is best or not place.within)
        return next((place for place in possible if self._allowed(place, taken)), None)

    def _allowed(self, place: Place, taken: Iterable[tuple[int, int]]) -> bool:
        words = words_of(place.text)
        page, target = self.pages[place.page].path, self.pages[place.target].path
        return (
            words not in self.never
            and self.prefer.get(words, target) == target
            and link_id(page, place.text, target) not in self.refused
            and not any(start < place.end and place.start < end for start, end in taken)
        )

    def _suggestion(self, row: int, place: Place, labels: Mapping[str, str]) -> LinkSuggestion:
        page, target = self.pages[place.page], self.pages[place.target]
        about = str(target.about)
        return LinkSuggestion(
            id=link_id(page.path, place.text, target.path),
            page=page.path,
            target=target.path,
            start=place.start,
            end=place.end,
            surface=place.surface,
            text=place.text,
            probability=round(float(self.p[row]), 2),
            concept=ConceptRef(about, labels[about]),
            reasons=tuple(self._reasons(row, place)),
        )

    def _reasons(self, row: int, place: Place) -> Iterable[str]:
        """What speaks for the hyperlink, and then what against it."""
        page, target = self.pages[place.page].path, self.pages[place.target].path
        feature = dict(zip(FEATURES, self.candidates.features[row].tolist(), strict=True))
        yield f"“{' '.join(place.text.split())}” is {_FORMS[place.form]} of {target}"
        linked, seen = int(self.candidates.phrase_linked[row]), int(self.candidates.phrase_seen[row])
        if linked:
            yield f"linked in {linked} of {seen} other pages with these words"
        if feature["likeness_of_words"] >= _SAME_TOPIC:
            yield "same topic: the two pages have much of their wording in common"
        if feature["links_back"]:
            yield f"{target} links to {page}"
        elif feature["names_back"]:
            yield f"{target} names what {page} is about"
        if all(place.token <= other.token for other in self.places[place.page, place.target]):
            yield "first mention on the page"
        if seen >= _MANY and not linked:
            yield f"but linked in none of {seen} other pages with these words"
        if feature["readings"] > 1 and feature["rival"] > -0.3:
            yield "but the words may mean other pages too"
        if place.within:
            yield "but the words are part of a longer name"


_MANY: Final = 3
_FORMS: Final = {
    Form.NAME: "a name of the subject",
    Form.PART_OF_TITLE: "part of the title",
    Form.COMPOUND: "another spelling or the initials of a name",
    Form.FAMILY: "of one family with a name",
    Form.HEAD: "the beginning of the name",
    Form.TAIL: "the end of the name",
    Form.NONE: "what other pages call the subject",
}


def link_id(page: str, text: str, target: str) -> str:
    """The id of a suggestion: 16 hexadecimal digits of a hash of the two paths and the words between them."""
    content = "\x1f".join(("link", page, " ".join(text.split()).casefold(), target))
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:16]


def least_linked_first(found: Iterable[LinkSuggestion], pages: Sequence[PageRecord]) -> list[LinkSuggestion]:
    """The same with those first whose targets the fewest pages link to."""
    iri = {page.path: page.iri for page in pages}
    links = Counter(iri for page in pages for iri in {link.iri for link in page.hyperlinks})
    return sorted(found, key=lambda s: (links[iri[s.target]], s.target, -s.probability, s.page))
