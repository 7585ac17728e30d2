"""What extraction knows of English: the closed classes of words, and how verbs and nouns change their form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

DETERMINERS = frozenset(
    "the a an this that these those your their its his her our my any some each every all both certain other "
    "another most many several few no various such more less much enough additional different".split()
)
FLOATED = frozenset("all both each itself themselves".split())
"""Quantifiers that may stand behind the noun they belong to: "these hormones all raise …"."""
INDEFINITE = frozenset("a an any one another some".split())
PREPOSITIONS = frozenset(
    "of in into from to for with by through during after before at on under within between among against without "
    "via throughout inside outside around behind across over above below beneath near upon toward towards per as "
    "than like unlike until despite including along alongside beside besides onto off up down out away about".split()
)
RELATIVES = frozenset("that which who whose whom where".split())
SUBORDINATORS = frozenset(
    "because since although though if when while once so whereas unless whether whenever until how why what".split()
)
CONDITIONS = frozenset("if unless whether".split())
CONJUNCTIONS = frozenset("and or but nor plus".split())
PRONOUNS = frozenset("it they he she this these you we i them one ones there".split())
BE = frozenset("is are was were be been being am".split())
HAVE = frozenset("has have had having".split())
DO = frozenset("does do did".split())
MODALS = frozenset("will would shall should must may might could can cannot".split())
AUXILIARIES = BE | MODALS | DO | HAVE
HEDGES = frozenset(
    "may might could can possibly perhaps probably potentially likely seem seems "
    "appear appears suggests suggest".split()
)
NEGATIONS = frozenset(
    "not never cannot neither nor don't doesn't didn't isn't aren't won't can't hardly rarely".split()
) | {"no longer"}
ADVERBS = frozenset(
    "also often usually mainly especially particularly too very so then just only even still again always "
    "sometimes generally typically mostly primarily together well thus therefore however moreover furthermore "
    "instead rather quite almost already both either further later soon now here once longer not never naturally "
    "alone far normally commonly eventually over-time directly indirectly thereby hence perhaps".split()
)
ADVERBIALS = (
    "over time", "for example", "for instance", "in addition", "as a result", "in general", "in fact",
    "in turn", "at first", "of course", "on average", "in the long run", "in the long term", "at the same time",
    "as well", "no longer", "so far", "in some cases", "in most cases", "in many cases", "in other words",
    "in contrast", "by contrast", "at times", "after all", "in part", "in particular", "at least", "at most",
    "up to", "on the other hand", "together with", "not only", "day and night", "all day", "every day", "each day",
    "a day", "by far",
)  # fmt: skip
"""Fixed phrases that say when or how, and are no part of who does what."""
EXAMPLES = (
    "such as", "for example", "for instance", "including", "especially", "particularly", "mainly", "namely", "notably",
    "e . g .", "e.g", "like", "chiefly", "mostly", "above all",
)  # fmt: skip
"""What stands before examples, or before those members of a class that matter most."""

POSTPOSED = frozenset(
    "similar necessary available present responsible common likely due rich high low free equal close".split()
)
"""Adjectives that follow their noun where a preposition follows them: foods rich in iron."""

ADJECTIVES = frozenset(
    "small tiny little large big huge long short tall thin thick narrow wide flat round oval hollow soft hard firm "
    "rigid flexible elastic smooth rough sticky waxy oily watery milky creamy spongy fleshy fatty bony starchy sugary "
    "salty sour sweet bitter tangy tart clear cloudy colourless colorless odourless odorless yellow green brown red "
    "white black pale dark light heavy dense loose strong weak powerful potent mild severe serious simple complex "
    "common rare frequent unusual typical normal healthy chronic acute sudden gradual slow fast quick rapid brief "
    "permanent temporary painful itchy swollen tender new old young early late essential natural vital special "
    "specialized specialised complete partial active inactive toxic genetic inherited congenital metabolic treatable "
    "key safe simple cheap versatile low high deep shallow muscular tubular crescent balanced lifelong unsaturated "
    "saturated progressive".split()
)
"""Adjectives that stand before others of their kind: "a small, pear-shaped organ", "a rare but serious disease"."""
_ADJECTIVE_ENDINGS = ("ful", "less", "ous", "ive", "able", "ible", "ening")

_IRREGULAR = """
be was been | become became become | begin began begun | bind bound bound | break broke broken
bring brought brought | build built built | come came come | cut cut cut | do did done | draw drew drawn
eat ate eaten | fall fell fallen | feed fed fed | feel felt felt | find found found | get got gotten
give gave given | go went gone | grow grew grown | have had had | hold held held | keep kept kept
know knew known | lead led led | leave left left | let let let | lose lost lost | make made made
mean meant meant | meet met met | put put put | rise rose risen | run ran run | see saw seen | send sent sent
sell sold sold | buy bought bought
set set set | show showed shown | shut shut shut | speed sped sped | split split split | spread spread spread
take took taken | tell told told | think thought thought | wear wore worn | underlie underlay underlain
undergo underwent undergone | arise arose arisen | drive drove driven | burn burned burned | say said said
stand stood stood | choose chose chosen | bleed bled bled | bend bent bent | overcome overcame overcome
shed shed shed | seek sought sought | shrink shrank shrunk | strike struck struck | tear tore torn | throw threw thrown
upset upset upset | withdraw withdrew withdrawn | withstand withstood withstood | bear bore borne | beat beat beaten
swell swelled swollen | freeze froze frozen | rebuild rebuilt rebuilt | forgo forwent forgone | creep crept crept
sit sat sat | lie lay lain | hurt hurt hurt | slow slowed slowed | call called called
"""
_VERBS = """
able abolish absorb accelerate accompany accumulate achieve acquire act activate adapt add adhere adjust administer
adopt advise affect age aggravate aid alleviate allocate allow alter amplify analyze answer appear apply appreciate
approve arise arrange assemble assess assimilate assist associate assume assure attach attack attain attend attract
augment avoid await bake balance ban bathe bear beat become begin behave believe belong bend bind bleed bloat block
blunt boast boil boost bother break breathe bring browse bruise brush buffer build bulge bump burn buy calculate call
calm carry carve catalyse catalyze cater cause cease challenge change characterize check chelate chew chill choose
chop circulate classify clean clear climb clog clot coat coin collapse collect colonize combat combine come comfort
compare compensate compete complete complicate compose compress comprise conceal concentrate conclude conduct confer
confine confirm confuse congeal connect conserve consider consist constitute constrict consult consume contain
continue contract contribute control convert convey cook coordinate correct correlate corrode counsel count counter
counteract couple cover crack cramp crave create creep cross crumble curb cure cushion cut damage deactivate deal
decay decide decline decompose decompress decrease deem defend define degenerate degrade dehydrate delay deliver
demand demonstrate depend deplete deposit depress deprive derail derange derive describe design desire destroy detect
deteriorate determine develop diagnose dictate die differ diffuse digest dilate dilute diminish dip direct disable
disagree disappear discard discharge discourage discover disguise dislodge displace disrupt dissipate dissolve distend
distinguish distribute disturb ditch divert divide donate double downregulate drain draw dribble drift drink drive
drop dry dull dwarf dwell dwindle ease eat eject elevate elicit eliminate elongate embed emerge emit employ empty
emulsify enable enclose encounter encourage end engage engulf enhance enlarge enrich ensue ensure entail enter equal
equip eradicate erode escape escort establish estimate evade evaluate evaporate evoke evolve exacerbate examine exceed
exchange excite exclude excrete exercise exert exhaust exist exit expand expel experience explain expose express
extend extract exude facilitate fade fail fall familiarize fast favor favour feature feed feel ferment fight fill
filter find float flourish flow fluctuate flush focus follow forage forbid force forgo form fortify foster fragment
freeze freshen fry fuel function gain gather generate germinate get give glow go govern grip group grow guard guide
halt hamper hang happen harden harm hasten have heal heighten help hide hinder hinge hit hoard hold house hover hurry
hurt hydrate hydrolyse hydrolyze identify ignite ignore illustrate imbibe imitate immobilize impact impair impart
impede impinge implant implicate imply impose improve inactivate include incorporate increase incur indicate induce
infiltrate inflame inflate inflict influence infuse ingest inhale inherit inhibit initiate inject injure insert
instruct insulate intend intensify interact interfere interpret interrupt intervene invade invigorate involve irrigate
irritate isolate itch join judge keep kill kindle knead know label lack languish last laxate lead leak leave lessen
let lie lift limit line linger link liquefy live load locate lodge look loosen lose lower lubricate lure magnify
maintain make malfunction manage manufacture mark mash mask master match mature mean meander measure mediate meet
mention merge merit metabolise metabolize migrate mimic mince minimize mirror misfire mitigate mix mobilise mobilize
moderate modify modulate moisten moisturize monitor motivate move multiply name narrow need neglect neutralize nibble
note notice nourish nudge number nurture obstruct obtain occur offer offload offset omit ooze operate oppose opt
optimize order originate outlast outnumber outweigh overcome overlap overload overproduce overtax overwhelm overwork
oxidize pack parallel participate pass pasteurize peak peel penetrate perceive perform permit persist perspire
phosphorylate pick pinpoint place play plug plummet plunge point poison pollute pool possess pour precipitate predate
predict predispose predominate prepare prescribe present preserve preside press prevent prime prize proceed process
procure produce progress prolapse proliferate prolong promote prompt propel protect prove provide provoke puff pull
pump puncture purify pursue push put quantify quench quicken raise range rank rate reach react read reappear rebound
rebuild recede receive reclaim recognise recommend reconstitute recoup recover recur recycle redirect reduce refer
refine reflect refuel regain regenerate register regulate reheat rehydrate reinforce reject relapse relate relax
release relieve rely remain remind remodel remove render repair repel replace replenish replicate represent reproduce
require rescue resemble reserve reset reside resist resolve resorb respire respond restore restrict result resume
retain retard retrieve return reuse reveal reverse rid rinse rise roast rob rotate run rupture safeguard sag satisfy
saturate save savor savour say scar scatter scavenge screen secrete secure see seek seem seep segment select sell send
sense sensitize separate serve set shape shed shield shift shorten show shrink shrivel shut shuttle sift signal simmer
sink siphon sit skip sleep slip slow smell smother snack soak soar soften soothe sour spare specialize speed spike
spill split spread sprinkle sprout squeeze stabilize stand start starve stave stay steal steam stem stiffen stimulate
stir stockpile stop store strain strengthen stress stretch strike strip struggle submit subside substitute subtract
succeed suck suffer suggest summarize supplement supply support suppress surge surpass surround survive suspect
sustain swallow swap sweat swell swing swirl switch synchronize synthesise synthesize tackle take taper target taste
tax tear tell tend term terminate test thaw thicken thin think thrive throw thwart tie tighten tingle tolerate topple
total toughen trace track train transfer transform transport trap travel traverse treat trickle trigger trim try turn
twist unblock underdiagnose undergo underlie underpin understand unfold unlock unravel unwind upregulate upset urge
urinate use utilize value vanish vaporize vary ventilate vibrate visualize vomit walk wane warm warn wash waste weaken
wean wear weigh widen wilt withdraw wither withstand work worn worry worsen wrap wrestle yield
"""
_NOUN_TOO = frozenset(
    "act age aid answer attack balance ban bear bleed block boost break bruise buffer build bulge burn cause "
    "challenge change check climb clot coat collapse comfort compress contact contract control cook correct couple "
    "cover crack cramp cross cure cushion cut damage deal decay decline decrease delay demand deposit desire die dip "
    "discharge double drain drink drive drop dull empty end escape estimate excess exchange exercise exit experience "
    "extract fade fall fast feature feed ferment fight filter fit flow flush focus force form fragment fuel function "
    "gain grip group guard guide halt harm help house impact increase influence itch judge label lack last lead leak "
    "lift limit line link load look mark mask master match mature measure mix moderate move name need note number "
    "order overlap parallel pass permit pick place play plug point poison pool present press prime process produce "
    "progress prompt pump range rank rate reach register release rescue reserve result return reverse rise run scar "
    "screen segment sense separate set shield shift show shuttle signal sleep slow smell speed split spread stand "
    "start stem stop store strain stress stretch strike strip substitute supplement supply support surge sweat swing "
    "pack rupture bump chill peak puff skip slip snack spike spill sprout swirl twist mirror rebound relapse "
    "switch target taste tax tear test tie total trace track train transfer transport trap treat trigger try turn "
    "upset urge use vomit walk warm waste work worry wrap yield".split()
)


_ADJECTIVE_TOO = frozenset(
    "thin dry clear slow warm empty mature narrow calm complete direct separate free live clean dull open parallel "
    "double total correct cool lower moderate weary".split()
)
_STRESSED_LAST = frozenset("refer transfer occur begin control compel".split())


_NO_ADVERBS = frozenset("supply rely only family early daily belly jelly fly apply anomaly likely unlikely".split())


def is_adverb(word: str) -> bool:
    """Whether a lower-case word is an adverb: one of the common ones, or one in -ly."""
    return word in ADVERBS or (word.endswith("ly") and word not in _NO_ADVERBS)


_PLURALS = frozenset("bacteria children people women men feet teeth villi nuclei mitochondria fungi".split())


def is_plural(word: str) -> bool:
    """Whether a word looks like a noun in the plural."""
    return word.endswith("s") or word in _PLURALS


def is_adjective(word: str) -> bool:
    """Whether a lower-case word is surely an adjective: a common one, or one by its ending."""
    return word in ADJECTIVES or (len(word) > 6 and word.endswith(_ADJECTIVE_ENDINGS))


VERBAL = ("ize", "izes", "izing", "ify", "ifies", "ifying")
"""Endings of verbs alone; words in -ized and -ified are as often adjectives."""
_VERB_STEM = re.compile(r"(?:iz(?:e|es|ing)|if(?:y|ies|ying))$")
_SHORTEST_FORMED = 7
Form = Literal["base", "third person", "past", "participle", "ing"]
"""The form of a verb. Plain strings, as `kinds` are."""
BASE: Final = "base"
THIRD: Final = "third person"
PAST: Final = "past"
PARTICIPLE: Final = "participle"
ING: Final = "ing"


class VerbForm(NamedTuple):
    """What a word is as a verb: its lemma and the forms it can be."""

    lemma: str
    forms: frozenset[Form]


def inflections(lemma: str) -> dict[Form, tuple[str, ...]]:
    """All forms of a verb.

    >>> inflections("carry")[THIRD], inflections("make")[PARTICIPLE], inflections("stop")[ING]
    (('carries',), ('made',), ('stopping',))
    """
    past, participle = _irregular().get(lemma, (_with_ed(lemma), _with_ed(lemma)))
    forms: dict[Form, tuple[str, ...]] = {
        BASE: (lemma,),
        THIRD: (_with_s(lemma),),
        PAST: _spellings(past),
        PARTICIPLE: _spellings(participle),
        ING: _spellings(_with_ing(lemma)),
    }
    return forms


def _spellings(form: str) -> tuple[str, ...]:
    """The form, and "signalled" beside "signaled"."""
    for ending in ("led", "ling"):
        if form.endswith(("e" + ending, "a" + ending)):
            return form, form.removesuffix(ending) + "l" + ending
    return (form,)


@lru_cache(maxsize=1)
def _irregular() -> dict[str, tuple[str, str]]:
    entries = (entry.split() for entry in _IRREGULAR.strip().replace("\n", "|").split("|"))
    return {lemma: (past, participle) for lemma, past, participle in entries}


def _with_s(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return {"have": "has", "be": "is"}.get(lemma, lemma + "s")


def _doubled(lemma: str) -> str:
    """The stem before -ed and -ing: a short stressed syllable doubles its consonant."""
    short = len(lemma) >= 3 and lemma[-1] not in "aeiouwxy" and lemma[-2] in "aeiou" and lemma[-3] not in "aeiou"
    syllables = sum(lemma[n] in "aeiou" and (n == 0 or lemma[n - 1] not in "aeiou") for n in range(len(lemma)))
    return lemma + lemma[-1] if short and (syllables == 1 or lemma in _STRESSED_LAST) else lemma


def _with_ed(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied"
    return _doubled(lemma) + "ed"


def _with_ing(lemma: str) -> str:
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith("ee") and lemma != "be":
        return lemma[:-1] + "ing"
    return _doubled(lemma) + "ing"


class Verbs:
    """The verbs that can be told from nouns: a general list, and those of the ontology's phrases."""

    def __init__(self, more: frozenset[str] = frozenset()) -> None:
        forms: dict[str, tuple[str, set[Form]]] = {}
        for lemma in sorted({*_VERBS.split(), *more}):
            for form, words in inflections(lemma).items():
                for word in words:
                    forms.setdefault(word, (lemma, set()))[1].add(form)
        self._forms = {word: VerbForm(lemma, frozenset(found)) for word, (lemma, found) in forms.items()}

    def __contains__(self, word: str) -> bool:
        """Whether a lower-case word is a form of a listed verb."""
        return word in self._forms

    def get(self, word: str) -> VerbForm | None:
        """What a lower-case word is as a verb, or None if it is none that is known."""
        found = self._forms.get(word)
        return self._formed(word) if found is None and word.endswith(VERBAL) else found

    def _formed(self, word: str) -> VerbForm | None:
        """What "emphasizes" and "solidify" are by their endings, if a general list lacks them."""
        if len(word) < _SHORTEST_FORMED or not word.isalpha():
            return None
        lemma = _VERB_STEM.sub(lambda match: "ize" if "z" in match[0] else "ify", word)
        found = VerbForm(lemma, frozenset(form for form, words in inflections(lemma).items() if word in words))
        self._forms[word] = found
        return found if found.forms else None

    @staticmethod
    def noun_too(lemma: str) -> bool:
        """Whether the verb's base form and third person are as often a noun ("use", "increases")."""
        return lemma in _NOUN_TOO

    @staticmethod
    def adjective_too(lemma: str) -> bool:
        """Whether the verb's base form is as often an adjective ("thin", "dry")."""
        return lemma in _ADJECTIVE_TOO
