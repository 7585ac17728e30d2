"""What the tag, role and class of an HTML element say about its part in the page.

Names of classes are read as words ("td-related-articles": td, related, articles). Some words mark page furniture
wherever they stand; others only where the whole name is made of them and of words that say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntFlag, auto
from functools import lru_cache
from itertools import pairwise

from nutrigraph.graph_builder.html_tree import HEADINGS, Element, read_attributes


class Mark(IntFlag):
    """The part that an element plays, as far as its tag and attributes tell."""

    NONE = 0
    UNSEEN = auto()
    """Not shown, or shown and no text: scripts, drawings, form fields, words for screen readers."""
    SURE = auto()
    """Furniture by its tag or role."""
    NAMED = auto()
    """Furniture by its class or id."""
    PEOPLE = auto()
    """Who wrote and reviewed the page, and when: a byline, a biography."""
    MAIN = auto()
    """<main>, or an element with that role."""
    ARTICLE = auto()
    """<article>, or an element that is marked as the text of one."""
    CONTENT = auto()
    """A container that themes and site builders put the text of a page into."""
    FOLDED = auto()
    """Hidden until somebody opens it: an answer, a tab."""
    HEADER = auto()
    """<header>: the page's own one holds its title, the site's one does not."""
    SITE_TITLE = auto()
    """The name or logo of the site."""
    QUESTION = auto()
    """A question of a FAQ, whatever its tag."""
    CAPTION = auto()
    """What stands under a figure, whatever its tag."""
    NARROW = auto()
    """A column that is at most a third of the page wide."""
    HEADING = auto()
    """A heading by its role, whatever its tag."""
    FACTS = auto()
    """A box of facts beside a text."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNSEEN_TAGS = _words(
    "amp-ad amp-analytics amp-app-banner amp-consent amp-embed amp-social-share amp-sticky-ad amp-user-notification "
    "applet area audio canvas datalist embed frame frameset head img input label legend link map math meta meter "
    "mat-icon object optgroup option param picture progress select source svg template track video"
)
_SURE_TAGS = _words("amp-sidebar footer nav dialog menuitem search")
_SURE_ROLES = _words(
    "alertdialog banner complementary contentinfo dialog doc-backlink doc-bibliography doc-endnotes doc-pagelist "
    "doc-toc menu menubar navigation search status tablist toolbar"
)
_UNSEEN_CLASSES = _words(
    "a11y-hidden anchor-link anchorjs-link assistive-text elementor-screen-only hash-link header-anchor headerlink "
    "heading-anchor material-icons material-icons-outlined material-symbols-outlined material-symbols-rounded "
    "mw-editsection mw-empty-elt mw-jump-link noprint permalink-anchor screen-reader-only "
    "screen-reader-text show-for-sr sr-only u-hidden-visually visually-hidden visuallyhidden w-condition-invisible"
)
_UNSEEN_ENDS = ("visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text")
"""Of a design system's own names for the same: "govuk-visually-hidden"."""
_FOLDED_WORDS = _words(
    "accordion accordions answer answers collapse collapsed collapsible collapsing content details drawer expand "
    "expandable expanded expander faq faqs panel panels tab tabpanel tabs toggle toggles"
)
_NEGATING = _words("no has have with without not hide show is")
_SAY_NOTHING = _words(
    "a above after alt amp area article articles b bar base before below block blog body bottom box boxes btn button "
    "buttons c card cards clearfix cmp col collection column columns component container content css custom default "
    "desktop div element elementor embed entries entry et experience experiencefragment field fixed flex float "
    "fragment fusion global grid group holder hs html id inline inner item items jp js l large layout left line link "
    "links list lists location m main md media mobile module multi name new o our outer page pages pane panel pb "
    "placeholder post posts primary region right row s sc secondary section shopify single site skin sm small stick "
    "sticky stories story sub tablet td tdb text the theme this tile tiles title titles toggle top u ui uk ul us vc "
    "view w wide widget widgets wp wpb wrap wrapper x xf xl xs zone"
)
_ANYWHERE = _words(
    "addthis addtoany adsbygoogle adsense advert advertisement advertisements advertising adverts breadcrumb "
    "breadcrumbs carttoggle catlinks ccpa citeme colophon commentlist consent cookie cookiebar cookies crosssell cta "
    "ctas disqus doubleclick footernav gdpr hamburger interlanguage klaviyo lightbox mailchimp masthead megamenu "
    "minicart modal navbar navbox navfooter navheader newsletter offcanvas onetrust optin optinmonster outbrain "
    "paginate pagination popup popups printfooter recirc relatedposts revcontent searchbar searchbox searchform "
    "shareaholic sharebar sharedaddy sharethis sidebar sidebars sidenav sitefooter siteheader sitemap sitenav "
    "sitenotice sitesub skiplink skiplinks snackbar socials socialshare sponsor sponsored subnav subscribe "
    "subscription tablecontents taboola tagcloud toc tocs topbar topnav trustpilot upsell whatsapp yarpp"
)
_WHOLE = _words(
    "ad admin ads alphabet also announcement announcements app appstore attachments back banner banners basket buy "
    "cart cat categories category chat checkout citation citations comment comments copyright cross cta deal deals "
    "disclaimer disclaimers discount donate download drawer dropdown facebook featured feedback follow footer "
    "footnote footnotes forum further glossarynav header helpful icons instagram keywords language languages latest "
    "legal letters like linkedin login logo may meganav menu menus metas more nav navigation navs next notice offer "
    "offers pager pinterest player podcast poll popular prev previous price print product products promo promos "
    "promotion promotions quiz rating ratings read reading recent recommendation recommendations recommended "
    "reference references reflist related reply respond review reviews save search see share shares sharing shop "
    "shopping sign signin signup skip social sources store submenu subscribe suggested suggestions survey switcher "
    "tags teaser teasers testimonial testimonials ticker tiktok toolbar toolbox topics trending tweet twitter up "
    "upgrade utility video videos vote wishlist you"
)
_NOT_ALONE = _words(
    "admin also app back cat category citation citations cross disclaimer download drawer featured footnotes further "
    "header icons language latest legal letters like may more new next notice offer popular prev previous price "
    "product rating read reading recent reference references reply respond review save search see shop sources store "
    "topics up upgrade you"
)
"""Words of _WHOLE that need another one of it beside them, unless they are the whole name of a class."""
_OF_OTHER_PAGES = _words("articles links posts widget")
_PARTS_OF_TEXT = _words(
    "article block box card component content entry group item list module panel post row section tile"
)
"""What has a header and a footer of its own inside the text of a page."""
_OF_THE_TEXT = _words("article entry page post")
_SOURCES = _words("citations disclaimer footnotes references sources")
_OF_SHOPS = _words("block box card cards grid item items list tile")
_TERMS = _words("term terms glossary concept concepts definition definitions")
_PEOPLE = _words(
    "author authorbox authors bio biography bios byline bylines contributor contributors credentials editors "
    "entrymeta hcard meta metadata postauthor postmeta reviewedby reviewer reviewers vcard writer writers"
)
_WITH_PEOPLE = _SAY_NOTHING | _words(
    "about avatar by checked checker clinical date dates description details expert experts fact header footer info "
    "image linked medical medically name names photo profile reviewed reviews team updated url written published social"
)
_PEOPLE_PAIRS = frozenset(
    tuple(pair.split())
    for pair in (
        "reviewed by", "medically reviewed", "medical review", "written by", "article info", "entry info", "post info",
        "published date", "published dates", "publish date", "team member",
    )
)  # fmt: skip
_CONTENT = _words(
    "article-body article-content article-text article__body article__content articlebody blog-content blog-post "
    "bodycontent center-column centercolumn content content-area content-body content-main content__body contentarea "
    "elementor-widget-theme-post-content entry-content field--name-body gh-content gh-post-content glossary-content "
    "glossary-entry-content glossaryitem-content hentry main-col main-column main-content maincol maincolumn "
    "maincontent markdown-body mw-content-text mw-parser-output node__content page-content page__content post-body "
    "post-content post__content post_content postcontent prose rich-text rich-text-block richtext rte single-content "
    "sqs-html-content story-body td-post-content text-content theme-doc-markdown w-richtext wp-block-post-content "
    "wysiwyg"
)
_SITE_TITLES = _words(
    "blog-title brand logo navbar-brand site-branding site-logo site-name site-title sitename wordmark"
)
_FACTS = _words("factbox factfile factsbox infobox keyfacts quickfacts")
_QUESTIONS = _words("question questions faq-question faq__question faq-title accordion-title accordion-header")
_HIDING_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_NARROW = re.compile(
    r"(?:[a-z]+[_-])?(?:col|column)-{1,2}(?:(?:xs|sm|md|lg|xl|xxl)-)?(?:[234]|2[05]|3[03])(?:@\w+)?"
    r"|(?:medium|large)-[34]|span[34]|(?:is|u|uk-width|pure-u|(?:\w+[_-])*col(?:umn)?|\w+:w|w)[_-](?:one[_-])?"
    r"(?:[34]|quarter|third|1[_/-][345])(?:@\w+)?"
    r"|(?:left|right|side)[_-]?(?:col(?:umn)?|rail|bar|pane)"
)
_HASH = re.compile(r"(?<=\w)(?:__|--|_)(?=[a-zA-Z]*(?:\d|[a-z][A-Z]))[A-Za-z0-9]{4,8}(?:_\d+)?$")
"""What builds add to the names of classes to make them unique: "Teaser_list__x7GhQ"."""
_HOOKS = ("data-hook", "data-testid", "data-test-id", "data-test", "data-qa", "data-component", "data-module",
          "data-widget", "data-elementor-type", "data-framer-name")  # fmt: skip
