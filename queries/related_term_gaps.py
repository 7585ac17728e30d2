"""Entries under "Related terms" that nothing in the text supports, and those that are not returned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Final

from nutrigraph.ontology.namespaces import NGO
from nutrigraph.page_cache import PageRecord
from nutrigraph.queries.gap import ONE_WAY_RELATED_TERM, UNSUPPORTED_RELATED_TERM, Gap, Place, fold
from nutrigraph.queries.labels import names_of
from nutrigraph.queries.site import Site
from nutrigraph.queries.statements import ConceptRef

_LISTED: Final = f"""SELECT ?path ?term WHERE {{
  GRAPH ?page {{ ?page <{NGO}path> ?path ; <{NGO}relatedTerm> ?term }}
}}"""


def related_term_pairs(site: Site) -> Iterator[tuple[str, str]]:
    """The pairs of concepts (by key) that some page's list of related terms ties."""
    lists = _lists(site)
    named = _names(site, {fold(term) for terms in lists.values() for term in terms})
    for path, terms in lists.items():
        page = site.by_path.get(path)
        if page and page.about:
            own = site.key(page.about)
            yield from ((own, concept) for term in terms for concept in named.get(fold(term), ()))


def _lists(site: Site) -> dict[str, set[str]]:
    """The related terms of each page, by path."""
    lists: defaultdict[str, set[str]] = defaultdict(set)
    for path, term in site.store.rows(_LISTED):
        lists[str(path)].add(str(term))
    return lists


def related_terms(site: Site) -> Iterator[Gap]:
    """The gaps of both kinds. A term is supported where a statement ties the two concepts, where either page names the
    other's concept in its text, or where one paragraph of any page names both."""
    lists = _lists(site)
    named = _names(site, {fold(term) for terms in lists.values() for term in terms})
    together = _together(site)
    for path, terms in sorted(lists.items()):
        page = site.by_path.get(path)
        if page is None or not page.about:
            continue
        for term in sorted(terms):
            concepts = named.get(fold(term), set()) - {site.key(page.about)}
            if not concepts and fold(term) in named:
                continue  # another name of its own
            target = next((site.page_about[one] for one in sorted(concepts) if one in site.page_about), None)
            concept = ConceptRef(target.about or "", site.labels[target.about or ""]) if target else None
            places = _entry(site, page, term)
            listed = partial(Gap, concept=concept, page=path, evidence=places, detail=term, rank=(0, f"{path} {term}"))
            if not any(_is_supported(site, together, page, one) for one in concepts):
                yield listed(
                    UNSUPPORTED_RELATED_TERM,
                    f"“{term}” is listed as a related term, and nothing in the text of the glossary ties the two. "
                    "Say in a sentence how they are related, or take it off the list.",
                )
            if target and target.path in lists and not _returns(site, lists[target.path], named, page):
                yield listed(
                    ONE_WAY_RELATED_TERM,
                    f"“{term}” is listed as a related term, and {target.path} lists others and not this page. "
                    "Add it there, if the two are worth comparing.",
                )


def _names(site: Site, wanted: set[str]) -> dict[str, set[str]]:
    """The concepts (by key) that the names wanted may mean: those that pages are about, and those that they mention."""
    members = {page.about for page in site.pages if page.about} | {m.concept for p in site.pages for m in p.mentions}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for page in site.pages:
        if page.about and fold(page.title) in wanted:
            found[fold(page.title)].add(site.key(page.about))
    if wanted:
        for concept, name in names_of(site.store, members):
            if fold(name) in wanted:
                found[fold(name)].add(site.key(concept))
    return found


def _together(site: Site) -> set[frozenset[str]]:
    """The pairs of concepts that a statement ties, or that one paragraph names, as far as pages are about them."""
    pairs = {
        frozenset((site.key(record.subject.id), site.key(record.object.id)))
        for record in site.statements
        if record.status != "rejected"
    }
    about = site.page_about.keys()
    for page in site.pages:
        for mentions in site.paragraphs(page):
            keys = sorted({site.key(mention.concept) for mention in mentions} & about)
            pairs.update(frozenset((one, other)) for n, one in enumerate(keys) for other in keys[:n])
    return pairs


def _is_supported(site: Site, together: set[frozenset[str]], page: PageRecord, concept: str) -> bool:
    own = site.key(page.about or "")
    target = site.page_about.get(concept)
    return (
        frozenset((own, concept)) in together
        or concept in site.named_in_text[page.path]
        or (target is not None and own in site.named_in_text[target.path])
    )


def _returns(site: Site, terms: set[str], named: dict[str, set[str]], page: PageRecord) -> bool:
    own = site.key(page.about or "")
    return any(own in named.get(fold(term), ()) for term in terms)


def _entry(site: Site, page: PageRecord, term: str) -> tuple[Place, ...]:
    """Where the entry stands on the page, as far as that is known."""
    document = site.documents.get(page.path)
    if document is None:
        return ()
    for block in document.blocks:
        if block.kind == "related" and fold(block.text.visible) == fold(term):
            return (Place(page.path, *block.text.source_span(0, len(block.text.visible)), term),)
    first = document.blocks[0].text.source_span(0, 1)[0] if document.blocks and document.blocks[0].text.visible else 0
    at = document.source.find(term, 0, first)  # in the front matter
    return (Place(page.path, at, at + len(term), term),) if at >= 0 else ()
