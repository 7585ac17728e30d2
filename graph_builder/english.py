"""What extraction knows of English: the closed classes of words, and how verbs and nouns change their form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

DETERMINERS = frozenset(
    "the a an this that these those your their its his her our my any some each every all both certain other "
    "another most many several few no various such more less much enough additional different".split()
)
INDEFINITE = frozenset("a an any one another some".split())
PREPOSITIONS = frozenset(
    "of in into from to for with by through during after before at on under within between among against without "
    "via throughout inside outside around behind across over above below beneath near upon toward towards per as "
    "than like until despite including along onto off up down out away about".split()
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
    "normally commonly eventually over-time directly indirectly thereby hence perhaps".split()
)
ADVERBIALS = (
    "over time", "for example", "for instance", "in addition", "as a result", "in general", "in fact",
    "in turn", "at first", "of course", "on average", "in the long run", "in the long term", "at the same time",
    "as well", "no longer", "so far", "in some cases", "in most cases", "in many cases", "in other words",
    "in contrast", "by contrast", "at times", "after all", "in part", "in particular", "at least", "at most",
    "up to", "on the other hand", "together with", "not only", "day and night", "all day", "every day", "each day",
    "a day",
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

_IRREGULAR = """
be was been | become became become | begin began begun | bind bound bound | break broke broken
bring brought brought | build built built | come came come | cut cut cut | do did done | draw drew drawn
eat ate eaten | fall fell fallen | feed fed fed | feel felt felt | find found found | get got gotten
give gave given | go went gone | grow grew grown | have had had | hold held held | keep kept kept
know knew known | lead led led | leave left left | let let let | lose lost lost | make made made
mean meant meant | meet met met | put put put | rise rose risen | run ran run | see saw seen | send sent sent
set set set | show showed shown | shut shut shut | speed sped sped | split split split | spread spread spread
take took taken | tell told told | think thought thought | wear wore worn | underlie underlay underlain
undergo underwent undergone | arise arose arisen | drive drove driven | burn burned burned | say said said
stand stood stood | sit sat sat | lie lay lain | hurt hurt hurt | slow slowed slowed | call called called
"""
_VERBS = """
able absorb accumulate act add adjust affect age aggravate aid alleviate allow appear arise assess assist
associate attach attack attract avoid bake balance become begin behave believe belong bind block boil boost
break breathe bring build burn call calm carry catalyse catalyze cause change check chew chop circulate classify
clean clear climb combine come compare complete compose comprise confirm connect consider consist constitute
consume contain continue contract contribute control convert cook coordinate count counter counteract cover
create cross cure cut damage deal decide decline decrease define delay deliver depend deposit derive describe
design destroy detect determine develop diagnose die differ digest direct dissolve drain drink drive drop dry
ease eat elevate enable encourage end enhance enrich ensure enter equal establish estimate evaluate exacerbate
exceed excrete exist exit expand experience explain express fail fall favor favour feature feed feel fight fill
filter find float flow follow form fortify foster freeze fry fuel function gain gather get give go govern group
grow guide hang happen harden harm have heal help hinder hit hold house hurt hydrolyse hydrolyze identify impair
improve include increase indicate induce influence inhibit inject insert intend interfere involve join keep know
lack last lead leak leave lessen let lie limit line link live locate look lose lower maintain make manage mark
match mean measure mediate meet mention metabolise metabolize mimic mix modulate monitor move name narrow need
note obtain occur offer offset oppose originate pass peel perform place play point precipitate prepare prescribe
present preserve prevent process produce progress promote protect provide provoke pull pump push put quantify
raise range reach react read receive recognise recommend reduce refer reflect regenerate regulate relate relax
release relieve rely remain remove repair repel replace replenish represent require resemble reside resist
respond result return reveal rinse rise roast run save say screen secrete see seem send sense serve set shape
show shrink signal sink sit sleep slow smell soak spare speed split stand start stay steam stimulate stop store
strengthen stress struggle suffer suggest supply support suppress surpass surround suspect sustain swallow swell
synthesise synthesize take target taste tell tend term test thicken thin think tie total track transfer
transform transport travel treat trigger try turn undergo underlie underpin understand use vanish vary walk wash
weaken wear weigh widen work worn worsen
"""
_NOUN_TOO = frozenset(
    "act aid attack balance block boost break build burn cause change check contact control cover cure damage "
    "deal decline decrease delay die drink drive drop end estimate experience fall feed fight form fuel function "
    "gain group guide harm help house increase influence lack last lead limit line link look mark measure move "
    "name need note place play point process produce progress range reach release result return rise run set show "
    "signal slow speed split spread stand start stop store stress supply support target test tie track transfer "
    "transport treat trigger try turn use work present contract pump deposit sense screen taste smell climb flow "
    "age mix sleep walk pass cross exit filter cook cut total match leak drain feature".split()
)


_STRESSED_LAST = frozenset("refer transfer occur begin control compel".split())


_NO_ADVERBS = frozenset("supply rely only family early daily belly jelly fly apply anomaly likely unlikely".split())


def is_adverb(word: str) -> bool:
    """Whether a lower-case word is an adverb: one of the common ones, or one in -ly."""
    return word in ADVERBS or (word.endswith("ly") and word not in _NO_ADVERBS)


class Form(StrEnum):
    """The form of a verb."""

    BASE = "base"
    THIRD = "third person"
    PAST = "past"
    PARTICIPLE = "participle"
    ING = "ing"


@dataclass(frozen=True, slots=True)
class VerbForm:
    """What a word is as a verb: its lemma and the forms it can be."""

    lemma: str
    forms: frozenset[Form]


def inflections(lemma: str) -> dict[Form, tuple[str, ...]]:
    """All forms of a verb.

    >>> inflections("carry")[Form.THIRD], inflections("make")[Form.PARTICIPLE], inflections("stop")[Form.ING]
    (('carries',), ('made',), ('stopping',))
    """
    past, participle = _irregular().get(lemma, (_with_ed(lemma), _with_ed(lemma)))
    return {
        Form.BASE: (lemma,),
        Form.THIRD: (_with_s(lemma),),
        Form.PAST: _spellings(past),
        Form.PARTICIPLE: _spellings(participle),
        Form.ING: _spellings(_with_ing(lemma)),
    }


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

    def get(self, word: str) -> VerbForm | None:
        """What a lower-case word is as a verb, or None if it is none that is known."""
        return self._forms.get(word)

    @staticmethod
    def noun_too(lemma: str) -> bool:
        """Whether the verb's base form and third person are as often a noun ("use", "increases")."""
        return lemma in _NOUN_TOO
