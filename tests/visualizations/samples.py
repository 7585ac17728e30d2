"""Views to draw in tests: a pinned map of 28 concepts around insulin, and one where every text is an attack."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

from nutrigraph.visualizations.view import KINDS, MapConcept, MapStatement, MapView

HERE = Path(__file__).parent
CONCEPT = "https://www.example.org/concept/"

ATTACKS = (
    "</script><script>window.__pwned=1</script>",
    "<img src=x onerror=window.__pwned=1>",
    '"\' onfocus=window.__pwned=1 autofocus x="',
    "<a href='javascript:window.__pwned=1'>href</a>",
    "{{ 7*7 }}{% raw %}${7*7}",
    "]]><svg onload=window.__pwned=1>",
    "</style><style>*{display:none}</style>",
    "</title><!--<script>",
    "\u2028window.__pwned=1//\u2029",
    "\u202egnp.exe\u202c",
    "\x00\x07\x1b[31m",
    "javascript:window.__pwned=1",
    "<svg><script>window.__pwned=1</script></svg>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=window.__pwned=1>",
    "<iframe srcdoc='<script>parent.__pwned=1</script>'>",
    "<iframe src=javascript:parent.__pwned=1>",
    "<object data=javascript:window.__pwned=1>",
    "<embed src=javascript:window.__pwned=1>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content=0;url=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<form action=https://evil.example/><button>go</button></form>",
    "<details open ontoggle=window.__pwned=1>",
    "<body onload=window.__pwned=1>",
    "<video><source onerror=window.__pwned=1></video>",
    "<marquee onstart=window.__pwned=1>",
    "<a id=nutrigraph-map>clobbered</a>",
    "<input name=textContent id=card>",
    "<template><script>window.__pwned=1</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=window.__pwned=1>'>",
    "<textarea></textarea><script>window.__pwned=1</script>",
    "<title></title><script>window.__pwned=1</script>",
    "<!-- --><script>window.__pwned=1</script><!-- -->",
    "<![CDATA[<script>window.__pwned=1</script>]]>",
    "<?xml version='1.0'?><x/>",
    "&lt;script&gt;window.__pwned=1&lt;/script&gt;",
    "&#60;script&#62;",
    "&amp;lt;b&amp;gt;",
    "' onmouseover='window.__pwned=1",
    '" style="position:fixed;inset:0;background:red',
    "`onload=window.__pwned=1`",
    "${window.__pwned=1}",
    "#{7*7} <%= 7*7 %> {% include 'page.css' %}",
    "{{ self.__init__.__globals__ }}",
    "url(javascript:window.__pwned=1)",
    "expression(window.__pwned=1)",
    "}body{display:none}",
    "*/}*{display:none}/*",
    "\\u003cscript\\u003e",
    "\\x3cscript\\x3e",
    '{"__proto__":{"polluted":1}}',
    "__proto__",
    "constructor",
    "toString",
    "0",
    "null",
    "C:\\windows\\system32",
    "../../../../etc/passwd",
    "%00%0d%0aSet-Cookie:x=1",
    "A" * 400,
)


def insulin_view() -> MapView:
    """28 concepts around insulin, 44 statements, in our own words."""
    return _pinned("insulin", "Insulin")


def sixty_view() -> MapView:
    """60 concepts of the example glossary, dense: 100 relations."""
    return _pinned("sixty", "The example glossary")


def large_view(count: int = 500) -> MapView:
    """`count` concepts in a net with hubs, half as many statements again; every sentence is one of a kind."""
    words = [row["label"].lower() for row in _rows("sixty_concepts.tsv")]
    stream = Random(7)
    kinds = list(KINDS)
    concepts = tuple(
        MapConcept(f"{CONCEPT}{number}", f"{stream.choice(words).capitalize()} {number}", stream.choice(kinds), "Type")
        for number in range(count)
    )
    statements = []
    for number in range(1, count * 3 // 2):
        one = number if number < count else stream.randrange(count)
        two = min(stream.randrange(number if number < count else count) for _ in range(3))
        if one != two:
            quote = f"{concepts[one].label} {stream.choice(('raises', 'lowers'))} {concepts[two].label}"
            quote += "".join(f" {stream.choice(words)}" for _ in range(3)) + "."
            statements.append(
                MapStatement(
                    f"{number:016x}",
                    concepts[one].id,
                    "affects",
                    "affects",
                    concepts[two].id,
                    "asserted",
                    "published",
                    quote,
                    "pages/large.txt",
                    "https://www.example.org/large",
                    "Ada Example, RD",
                    "2024-05-01",
                )
            )
    return MapView("Large", concepts[0].id, concepts, tuple(statements))


def _pinned(name: str, title: str) -> MapView:
    concepts = tuple(
        MapConcept(
            id=_iri(row["label"]),
            label=row["label"],
            kind=row["kind"],
            type=row["type"],
            synonyms=tuple(filter(None, row["synonyms"].split("|"))),
            definition=row["definition"] or None,
            page=f"https://www.example.org/{_slug(row['label'])}" if row["definition"] else None,
            candidate=row["label"] == "Anabolic hormone",
        )
        for row in _rows(f"{name}_concepts.tsv")
    )
    statements = tuple(
        MapStatement(
            id=f"{number:016x}",
            subject=_iri(row["subject"]),
            predicate=row["predicate"],
            label=row["label"],
            object_=_iri(row["object"]),
            modality="hedged" if row["status"] == "hedged" else "asserted",
            status=row["status"],
            quote=row["quote"],
            page="pages/insulin.txt",
            url="https://www.example.org/insulin",
            reviewed_by="Ada Example, RD",
            date="2024-05-01",
        )
        for number, row in enumerate(_rows(f"{name}_statements.tsv"))
    )
    return MapView(title, concepts[0].id, concepts, statements)


def hostile_view() -> MapView:
    """Every text of every concept and statement is one of ATTACKS; the links are as `map_view` would leave them."""
    count = len(ATTACKS)

    def attack(number: int) -> str:
        return ATTACKS[number % count]

    concepts = tuple(
        MapConcept(
            id=f"{CONCEPT}{number}-{attack(number)}",
            label=attack(number),
            kind="substance",
            type=attack(number + 1),
            synonyms=(attack(number + 2),),
            definition=attack(number + 3),
            page="https://www.example.org/?<script>\"'",
        )
        for number in range(count)
    )
    statements = tuple(
        MapStatement(
            id=f"{number}{attack(number).replace(' ', '')}",
            subject=concepts[0].id if number else concepts[1].id,
            predicate=attack(number + 4),
            label=attack(number + 5),
            object_=concepts[number].id,
            modality="asserted",
            status="published",
            quote=attack(number + 6),
            page=attack(number + 7),
            url="https://www.example.org/?<script>\"'",
            reviewed_by=attack(number + 8),
            date=attack(number + 9),
        )
        for number in range(count)
    )
    return MapView(attack(0), concepts[0].id, concepts, statements)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _slug(label: str) -> str:
    return label.lower().replace(" ", "-")


def _iri(label: str) -> str:
    return CONCEPT + _slug(label)