"""Attributes that name a part of the page for tests and scripts: there where classes are no words."""
_LABELLED = frozenset({"section", "div", "ul", "ol", "article"})
_ADS = re.compile(r"ads?(?:box|slot|unit|space|wrap|block|area|banner|holder|zone)")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_ARTICLE_TYPE = re.compile(r"schema\.org/(?:\w*Article|BlogPosting|MedicalWebPage|DefinedTerm)\b")
_MOST_NAMES = 60
_LONGEST = 4_000
"""Characters of attributes beyond which an element is not looked at."""


def marks_of(element: Element) -> int:
    """The `Mark`s of an element, as a number: taking flags apart is slow, and pages have thousands of elements."""
    if len(element.written) > _LONGEST:
        return _marks(element.name, "")
    return _marks(element.name, element.written)


@lru_cache(maxsize=50_000)
def _marks(name: str, written: str) -> int:
    """The pages of a site write most of their elements alike: each is looked at once."""
    return int(_read_marks(name, read_attributes(written)))


def _read_marks(name: str, attributes: Mapping[str, str]) -> Mark:
    if name in _UNSEEN_TAGS:
        return Mark.UNSEEN
    marks = Mark.NONE
    if name in _SURE_TAGS:
        marks |= Mark.SURE
    elif name == "header":
        marks |= Mark.HEADER
    elif name == "main":
        marks |= Mark.MAIN
    elif name == "article":
        marks |= Mark.ARTICLE
    if not attributes:
        return marks | (Mark.SURE if name == "aside" else Mark.NONE)
    role = attributes.get("role", "").lower()
    classes = attributes.get("class", "").split()[:_MOST_NAMES]
    lowered = frozenset(one.lower() for one in classes)
    words = [_parts(one) for one in classes]
    if role in _SURE_ROLES:
        marks |= Mark.SURE
    elif role == "main":
        marks |= Mark.MAIN
    elif role == "article" or _is_article(attributes):
        marks |= Mark.ARTICLE
    if any(word in _FOLDED_WORDS for parts in words for word in parts) or role in ("tabpanel", "region"):
        marks |= Mark.FOLDED
    if _is_hidden(attributes, lowered, folded=Mark.FOLDED in marks):
        return marks | Mark.UNSEEN
    if name == "aside" and not _is_callout(words):
        marks |= Mark.SURE
    identifier = attributes.get("id", "")
    if lowered & _CONTENT or identifier.lower() in _CONTENT or identifier.lower() in ("content", "main", "primary"):
        marks |= Mark.CONTENT
    if lowered & _SITE_TITLES or identifier.lower() in _SITE_TITLES:
        marks |= Mark.SITE_TITLE
    if lowered & _QUESTIONS:
        marks |= Mark.QUESTION
    if any(one.endswith(("caption", "caption-text")) for one in lowered):
        marks |= Mark.CAPTION
    if any(map(_NARROW.fullmatch, lowered)) or _NARROW.fullmatch(identifier.lower()):
        marks |= Mark.NARROW
    if role == "heading":
        marks |= Mark.HEADING
    if any(_FACTS & {*parts, "".join(parts[-2:])} for parts in words):
        marks |= Mark.FACTS
    if name in HEADINGS or name in ("p", "dt", "dd", "td", "th", "tr", "blockquote", "pre", "summary"):
        identifier = ""  # made from the words of the text, on most sites
    words += [_parts(attributes[hook]) for hook in _HOOKS if hook in attributes]
    if name in _LABELLED and "aria-label" in attributes:
        words.append(_parts(attributes["aria-label"]))
    names = [*words, *([_parts(identifier)] if identifier else [])]
    exact = {identifier.lower()} if identifier else set()
    if any(_is_people(parts) for parts in names):
        return marks | Mark.PEOPLE
    if any(_is_furniture(parts) for parts in words) or (names != words and _is_furniture_id(names[-1], exact)):
        marks |= Mark.NAMED
    return marks


