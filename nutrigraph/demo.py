"""The demonstration: a complete project from the bundled example, built, questioned, checked and drawn."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from nutrigraph.answers import card, chain, counted, gap_message
from nutrigraph.errors import ProjectError
from nutrigraph.knowledge_graph import KnowledgeGraph
from nutrigraph.printing import clean, paragraph, say, show, table
from nutrigraph.project import FILE_NAME
from nutrigraph.writing import write_file

_SHOWN: Final = 3
"""How many findings of a kind the demonstration shows."""


def run(folder: Path) -> None:
    """Makes the example project in `folder`, or goes on with the one made there before, and shows what it can do.

    ProjectError if something else is in the folder.
    """
    _copy_example(folder)
    graph = KnowledgeGraph(folder)
    place = clean(folder)

    show(f"The example glossary is in {place}. Building its knowledge graph ...")
    report = graph.build()
    for path, reason in report.left_out:
        say(f"Left out: {clean(path)}: {clean(reason)}")
    pages = counted(report.pages_read + report.pages_kept, "page")
    show(f"{pages}, {report.mentions} mentions of concepts, {report.statements} statements.")

    _heading("How is the pancreas connected with type 2 diabetes?", 'nutrigraph path pancreas "type 2 diabetes" -k 1')
    for number, found in enumerate(graph.paths("pancreas", "type 2 diabetes", k=1), 1):
        show(chain(number, found))
    _heading(
        "What are the risk factors for insulin resistance?",
        'nutrigraph query risk-factors --param concept="insulin resistance"',
    )
    _risk_factors(graph)
    _heading("What is an insulin pump?", 'nutrigraph show "insulin pump"')
    show(card(graph.concept("insulin pump")))

    _heading("Which hyperlinks are missing?", "nutrigraph links")
    _missing_links(graph)
    _heading("What else is missing?", "nutrigraph gaps")
    _gaps(graph)

    drawn = folder / "map.html", folder / "network.html"
    graph.map("insulin").save(drawn[0])
    write_file(drawn[1], graph.network().generate_html())
    _heading("Open these in a browser:", "nutrigraph map insulin; nutrigraph network")
    show(f"  {clean(drawn[0])}      a concept map around insulin, for readers")
    show(f"  {clean(drawn[1])}  the whole graph, to explore")


def _copy_example(folder: Path) -> None:
    """Copies what is not there yet, nutrigraph.toml first: by its first line the folder is known again."""
    example = files("nutrigraph") / "example"
    settings = (example / FILE_NAME).read_bytes()
    try:
        if folder.exists() and any(folder.iterdir()) and not _is_ours(folder, settings):
            raise ProjectError(
                f"{folder} is not empty and was not made by the demonstration; nothing was changed. "
                "Name another folder: nutrigraph demo DIR"
            )
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / FILE_NAME).exists():
            write_file(folder / FILE_NAME, settings)
        _copy(example, folder)
    except OSError as error:
        raise ProjectError(f"The example cannot be copied to {folder}: {error.strerror}.") from None


def _is_ours(folder: Path, settings: bytes) -> bool:
    file = folder / FILE_NAME
    return file.is_file() and file.read_bytes().split(b"\n")[0] == settings.split(b"\n")[0]


def _copy(source: Traversable, target: Path) -> None:
    for entry in source.iterdir():
        if entry.name.startswith(("_", ".")):
            continue
        if entry.is_dir():
            (target / entry.name).mkdir(exist_ok=True)
            _copy(entry, target / entry.name)
        elif not (target / entry.name).exists():
            write_file(target / entry.name, entry.read_bytes())


def _heading(question: str, command: str) -> None:
    show(f"\n\n{question}\n  $ {command}")
    show("")


def _risk_factors(graph: KnowledgeGraph) -> None:
    rows = graph.ask("risk-factors", {"concept": "insulin resistance"}).json
    quotes: dict[str, str] = {}
    for row in rows:
        quotes.setdefault(str(row["factor"]), str(row["quote"]))
    show(table(("factor", "as a page says it"), list(quotes.items())))


def _missing_links(graph: KnowledgeGraph) -> None:
    links = graph.links()
    rows = [(one.page, one.text, one.target) for one in links[:_SHOWN]]
    show(table(("page", "the words", "could link to"), rows))
    if len(links) > _SHOWN:
        show(f"... and {len(links) - _SHOWN} more")


def _gaps(graph: KnowledgeGraph) -> None:
    gaps = graph.gaps()
    first = {gap.kind: gap for gap in reversed(gaps)}
    for kind, number in Counter(gap.kind for gap in gaps).items():
        show(paragraph(f"{number} x {kind}, such as: {gap_message(first[kind])}", "    ", "  "))
