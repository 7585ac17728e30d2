"""Lines that are on a page and no part of what it says: banners, navigation, bylines, shops, references."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from nutrigraph.graph_builder.bylines import iso_date, looks_like_person, person
from nutrigraph.graph_builder.document import Reviewer

_LONGEST_LABEL = 40
_LONGEST = 300
"""A paragraph longer than this is never taken for furniture by its wording."""


class Role(Enum):
    """What a line does on its page, besides saying something."""

    BANNER = auto()
    """The line alone is furniture."""
    BOX = auto()
    """Everything under this heading is furniture: a shop, references."""
    REVIEWER = auto()
    AUTHOR = auto()
    """A byline, perhaps with a biography under it."""
    DATE = auto()
    RELATED = auto()
    """Terms follow that the page names and says nothing about."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that plays a role: `rest` is where its words after the cue begin (its length where there are none)."""

    role: Role
    rest: int
    person: Reviewer | None = None
    date: str | None = None
    event: str | None = None
    """What happened on the date: "reviewed", "published" or "modified"."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_QUESTION = r"[^.?!]{3,100}\? "
_OFFER = (
    r"(?:check out|try|grab|get|download|join|(?:pre-?)?order|listen to|browse|explore|discover|take|pick up|visit|buy"
    r"|book|shop|sign up (?:for|to)|head (?:over )?to|subscribe to)"
)
_WARE = (
    r"(?:cookbooks?|e-?books?|courses?|newsletters?|podcasts?|apps?|membership|program(?:me)?s?|quiz|shop|store|kits?"
    r"|meal plans?|plans?|coach(?:es|ing)|classes|webinars?|workshops?|community|free \w+|collections?|panels?|tests?)"
)
_STAFF = r"(?:chefs?|columnists?|team|dieti[ct]i[ao]ns?|experts?|coaches|editors?|desk|nutritionists?|doctors|nurses)"
_CONTACT = (
    r"(?:contact|call|email|message|write to|book (?:in|a \w+) with|work with|reach out to|talk to"
    r"|get in touch with|send) (?:me|us|my|our)"
)
_ADVICE = (
    r"(?:(?:medical|professional|health ?care|doctor['’]s|clinical|individual|personal|nutritional) "
    r"(?:advice|consultation|diagnosis|judge?ment|care|treatment)"
    r"|(?:advice|care|consultation|treatment|diagnosis|visit|guidance)"
    r"(?: (?:of|by|from|with|to|or|an?|your|own|the|qualified|licensed|personal|health ?care|health|registered|trained"
    r"|medical|treatment|diagnosis|care|advice|professional))* "
    r"(?:doctor|physician|clinician|dietiti[ao]n|professional|provider|practitioner|GP)s?)"
)

_BANNERS = _any(
    # promotions
    r"introducing\b[^.?]{1,80}!.*",
    r"(?:get|enjoy|claim)\b.{0,40}\b(?:free shipping|discount|free trial)\b.*",
    r"free shipping\b.*",
    r"use (?:the )?(?:promo |coupon |discount )?code\b.{0,60}",
    r"(?:shop|buy|order|pre-?order|subscribe|download|join|book) (?:now|today|online|here)\b.{0,60}",
    r"(?:request|make|book|schedule) an? (?:appointment|consultation|visit|call)\b[^.?!]{0,30}",
    r"(?:limited[- ]time|special) offer\b.*",
    r"(?:[$€£]\s?\d[\d.,]*|\d[\d.,]*\s?[$€£])(?:\s*[-–/].{0,20})?",
    r"(?:add|added) to (?:cart|basket|bag)",
    r"free (?:tool|guide|download|e-?book|printable|checklist|webinar|quiz|trial|pdf|course)s?\b.{0,80}",
    r"our (?:\w+ ){0,2}(?:program(?:me)?s?|plans|courses?|products|supplements|capsules|clinics?|shop|store|app"
    r"|community|membership|newsletter|customers|coaches)\b.*",
    r"p\.\s?s\.:? .{0,250}",
    r"(?:ps:? )?if you(?:['’]ve)? (?:like|liked|enjoy|enjoyed|found) this\b.{0,200}",
    r"(?:many )?(?:thanks|thank you)(?: so much| again)? for (?:reading|stopping by|being here)\b.{0,200}",
    r"an? (?:earlier |shorter )?version of this (?:article|story)\b.{0,200}",
    # letters and networks
    r"(?:subscribe|sign ?up|join)\b.{0,80}\b(?:newsletter|mailing list|email|e-mail|updates|inbox|free|community)\b.*",
    r"(?:subscribe|sign ?up|sign ?in|log ?in|register)[.!]?",
    r"(?:get|receive)\b.{0,60}\b(?:in|to) your inbox\b.*",
    r"(?:follow|like|find) us\b.{0,60}",
    r"pin (?:it|this|me)(?: for later| now)?\b.{0,20}",
    r"share (?:this|on|via)\b.{0,60}|share",
    # navigation
    r"search (?:our|the|this) (?:shop|store|site|website|glossary|blog|products?)\b.{0,30}",
    r"(?:skip|jump) to (?:main |the )?(?:content|navigation|section)s?",
    r"back to (?:the )?(?:top|glossary|overview|index|home)\b.{0,20}",
    r"(?:home|glossary|health|nutrition)\s*[>»/›]\s*\S.{0,100}",
    r"(?:learn|read|find out) more(?: (?:about|on)\b[^.]{0,100})?:?",
    r"(?:click|tap) here\b.{0,60}",
    r"(?:related(?: (?:article|post|story|reading|video|recipe)s?)?|(?:also )?read(?: also| next| this| more)?"
    r"|you (?:may|might) also like|don['’]t miss|up next|learn more) ?[:»>–-] ?(?:\S+ ){3,14}\S+",
    r"(?:hits|views|shares|likes): ?[\d.,]+k?|[\d.,]+k? (?:hits|views|shares|likes|reads)",
    r"[\d.,]+k? (?:people |readers )?(?:out of [\d.,]+ )?(?:people )?found this (?:page |article )?(?:useful|helpful)",
    r"(?:(?:user|average|your|reader) )?rating: ?\d.{0,20}",
    r"(?:previous|next)(?: (?:page|post|article|term))?|menu|search|print(?: this page)?",
    r"table of contents|(?:on|in) this (?:page|entry|article|guide|post|section|topic):?|(?:page |quick )?contents:?",
    r"(?:filed under|posted in|tagged(?: with| as)?|tags|labels)\b\s*:.{0,120}",
    r"\d+[- ]min(?:ute)?s?\.? (?:to )?read(?:ing time)?",
    r"(?:(?:estimated|average) )?read(?:ing)? time:? .{1,20}",
    r"listen(?: now)?|listen to (?:this |the )?(?:article|story|page|post)\b.{0,30}",
    # pictures
    r"(?:photo|image|picture|portrait|headshot) (?:of|by|credit|courtesy|source|via)\b.{0,120}",
    r"(?:(?:photo|image|picture)s?(?: credits?)?|credits?):.{0,120}",
    r"(?:was|did you find) this (?:page |article |information |content )?(?:helpful|useful)\b.{0,40}",
    # law
    r"(?:©|\(c\)|copyright\b).{0,200}",
    r"(?:this|our) (?:web)?site uses cookies\b.*|we use cookies\b.*|by (?:continuing|using)\b.{0,80}\bcookies\b.*",
    r"accept (?:all )?cookies|cookie (?:policy|settings|preferences|notice)",
    r"privacy (?:policy|notice)|terms (?:of (?:use|service)|and conditions)",
    r"(?:(?:medical|health|legal|fda) )?disclaimers?:.*",
    r"(?:this|the|our|all) (?:\w+ ){0,3}(?:information|content|article|material|page|website)\b.{0,120}"
    r"\b(?:(?:informational|educational) (?:and (?:informational|educational) )?purposes?|substitute for"
    r"|medical advice)\b.*",
    r"(?:this|the|our|all|these|those|what) (?:[\w-]+ ){0,8}(?:entry|entries|glossary|glossaries|library|guides?|site"
    r"|website|pages?|content|contents|articles?|posts?|blog|tools?|information|materials?|answers?)\b[^.?!]{0,120}"
    rf"\b(?:not|no|never|cannot|rather than)(?: \w+){{0,8}} (?:the )?{_ADVICE}\b.{{0,150}}",
    r"(?:spotted|found|see) an? (?:mistake|error|typo)\?.*",
    r"(?:report|suggest) an? (?:mistake|error|correction|edit|word)",
    r"best viewed (?:in|with|at|on)\b.{0,60}|you are (?:visitor|guest|reader) (?:number|no\.?|#).{0,40}",
    r"next (?:\w+ )?(?:review|update)(?: due| date| planned)?\b:? .{0,30}",
    r"(?:advertisement|sponsored|ad|advertising|paid content|promotion)",
    r"\*?\s*these statements have not been evaluated by\b.*",
)
_INSIDE = _any(
    r"(?:[^.?!]{0,80}\b)?our (?:new|newest|latest|improved|personali[sz]ed)\b.*\b(?:now|finally) (?:available|here)\b"
    r".*",
    r".{0,80}\b\d{1,2}\s?% off\b.*",
    r"[^.?!]{0,120}\b(?:contains?|includes?|uses?) (?:\w+ )?affiliate links?\b.*",
    r"[^.?!]{0,150}\bearn (?:an?|any) (?:\w+ )?commissions?\b.*",
    # what is ours or mine, offered to "you"
    rf"(?:{_QUESTION})?{_OFFER}\b[^.?!]{{0,60}}\b(?:our|my) (?:[\w-]+ ){{0,4}}{_WARE}\b.{{0,150}}",
    rf"{_QUESTION}our (?:\w+ ){{0,2}}(?:{_STAFF}|{_WARE})\b.*",
    rf"{_OFFER} (?:our|my)\b[^.?!]{{0,40}}|{_QUESTION}{_OFFER} (?:our|my)\b.{{0,120}}",
    rf"{_QUESTION}(?:subscribe|sign up|follow (?:us|me|along|(?-i:[A-Z])\w*))\b.{{0,120}}",
    rf"(?:{_QUESTION}|if you(?:['’]d| would)?[^.?!]{{2,100}}, )(?:please )?{_CONTACT}\b.{{0,150}}",
    r"[^.?!]{2,60}\b(?:reader|listener|member)-supported\b.*",
    rf"(?:{_QUESTION})?consider (?:becoming|upgrading)\b.{{0,100}}"
    r"\b(?:subscriber|member|patron|supporter)\b.*",
    r".{0,120}\ball rights reserved\b.{0,80}",
    r"[^.?!]{0,150}\b(?:not|no|never|cannot)(?: (?:an?|be|as|it|intended|meant|constitute|provide|replace|substitute|"
    r"replacement|to|for|of|the|your|any|qualified|individual|personal|professional|give|offer|render))*"
    r" (?:medical|professional|health ?care|doctor['’]s) (?:advice|consultation|diagnosis)\b.{0,120}",
    r"[^.?!]{0,150}\b(?:for|as) (?:general )?(?:information(?:al)?|education(?:al)?)(?: (?:and|or) \w+)?"
    r"(?: purposes)? only\b.{0,120}",
    r".{0,120}©\s?(?:copyright\s)?\d{4}.{0,120}",
)
"""The wording of banners that may stand far from their beginning: looked for where one of these is, as that is slow."""
_INSIDE_CUES = (
    "our ", "my ", "% off", "affiliate", "commission", "supported", "? ", "if you", "consider ", "rights reserved", "©",
    "advice", "consultation", "diagnosis", "information", "education",
)  # fmt: skip
_PRICE = re.compile(
    r"(?:from |now |only )?(?:(?:USD|EUR|GBP|[$€£]) ?\d[\d.,]*|\d[\d.,]* ?(?:USD|EUR|GBP|[$€£]))(?: [A-Z]{3})?",
    re.IGNORECASE,
)
_ACTIONS = re.compile(
    r"(?:(?:pre-?)?order(?! of)|buy|shop|book|add to|get (?:started|your|yours|my|the)|try (?:it|now|for|free)|schedule"
    r"|check (?:the )?(?:latest |current |today['’]s )?prices?|send (?:it|them|me)|have a look"
    r"|begin$|start$|choose (?:this|your)|see it (?:at|on)|save my|ask us|take the (?:quiz|test)"
    r"|request|join|sign up|subscribe|register|enrol+|start (?:your|my|for|free)|claim|make an appointment"
    r"|(?:get it on |download on )?(?:the )?(?:app store|google play)"
    r"|find a (?:doctor|provider)|donate|see (?:plans|prices|kits|offers)|view (?:product|offer|deal))\b",
    re.IGNORECASE,
)
_BOXES = _any(
    r"(?:shop|browse) (?:our|all|the|by|for)\b.{0,60}|(?:visit )?our (?:shop|store|products|supplements)",
    r"(?:related|recommended|featured|popular) (?:products?|supplements?|posts?|articles?|reading)"
    r"|products (?:and|&) services",
    r"you (?:may|might) also (?:like|enjoy)|(?:customers|readers) also\b.{0,40}|more from\b.{0,60}",
    r"references?|bibliography|citations?|works cited|(?:article|page) sources|further reading|footnotes",
    r"(?:what to )?read (?:this )?next|(?:up|read) next|keep reading|more (?:articles|posts|stories|to explore)",
    r"how (?:we|this (?:article|page|content) was) (?:review|fact[- ]?check|source|research)\w*\b.{0,40}",
    r"(?:our |about (?:our|the|this) )?editorial (?:policy|policies|process|standards|team|guidelines)|article history",
    r"(?:recent|latest|trending|similar|other|top|more) (?:posts?|articles?|news|stories|reads)",
    r"most (?:read|popular|viewed)|popular",
    r"(?:from|in) (?:our|the) (?:forums?|community|blog|shop|store)|test yourself|watch (?:now|next|this)",
    r"(?:what )?(?:our )?(?:readers|customers|members|clients) (?:say|said|are saying|think)|join the conversation",
    r"(?:hi|hello|hey)(?: there)?[,!]? i['’]m .{1,40}|as (?:seen|featured) (?:in|on)",
    r"\d+ (?:comments|responses|replies|thoughts)(?: on\b.{0,60})?|comments \(\d+\)",
    r"newsletter|comments|leave a (?:comment|reply)|contact(?: us)?|about us|share this(?: page| article)?",
    r"(?:medical )?disclaimer",
)
_RELATED = re.compile(
    r"(?:related (?:glossary )?(?:terms?|concepts?|entries|topics?|words)|see also|similar terms)\b"
    r"\s*(?P<colon>:?)\s*",
    re.IGNORECASE,
)
_REVIEWER = re.compile(
    r"(?:fact[- ]?checked (?:and|&) |last )?(?:(?:medically|clinically|scientifically|professionally|expert)[- ])?"
    r"(?:reviewed|approved|verified)"
    r"(?: for (?:medical |scientific |clinical )?accuracy)?(?: and (?:approved|updated|verified|fact[- ]checked))?"
    r" by(?:\b|(?-i:(?=[A-Z])))\s*:?\s*"
    r"|(?:medically |clinically |expert[- ])?checked by\b\s*:?\s*|(?:medical|clinical|expert) review by\b\s*:?\s*"
    r"|(?:(?:about the|our|medical|clinical|expert|scientific) )+(?:reviewers?|advis[eo]rs?|experts?)\s*:?\s*$"
    r"|(?:medical |clinical |expert )?reviewer\s*:\s*"
    r"|(?:medical|clinical|scientific|nutrition) (?:expert|advis[eo]r|review|consultant|editor)\s*:\s*",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"(?:medically |fact[- ]?)?(?:written|authored|edited|fact[- ]?checked|compiled) by(?:\b|(?-i:(?=[A-Z])))\s*:?\s*"
    r"|(?:created|posted|submitted"
    r"|(?:words|text|story|article|post|entry|page)(?: (?:and|&) (?:photos|recipes?|images))?)"
    r" by\b\s*:?\s*"
    r"|(?:about the |our )(?:authors?|writers?|editors?|contributors?)\s*:?\s*$"
    r"|(?:author|writer|editor)s?\s*:\s*",
    re.IGNORECASE,
)
_BY = re.compile(r"[Bb]y\s+(?=[A-Z])")
_DATE = re.compile(
    r"(?:(?:this )?(?:page|article|entry) )?(?:was )?(?:(?:first|last|most recently|originally) )?(?:medically )?"
    r"(?P<event>reviewed|updated|modified|revised|edited|published|posted|created)(?: (?:on|in|at))?\b\s*:?\s*"
    r"|(?P<noun>(?:(?:last )?(?:review|update)|publication) date|last (?:update|review|revision|change))\s*:?\s*"
    r"|date (?P<past>published|reviewed|updated)\s*:?\s*",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\s*[,;|·–—-]?\s*\b(?:(?:last )?(?:updated|reviewed|modified|edited) )?(?:on|in)\s+|\s+[|·–—]\s+"
    r"|,\s+(?=(?:[a-z]{3,9}\.? \d{1,2},|\d{1,2} [a-z]{3,9}\.?) \d{4}\b)",
    re.IGNORECASE,
)
"""What may stand between a name and a date."""
_AT = re.compile(r"\s+at \d\d?:\d\d.*", re.IGNORECASE)
BEFORE_DATE = (
    r"(?<!\bpage)\.?\s+(?=(?:page )?(?:last|next) (?:medically )?(?:review|update|revis|modif)"
    r"|date (?:reviewed|updated|published)\b|(?:review|update|publication) date\b)"
    r"|\.\s+(?=(?:medically )?(?:reviewed|updated|published)\b)"
)
"""What stands before "Last reviewed: …" on one line with another byline (a pattern, whatever the case)."""
_NEXT_BYLINE = re.compile(
    r"\s*[|·•—–]\s*(?=(?:(?:medically|fact|last)\W)?"
    r"(?:by|written|authored|reviewed by|edited|checked|updated|published)\b|\d+ min)"
    rf"|{BEFORE_DATE}",
    re.IGNORECASE,
)
_TITLES = frozenset("Prof Professor Doctor Mrs About Meet".split())
_BIOGRAPHY = re.compile(
    r"^(?:s?he|they|dr\.?)\s|\b(?:earned|received|completed|obtained|holds) (?:a|an|her|his|their)\b|\bfellowship\b"
    r"|\buniversity\b|\bboard[- ]certified\b|\bregistered dietiti[ao]n\b"
    r"|\b(?:is|was) an? (?:RD|RDN|MD|nutritionist|dietiti[ao]n|physician)\b"
    r"|\b(?:her|his|their) (?:research|interests|goal|work|career|expertise|practice|passion)\b",
    re.IGNORECASE,
)


def dated(label: str) -> str | None:
    """What a label without its date dates ("Last reviewed:"): "reviewed", "published" or "modified", else None."""
    match = _DATE.fullmatch(label) if len(label) < _LONGEST_LABEL else None
    return _event(match) if match else None


def is_price(text: str) -> bool:
    """Whether a line is a price and nothing else."""
    return len(text) < _LONGEST_LABEL and _PRICE.fullmatch(text) is not None


def calls_to_act(label: str) -> bool:
    """Whether a link or button offers something to buy, to book or to join."""
    return len(label) < _LONGEST_LABEL and _ACTIONS.match(label) is not None


@lru_cache(maxsize=10_000)
def line(text: str) -> Line | None:
    """The role that a line, heading or short paragraph plays by its wording; None for one that says something."""
    if len(text) > _LONGEST:
        return None
    if (match := _RELATED.match(text)) and (match.end() == len(text) or match["colon"]):
        return Line(Role.RELATED, match.end())
    if match := _REVIEWER.match(text):
        return _byline(Role.REVIEWER, text, match.end())
    if match := _AUTHOR.match(text):
        return _byline(Role.AUTHOR, text, match.end())
    if (match := _BY.match(text)) and (found := _byline(Role.AUTHOR, text, match.end())):
        return found
    if (match := _DATE.match(text)) and (found := _dated(text, match)):
        return found
    if _is_banner(text):
        return Line(Role.BANNER, len(text))
    if _BOXES.fullmatch(text.rstrip(" :!")):
        return Line(Role.BOX, len(text))
    return None


def _is_banner(text: str) -> bool:
    if _BANNERS.fullmatch(text):
        return True
    lowered = text.lower()
    return any(cue in lowered for cue in _INSIDE_CUES) and _INSIDE.fullmatch(text) is not None


def is_biography(text: str, name: str | None) -> bool:
    """Whether a paragraph is about a person: it names them, or tells of degrees and posts. A first name counts only at
    the beginning: May and Grant are words too."""
    words = [word for word in re.findall(r"\w{3,}", name or "") if word[0].isupper() and word not in _TITLES]
    if words and re.search(rf"\A{words[0]}\b(?!-)|\b{words[-1]}\b(?!-)", text):
        return True
    return _BIOGRAPHY.search(text) is not None


def _byline(role: Role, text: str, rest: int) -> Line | None:
    """ "Reviewed by: Jane Roe, MD on May 3, 2024", or only its first words; None where the rest is a sentence."""
    words = text[rest:]
    if not words:
        return Line(role, rest)
    words = _AT.sub("", _NEXT_BYLINE.split(words, maxsplit=1)[0])
    date, event = None, {Role.REVIEWER: "reviewed", Role.AUTHOR: "published"}[role]
    for cut in _WHEN.finditer(words):
        if date := iso_date(words[cut.end() :]):
            words = words[: cut.start()].rstrip(" ,;")
            if re.search("updated|modified|edited", cut[0], re.IGNORECASE):
                event = "modified"
            break
    if not looks_like_person(words):
        return None
    return Line(role, rest, person(words), date, event if date else None)


def _event(match: re.Match[str]) -> str:
    """What happened, by a match of _DATE."""
    word = next(group for group in match.groups() if group).lower()
    return "reviewed" if "review" in word else "published" if word[:4] in ("publ", "post", "crea") else "modified"


def _dated(text: str, match: re.Match[str]) -> Line | None:
    """ "Last reviewed: 2024-05-03" or "Updated on May 3, 2024 by Jane Roe"; None where no date follows."""
    kind = _event(match)
    when, _, who = text[match.end() :].partition(" by ")
    date = iso_date(when)
    if date is None and not re.fullmatch(r"[\d./ -]{6,12}", when.strip(" .")):
        return None
    reviewer = person(who) if kind == "reviewed" and looks_like_person(who) else None
    return Line(Role.DATE, match.end(), reviewer, date, kind)
