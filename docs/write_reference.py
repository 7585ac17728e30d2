"""Writes reference.md, the description of every command, from the commands' own help."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from nutrigraph.cli import commands
from nutrigraph.queries.gap import KINDS

TARGET = Path(__file__).with_name("reference.md")
HEAD = """# The command line

<!-- Written by `make reference` from the commands' own help. -->

Answers go to standard output; messages, progress and errors to standard error. Exit status: 0 done; 1 the check that
was asked for (`--check`) found something; 2 the request cannot be served. `CONCEPT` is a name, a synonym, an IRI or a
CURIE; a name that fits several concepts lists them. `NUTRIGRAPH_DEBUG=1` shows where an unexpected error came from.
"""
GAPS = """## Kinds of gaps

What `nutrigraph gaps` finds. A kind is switched off in `nutrigraph.toml`, `[gaps] off = ["NAME"]`; one finding is
silenced with a reason, `nutrigraph review silence ID --note "…"`.

| kind | severity | what is found | why it matters | what to do |
| --- | --- | --- | --- | --- |
"""


def kinds_of_gaps() -> str:
    """The table of all kinds of gaps."""
    cells = ((f"`{kind.name}`", kind.severity, kind.title, kind.why, kind.remedy) for kind in KINDS.values())
    return GAPS + "".join(f"| {' | '.join(row)} |\n" for row in cells)


def reference() -> str:
    """The text of reference.md."""
    parts = [HEAD]
    settings = {**commands.context_settings, "max_content_width": 100, "terminal_width": 100}
    top = click.Context(commands, info_name="nutrigraph", **settings)
    for name in commands.list_commands(top):
        command = commands.commands[name]
        context = click.Context(command, parent=top, info_name=name, **settings)
        parts.append(f"## {name}\n\n```text\n{command.get_help(context)}\n```\n")
        for part, below in command.commands.items() if isinstance(command, click.Group) else ():
            inner = click.Context(below, parent=context, info_name=part, **settings)
            parts.append(f"### {name} {part}\n\n```text\n{below.get_help(inner)}\n```\n")
    return "\n".join([*parts, kinds_of_gaps()])


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
    sys.stderr.write(f"Wrote {TARGET}.\n")