def _parts(name: str) -> tuple[str, ...]:
    """The name of a class, an id or a label as words."""
    return tuple(word.lower() for word in _WORD.findall(_HASH.sub("", name)))


def _is_article(attributes: Mapping[str, str]) -> bool:
    if attributes.get("itemprop", "").lower() == "articlebody":
        return True
    return _ARTICLE_TYPE.search(attributes.get("itemtype", "")) is not None


def _is_hidden(attributes: Mapping[str, str], classes: frozenset[str], *, folded: bool) -> bool:
    if classes & _UNSEEN_CLASSES or any(one.endswith(_UNSEEN_ENDS) for one in classes):
        return True
    if folded:
        return False
    hidden = attributes.get("hidden")
    if hidden is not None and hidden.lower() != "until-found":
        return True
    if attributes.get("aria-hidden", "").lower() == "true":
        return True
    return bool(_HIDING_STYLE.search(attributes.get("style", "")))


def _is_callout(words: list[tuple[str, ...]]) -> bool:
    """An <aside> inside a text that belongs to it: a note, a definition."""
    callouts = {
        "note",
        "notes",
        "tip",
        "tips",
        "warning",
        "caution",
        "callout",
        "admonition",
        "important",
        "definition",
    }
    return any(callouts & set(parts) for parts in words)


