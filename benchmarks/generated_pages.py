"""Pages to measure on: unlike each other in every title and sentence, and as full of concepts and claims as real ones.

Sentences are made of the templates below and the names of the bundled vocabulary, a heading is a question, a page has
one to eight kilobytes. The same number gives the same pages everywhere.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from nutrigraph.ontology.vocabulary import load_vocabulary
from nutrigraph.project import Project

URL = "https://www.example.org/glossary/"
SEED = 20
SMALLEST, LARGEST = 1_000, 8_000
"""Bytes of a page."""
TELLING = 0.6
"""The share of sentences that relate concepts to each other."""

POOLS = {
    "hormone": "Hormone",
    "enzyme": "Enzyme",
    "nutrient": "Nutrient",
    "chemical": "Chemical",
    "food": "Food",
    "organ": "Organ",
    "cell": "Cell",
    "fluid": "BodyFluid",
    "process": "Process",
    "disease": "Disease",
    "condition": "Condition",
    "finding": "Finding",
    "measure": "Measure",
    "test": "DiagnosticTest",
    "drug": "Drug",
    "treatment": "Treatment",
    "habit": "Behaviour",
    "device": "Device",
    "product": "Product",
}
"""The words that stand for a concept in templates, and the type that it then has."""

TEMPLATES = """
The {organ} produces {hormone}, {hormone} and {hormone} in response to {measure} after {event}.
{Hormone} is a hormone made by the {organ} that regulates {process}, {process} and {process}.
{Disease} is a disease that damages the {organ}, the {organ} and the {organ}, and may lead to {disease}.
{Disease} can cause {finding}, {finding} and {finding}, especially {time}.
Common symptoms of {disease} include {finding}, {finding}, {finding} and {finding} {time}.
Risk factors for {disease} include {condition}, {condition}, {habit} and {disease} in {people}.
{Disease} increases the risk of {disease}, {disease} and {condition}.
{Food}, {food} and {food} contain {nutrient}, {nutrient} and small amounts of {nutrient}.
Foods such as {food}, {food} and {food} provide {nutrient} and {nutrient} to {people}.
{Nutrient} helps the body absorb {nutrient}, {nutrient} and {nutrient} from {food}.
{Enzyme} is an enzyme in {fluid} that breaks down {nutrient} and {chemical} into {chemical}.
{Drug} and {drug} are used to treat {disease}, {disease} and {condition} in {people}.
{Drug} lowers {measure} and {measure}, but it may cause {finding}, {finding} or {finding}.
{Test} and {test} measure {measure} and {measure} to diagnose {disease} or {disease}.
{Disease} is diagnosed with {test}, {test} or {test} {time}.
{Treatment} helps to manage {disease}, {disease} and {condition} {time}.
A lack of {nutrient} and {nutrient} may result in {disease}, {condition} or {finding}.
{Habit} and {habit} reduce {measure}, {measure} and the risk of {disease}.
{Habit} does not cause {disease} or {disease}, although {condition} does.
{Cell}s in the {organ} release {hormone} and {chemical} into the {fluid} {time}.
{Hormone} stimulates the {organ} and the {organ} to produce {chemical}, {hormone} and {enzyme}.
{Hormone}, which the {organ} makes, raises {measure} and lowers {measure} in {people}.
It also affects the {organ}, the {organ}, {process} and {process}.
This condition affects the {organ}, the {organ} and {process} {time}.
The {organ}, an organ close to the {organ}, stores {nutrient}, {nutrient} and {chemical}.
{Condition} is caused by {disease}, {habit} or a high intake of {nutrient} and {food}.
{Disease} is a disease in which {cell}s attack the {organ} and the {organ}.
{Product} and {product} contain {nutrient}, {chemical} and {nutrient}, and may interact with {drug}.
{Device} delivers {drug} and {hormone} to {people} with {disease} or {disease}.
{Process} depends on {nutrient}, {nutrient} and {enzyme}, and takes place in the {organ}.
There is some evidence that {food} and {nutrient} prevent {disease}, {disease} and {condition}.
High {measure} may damage the {organ}, the {organ} and {cell}s in {people}.
The {organ} and the {organ} are part of one system that controls {process} and {process} {time}.
Complications of {disease} include {disease}, {disease}, {condition} and {finding}.
"""
PLAIN = """
Each person is different, and what suits {people} {time} need not suit {people} of another age or with other plans.
In a survey of {number} {people}, more than {number} said that they had never heard of {nutrient} before.
A portion of {food} weighs about {number} grams, which is roughly what {people} eat {time} without thinking about it.
About {number} of the {people} who took part kept a diary {time}, and {number} of them still do so today.
Whoever wants to know more should bring a list of questions about {disease} to the next visit and take notes there.
Guidelines for {people} were last revised {number} days ago, after a long debate between two groups of authors.
The word was first written down {number} years ago by a teacher who kept long lists of what {people} were eating.
How much of it is enough differs between {people} and {people}, and opinions have changed more than once {time}.
"""
"""Sentences that relate nothing to anything, as every page has them."""

PEOPLE = """
adults|children|teenagers|athletes|older people|pregnant women|nurses on night shifts|people after surgery
|young men|runners|people of small stature|infants|women over fifty|swimmers|office workers|farmers
""".replace("\n", "").split("|")
EVENTS = "breakfast|lunch|dinner|a snack|a long run|a night of sleep|a glass of juice|a fast of a day".split("|")
TIMES = """
over time|after a few weeks|in the first year|before the age of six|late in life|during the winter
|in most cases|after each meal|for many years|within hours|at night|in the long run|at high altitude
""".replace("\n", "").split("|")
QUESTIONS = "What is {}?|What does {} do?|What causes {}?|How does the body use {}?|Who should know about {}?".split(
    "|"
)
_ONSETS = "b c d f g h k l m n p r s t v z br cr dr gr pl st tr".split()
_VOWELS = "a e i o u ae io".split()
_CODAS = "l m n r s t x nd rt".split()


@cache
def names() -> dict[str, list[str]]:
    """The names of the bundled vocabulary in each pool."""
    vocabulary = load_vocabulary(Project(Path(), "Names", URL, URL + "concept/"))
    return {
        pool: sorted(_in_text(c.label) for c in vocabulary.concepts.values() if c.type == type_ and "(" not in c.label)
        for pool, type_ in POOLS.items()
    }


def _in_text(label: str) -> str:
    """A label as it stands within a sentence."""
    return label if not label[1:2].islower() else label[0].lower() + label[1:]


def pages(count: int | None = None, size: int | None = None) -> Iterator[tuple[str, str]]:
    """(file name, Markdown) of so many pages, or of pages of `size` bytes altogether."""
    chance = random.Random(SEED)
    made = number = 0
    titles: set[str] = set()
    said: set[str] = set()
    while (number < count) if count is not None else (made < (size or 0)):
        title = _unlike(titles, lambda: _title(chance))
        text = _page(title, chance.randint(SMALLEST, LARGEST), said, chance)
        number += 1
        made += len(text.encode())
        yield f"page-{number:06}.md", text


def write(folder: Path, count: int | None = None, size: int | None = None) -> int:
    """Makes a project of such pages in `folder`; returns the bytes of its pages."""
    (folder / "pages").mkdir(parents=True)
    (folder / "nutrigraph.toml").write_text(
        f'[project]\ntitle = "Generated pages"\nbase_url = "{URL}"\n\n[[pages]]\npath = "pages"\n', encoding="utf-8"
    )
    written = 0
    for name, text in pages(count, size):
        data = text.encode()
        (folder / "pages" / name).write_bytes(data)
        written += len(data)
    return written


def _unlike(before: set[str], make: Callable[[], str]) -> str:
    """Something that was not made before."""
    while (made := make()) in before:
        pass
    before.add(made)
    return made


def _title(chance: random.Random) -> str:
    """A coined word, as substances are called, and what it is one of."""
    syllables = (
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(("", chance.choice(_CODAS)))
        for _ in range(chance.randint(2, 4))
    )
    return "".join(syllables).capitalize() + " " + chance.choice(("acid", "syndrome", "factor", "diet", "protein"))


def _page(title: str, size: int, said: set[str], chance: random.Random) -> str:
    blocks = [f"# {title}"]
    length = len(title)
    while length < size:
        if chance.random() < 0.5:
            pool = chance.choice(("hormone", "disease", "nutrient", "organ", "enzyme"))
            blocks.append("## " + chance.choice(QUESTIONS).format(chance.choice(names()[pool])))
        sentences = [_unlike(said, lambda: _sentence(chance)) for _ in range(chance.randint(1, 5))]
        if length == len(title):
            sentences.insert(
                0,
                f"{title} is a {chance.choice(('chemical', 'nutrient'))} found in the "
                f"{chance.choice(names()['organ'])} and in {chance.choice(names()['food'])}.",
            )
        blocks.append(" ".join(sentences))
        length += len(blocks[-1])
    return "\n\n".join(blocks) + "\n"


@cache
def _templates() -> tuple[list[list[str]], list[list[str]]]:
    """The templates, each cut into text and places."""
    telling, plain = (
        [re.split(r"\{(\w+)\}", line) for line in lines.strip().splitlines()] for lines in (TEMPLATES, PLAIN)
    )
    return telling, plain


def _sentence(chance: random.Random) -> str:
    telling, plain = _templates()
    parts = list(chance.choice(telling if chance.random() < TELLING else plain))
    for place in range(1, len(parts), 2):
        word = parts[place]
        chosen = str(chance.randint(2, 9999)) if word == "number" else chance.choice(_pool(word.lower()))
        parts[place] = chosen[0].upper() + chosen[1:] if word[0].isupper() else chosen
    return "".join(parts)


def _pool(word: str) -> list[str]:
    return {"people": PEOPLE, "event": EVENTS, "time": TIMES}.get(word) or names()[word]
