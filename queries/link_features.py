"""What speaks for a hyperlink and against it, in numbers: each page and target with its features.

No feature is a word: they are counts, shares, positions and likenesses, so that what is learned on one site holds on
another. What a page's own hyperlinks say never counts for that page: a model learns from linked and unlinked places as
they would look if the page had no hyperlinks yet, and that is what it is asked about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nutrigraph.queries.link_names import Form
from nutrigraph.queries.link_site import Floats, Ints, Site

Bools = NDArray[np.bool_]
WORDING: Final = (
    "likeness", "rival", "is_name", "part_of_title", "compound", "readings", "within", "words", "letters", "capital",
    "capitals", "word_before", "rarity_before", "likeness_of_words", "root_likeness_of_stems",
)  # fmt: skip
"""What can be said of a site without any hyperlink, and is alike on all sites."""
EVIDENCE: Final = ("phrase_linked", "phrase_to_target", "target_linked", "share_of_phrase", "links_back")
"""What the site's own hyperlinks say; 0 where they say nothing."""
CONTEXT: Final = (
    "family", "head", "tail", "anchor", "word_after", "rarity_after", "position", "place_on_page", "rank_by_place",
    "rank_by_likeness", "places", "page_length", "target_length", "on_page", "pages_with_phrase",
    "pages_with_target", "likeness_of_stems", "title_overlap", "phrase_in_title", "names_back", "phrase_seen",
    "target_seen", "target_words", "phrase_links", "target_links", "phrase_share", "phrase_share_to_target",
    "target_share", "share_among_targets",
)  # fmt: skip
"""What differs from site to site, and is learned there alone."""
FEATURES: Final = WORDING + EVIDENCE + CONTEXT


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pages and targets with a place for a hyperlink; all arrays have a row each.

    `place` numbers the site's places; `features` has the columns of FEATURES; `linked`: the page links there already.
    `phrase_linked` and `phrase_seen` count the other pages that link the place's words to the target, and those that
    have the words; `free` says whether a hyperlink may stand there.
    """

    page: Ints
    target: Ints
    place: Ints
    features: Floats
    linked: Bools
    free: Bools
    phrase_linked: Ints
    phrase_seen: Ints


def weigh(site: Site, known: Bools | None = None) -> Candidates:
    """The features of every page and target. `known` are the pages whose hyperlinks are known (all by default); what
    the others link to is not looked at, but for `linked`."""
    size, places = len(site.pages), site.places
    if known is None:
        known = np.ones(size, bool)
    column = {name: np.array([getattr(place, name) for place in places]) for name in _READ}
    page, target, key = (column[name].astype(np.int64) for name in ("page", "target", "key"))
    pair = page * size + target
    links = site.links[known[site.links[:, 0]]] if len(site.links) else site.links
    worded = links[links[:, 2] >= 0]
    keys = len(site.names.keys)
    own = known[page].astype(np.int64)

    seen = _union(site.on[known[site.on[:, 0]]], worded[:, [0, 2]], keys)
    phrase_seen = np.bincount(seen % keys, minlength=keys)[key] - own if keys else key
    linked_phrases = np.unique(worded[:, 0] * keys + worded[:, 2])
    phrase_linked = np.bincount(linked_phrases % keys, minlength=keys)[key] if keys else key
    phrase_linked = phrase_linked - np.isin(page * keys + key, linked_phrases)
    triples = np.unique((worded[:, 0] * keys + worded[:, 2]) * size + worded[:, 1])
    to_target = _counts(triples % (keys * size), key * size + target)
    to_target = to_target - np.isin((page * keys + key) * size + target, triples)

    form = column["form"].astype(np.int64)
    form = np.where(to_target > 0, np.minimum(form, Form.PART_OF_TITLE), form)
    is_pair_linked = np.isin(pair, site.links[:, 0] * size + site.links[:, 1])
    possible = np.flatnonzero(form != Form.NONE)
    worth = np.where(
        phrase_seen > 0,
        -(to_target + 0.3 * (form <= Form.PART_OF_TITLE) + 0.05 * (form <= Form.FAMILY)) / (phrase_seen + 1),
        form,
    )
    free = column["free"].astype(bool)
    order = np.lexsort((column["token"], form, worth, column["within"], ~(free | is_pair_linked), pair))
    order = order[np.isin(order, possible)]
    chosen = order[np.unique(pair[order], return_index=True)[1]]

    pages, targets, keyed = page[chosen], target[chosen], key[chosen]
    get = {name: values[chosen] for name, values in column.items()}
    linking = np.unique(links[:, 0] * size + links[:, 1])
    naming = np.unique(np.r_[pair[possible], linking])
    in_links = np.bincount(linking % size, minlength=size)[targets] - np.isin(pair[chosen], linking)
    named = np.bincount(naming[known[naming // size]] % size, minlength=size)[targets] - own[chosen]
    rate = len(linking) / max(1, int(known[naming // size].sum()))
    linked, w, t = phrase_linked[chosen], phrase_seen[chosen], to_target[chosen]
    before, after = _rarity(site, get["before"]), _rarity(site, get["after"])
    words = site.by_word.likeness(pages, targets)
    stems = site.by_stem.likeness(pages, targets)
    lengths = np.log1p(site.length)
    starts, per_page = _groups(pages)
    readings = np.array([site.names.count(k) for k in range(keys)], dtype=float)[keyed] if keys else keyed
    title = _titles(site, pages, targets)
    columns: dict[str, Floats | Ints | Bools] = {
        "likeness": get["likeness"],
        "rival": np.where(get["rival"] >= 0, get["rival"] - get["likeness"], -1.0),
        "is_name": form[chosen] == Form.NAME,
        "readings": readings,
        "within": get["within"],
        "words": get["words"],
        "letters": get["letters"],
        "capital": get["capital"],
        "capitals": get["capitals"],
        "word_before": get["before"] != "",
        "rarity_before": before,
        "likeness_of_words": words,
        "root_likeness_of_stems": np.sqrt(np.maximum(stems, 0)),
        "phrase_linked": _odds(linked, w, rate),
        "phrase_to_target": _odds(t, w, rate),
        "target_linked": _odds(in_links, named, rate),
        "share_of_phrase": np.log((t + 0.5) / (linked + 0.5)),
        "links_back": np.isin(targets * size + pages, linking),
        "part_of_title": form[chosen] == Form.PART_OF_TITLE,
        "compound": form[chosen] == Form.COMPOUND,
        "family": form[chosen] == Form.FAMILY,
        "head": form[chosen] == Form.HEAD,
        "tail": form[chosen] == Form.TAIL,
        "anchor": t > 0,
        "word_after": get["after"] != "",
        "rarity_after": after,
        "position": get["token"] / np.maximum(site.length[pages], 1),
        "place_on_page": np.log1p(get["token"]),
        "rank_by_place": np.log1p(_rank(pages, get["token"], starts)),
        "rank_by_likeness": np.log1p(_rank(pages, -words, starts)),
        "places": np.log(per_page),
        "page_length": lengths[pages],
        "target_length": lengths[targets],
        "on_page": np.log(get["times"]),
        "pages_with_phrase": np.log1p(np.bincount(site.on[:, 1], minlength=keys)[keyed]) if keys else keyed,
        "pages_with_target": np.log1p(np.bincount(naming % size, minlength=size)[targets]),
        "likeness_of_stems": stems,
        "title_overlap": title[0],
        "phrase_in_title": title[1],
        "names_back": np.isin(targets * size + pages, naming),
        "phrase_seen": np.log1p(w),
        "target_seen": np.log1p(named),
        "target_words": title[2],
        "phrase_links": np.log1p(linked),
        "target_links": np.log1p(in_links),
        "phrase_share": (linked + 0.15) / (w + 1),
        "phrase_share_to_target": (t + 0.15) / (w + 1),
        "target_share": (in_links + 0.15) / (named + 1),
        "share_among_targets": (t + 0.2) / (linked + 0.5),
    }
    features = np.column_stack([np.asarray(columns[name], dtype=np.float64) for name in FEATURES])
    return Candidates(pages, targets, chosen, features, is_pair_linked[chosen], free[chosen], t, np.maximum(w, t))


_READ: Final = (
    "page", "target", "key", "form", "likeness", "rival", "words", "letters", "before", "after", "capital", "capitals",
    "within", "free", "token", "times",
)  # fmt: skip
_TRUST: Final = 2.0
"""Pages that the site's own rate counts as, where few pages have a phrase."""
_EXPECTED: Final = 0.1
"""Or as many as it takes to expect so many hyperlinks at that rate: on a site with hardly any, pages that do not link
a phrase say nothing against it."""