def _is_people(parts: tuple[str, ...]) -> bool:
    if any(pair in _PEOPLE_PAIRS for pair in pairwise(parts)):
        return True
    return bool(_PEOPLE & set(parts)) and all(
        word in _PEOPLE or word in _WITH_PEOPLE or word.isdigit() for word in parts
    )


def _is_furniture(parts: tuple[str, ...]) -> bool:
    """Whether the name of a class, as words, marks furniture."""
    if not parts or parts[0] in _NEGATING or _TERMS & set(parts):
        return False
    if parts[0] in ("category", "tag", "type", "status", "format", "hentry") and len(parts) > 1:
        return False  # WordPress writes an article's own categories so
    if _ANYWHERE & {*parts, "".join(parts)}:
        return not _NEGATING & set(parts)
    if any(_ADS.fullmatch(word) for word in parts):
        return True
    alone = len(parts) == 1
    if len(parts) > 1 and len(parts[0]) <= 3 and parts[0] not in _WHOLE:
        parts = parts[1:]  # whose theme or design system it is
    telling = [word for word in parts if word in _WHOLE]
    if not telling or any(word not in _WHOLE and word not in _SAY_NOTHING and not word.isdigit() for word in parts):
        return False
    if len(set(telling)) > 1:
        return True
    if telling[0] in ("header", "footer"):
        return not _PARTS_OF_TEXT & set(parts)
    if telling[0] not in _NOT_ALONE or alone:
        return True
    if telling[0] in _SOURCES:
        return bool(_OF_THE_TEXT & set(parts))
    return bool((_OF_SHOPS if telling[0] == "product" else _OF_OTHER_PAGES) & set(parts))


def _is_furniture_id(parts: tuple[str, ...], exact: set[str]) -> bool:
    """The same for an id, which may be made from the words of a heading: only short and unmistakable ones count."""
    if len(parts) > 4 or not _is_furniture(parts):
        return False
    return (
        bool(_ANYWHERE & {*parts, "".join(parts)})
        or not _NOT_ALONE & set(parts)
        or exact <= {"search", "header", "references"}
    )
