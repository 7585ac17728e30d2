"""Writes every suggested hyperlink into a folder of Markdown pages, and checks that nothing but links changed.

    python benchmarks/fix_links.py FOLDER… [--min-probability .5]

The pages are copied. Checked for each page: without the inserted marks the source is what it was, its rendered text
(markdown-it, then an HTML parser) is unchanged, and writing again after a build changes nothing.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt

import nutrigraph
from nutrigraph.link_fixing import fix, write_fixes


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links += [value or "" for name, value in attrs if name == "href"]


def rendered(text: str) -> tuple[str, list[str]]:
    """The words and the links' addresses of Markdown, as a browser has them."""
    body = text.split("---\n", 2)[-1]
    parser = _Words()
    parser.feed(MarkdownIt().enable("table").render(body))
    parser.close()
    return "".join(parser.words), parser.links


def only_inserted(before: str, after: str) -> bool:
    """Whether `before` is left of `after` when nothing but characters of link marks is taken out."""
    at = 0
    for character in after:
        if at < len(before) and before[at] == character:
            at += 1
    return at == len(before)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--min-probability", type=float, default=0.5)
    arguments = parser.parse_args()
    wrong = 0
    for folder in arguments.folders:
        with tempfile.TemporaryDirectory() as temporary:
            project = Path(temporary)
            shutil.copytree(folder / "pages", project / "pages")
            (project / "nutrigraph.toml").write_text(
                '[project]\ntitle = "x"\nbase_url = "https://www.example.org/"\n'
                '[[pages]]\npath = "pages"\n[vocabulary]\nbundled = []\n',
                encoding="utf-8",
            )
            before = {page.name: page.read_text(encoding="utf-8") for page in (project / "pages").iterdir()}
            graph = nutrigraph.open(project)
            graph.build()
            fixes = fix(graph, graph.links(arguments.min_probability))
            write_fixes(graph, fixes)
            graph.build()
            again = fix(graph, fixes.written)
            count = 0
            for name, old in before.items():
                new = (project / "pages" / name).read_text(encoding="utf-8")
                words, links = rendered(old)
                new_words, new_links = rendered(new)
                added = len(new_links) - len(links)
                count += added
                if words != new_words or not only_inserted(old, new) or not set(links) <= set(new_links):
                    wrong += 1
                    print(f"{folder.name}/{name} changed more than links")
            wrong += len(again.files) + (count != len(fixes.written))
            print(
                f"{folder.name}: {count} links in {len(fixes.files)} of {len(before)} files, "
                f"{len(fixes.left)} left out; "
                f"written again: {len(again.files)} files"
            )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
