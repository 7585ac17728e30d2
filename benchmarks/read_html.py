"""How fast HTML is read into a page of its own words, against what parsers need for the same bytes.

The pages are generated: a theme's head with styles and scripts, menus, an article of some sections with links and a
table, related posts, a footer; each some 60 KB, of which a sixth is the article. Measured in turns in one run, the
fastest of each counts. Ends with status 1 when reading is slower than what is promised.

Usage: python benchmarks/read_html.py
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser

import html5rdf

from nutrigraph.graph_builder.reading import read_page

PAGES = 40
ROUNDS = 5
PROMISED = 0.2
"""Of the speed of html.parser, which gives tags and texts with their positions and makes nothing of them."""
FOODS = "oats lentils spinach almonds yogurt salmon quinoa chickpeas walnuts kefir barley tofu".split()
PARTS = "liver pancreas heart gut kidney brain thyroid muscle bone skin".split()


class Positions(HTMLParser):
    """Asks for the position of every text, as a reader would."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = 0

    def handle_data(self, data: str) -> None:
        self.texts += 1
        self.getpos()


def texts_of(text: str) -> int:
    parser = Positions()
    parser.feed(text)
    return parser.texts


def page(number: int) -> bytes:
    chance = random.Random(number)
    pick = chance.choice
    style = "".join(f".wp-block-{n}-is-layout-flow > * + *{{margin-block-start:{n}px}}" for n in range(260))
    script = "".join(f'window.settings["{n}"]={{"theme":"larkfield","id":{n}}};' for n in range(240))
    menu = "".join(
        f'<li id="menu-item-{n}" class="menu-item menu-item-type-post_type menu-item-{n}">'
        f'<a href="https://www.example.org/glossary/{pick(FOODS)}-{n}/">{pick(FOODS)} and {pick(PARTS)}</a></li>\n'
        for n in range(60)
    )
    sections = "".join(
        f"<h2 id='s{n}'>What do {pick(FOODS)} do for the {pick(PARTS)}?</h2>\n"
        + "".join(
            f"<p>In {pick(FOODS)} there is a <a href='/glossary/fiber/'>fiber</a> that the {pick(PARTS)} takes up "
            f"&#8211; <em>slowly</em> &#8211; before {pick(FOODS)} &amp; {pick(FOODS)} raise blood&nbsp;glucose. It is "
            f"found in {pick(FOODS)}, {pick(FOODS)} and {pick(FOODS)}, and it does no harm to the {pick(PARTS)}.</p>\n"
            for _ in range(4)
        )
        for n in range(6)
    )
    rows = "".join(f"<tr><td>{pick(FOODS)}</td><td>{chance.randrange(90)} mg</td></tr>\n" for _ in range(12))
    return (
        f'<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8"><title>Term {number} | Larkfield</title>'
        f"<style>{style}</style><script>{script}</script></head><body class='single single-post'>"
        f"<header class='site-header'><nav><ul class='menu'>{menu}</ul></nav></header><main><article class='hentry'>"
        f"<h1>Term {number}</h1><div class='entry-content'>{sections}<table>{rows}</table></div></article></main>"
        f"<aside class='sidebar'><ul>{menu}</ul></aside><footer class='site-footer'><ul>{menu}</ul></footer>"
        "</body></html>"
    ).encode()


def main() -> int:
    pages = [page(number) for number in range(PAGES)]
    texts = [data.decode() for data in pages]
    megabytes = sum(map(len, pages)) / 1e6
    ways: dict[str, Callable[[], object]] = {
        "read_page": lambda: [read_page("pages/page.html", data, language="en") for data in pages],
        "html.parser": lambda: [texts_of(text) for text in texts],
        "html5rdf": lambda: [html5rdf.parse(text) for text in texts[:4]],
    }
    amount = {"html5rdf": megabytes * 4 / PAGES}
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, way in ways.items():
            start = time.process_time()
            way()
            best[name] = min(best[name], time.process_time() - start)
    speeds = {name: amount.get(name, megabytes) / seconds for name, seconds in best.items()}
    for name, speed in speeds.items():
        print(f"{name:12}  {speed:6.2f} MB/s  {speed / speeds['html.parser']:5.2f} x")
    too_slow = speeds["read_page"] < speeds["html.parser"] * PROMISED
    print(f"promised: {PROMISED} x html.parser" + (" TOO SLOW" if too_slow else ""))
    return int(too_slow)


if __name__ == "__main__":
    sys.exit(main())