def _odds(linked: Ints, seen: Ints, rate: float) -> Floats:
    """Log odds of being linked, as far as they differ from the site's; drawn to 0 where few pages tell."""
    rate = min(max(rate, 1e-3), 1 - 1e-3)
    trust = max(_TRUST, _EXPECTED / rate)
    share = (linked + trust * rate) / (np.maximum(seen, linked) + trust)
    odds: Floats = np.log(share / (1 - share + 1e-9)) - np.log(rate / (1 - rate))
    return odds


def _counts(values: Ints, wanted: Ints) -> Ints:
    """How often each of the wanted values is among the values."""
    ordered = np.sort(values)
    return np.searchsorted(ordered, wanted, "right") - np.searchsorted(ordered, wanted, "left")


def _union(one: Ints, other: Ints, width: int) -> Ints:
    rows = np.r_[one, other]
    return np.unique(rows[:, 0] * width + rows[:, 1])


def _rarity(site: Site, words: NDArray[np.str_]) -> Floats:
    """The inverse document frequency of each word, 0 for none."""
    return np.array([site.idf[site.vocabulary[word]] if word in site.vocabulary else 0.0 for word in words.tolist()])


def _groups(pages: Ints) -> tuple[Ints, Ints]:
    """Where each row's page begins (pages are sorted), and how many rows the page has."""
    _, first, inverse, count = np.unique(pages, return_index=True, return_inverse=True, return_counts=True)
    return first[inverse], count[inverse]


def _rank(pages: Ints, values: Floats | Ints, starts: Ints) -> Ints:
    """The rank of each row on its page, from 0, the smallest value first."""
    order = np.lexsort((values, pages))
    rank = np.empty(len(pages), dtype=np.int64)
    rank[order] = np.arange(len(pages))
    return rank - starts


def _titles(site: Site, pages: Ints, targets: Ints) -> tuple[Floats, Floats, Floats]:
    """For each row how much of the two titles' words is common (Jaccard), whether the target's title lies in the
    page's, and how many words it has."""
    titles = [frozenset(own[0]) if own else frozenset() for own in site.names.words]
    common, inside, size = [], [], []
    for page, target in zip(pages.tolist(), targets.tolist(), strict=True):
        one, other = titles[page], titles[target]
        shared = len(one & other)
        common.append(shared / max(1, len(one) + len(other) - shared))
        inside.append(float(shared == len(other)))
        size.append(float(len(other)))
    return np.array(common), np.array(inside), np.array(size)
