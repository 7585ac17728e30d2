"""The command that checks the graph and the vocabularies against their shapes: validate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from nutrigraph.command_options import Where, format_option, knowledge_graph, project_option
from nutrigraph.printing import clean, paragraph, say, show, show_csv, show_json

if TYPE_CHECKING:
    from nutrigraph.ontology.finding import Finding

COLUMNS = ("check", "severity", "source", "resource", "label", "value", "message")
SEVERITIES = ("error", "warning", "info")
SHOWN = 10
"""So many findings of one check are shown to people."""


@click.command()
@click.option(
    "--severity",
    type=click.Choice(SEVERITIES),
    default="warning",
    show_default=True,
    help="Leave out what is less grave than that.",
)
@format_option()
@project_option
def validate(severity: str, shape: str, project: Where | None) -> bool:
    """Check the graph and its vocabularies against their shapes; ends with status 1 if anything is found."""
    everything = knowledge_graph(project).validate()
    wanted = SEVERITIES[: SEVERITIES.index(severity) + 1]
    found = [one for one in everything if one.severity in wanted]
    if shape == "json":
        show_json([one.as_json() for one in found])
    elif shape == "csv":
        show_csv([one.as_json() for one in found], COLUMNS)
    else:
        show("\n\n".join(_report(found)) if found else "Nothing is wrong.")
    if left := len(everything) - len(found):
        say(f"Left out: {left} findings that are less grave. --severity info shows them.")
    return bool(found)


def _report(findings: Sequence[Finding]) -> Iterator[str]:
    """One block a check, a paragraph a finding."""
    for (severity, check), group in groupby(_by_check(findings), key=lambda one: (one.severity, one.check)):
        several = list(group)
        lines = [f"{severity}: {check} ({len(several)})"]
        for one in several[:SHOWN]:
            about = clean(one.label) or clean(one.resource)
            place = f" in {clean(one.source)}" if one.source else ""
            value = f" [{clean(one.value)}]" if one.value else ""
            lines.append(paragraph(f"{about} <{clean(one.resource)}>{place}{value}", "    ", "  "))
            lines.append(paragraph(one.message, "    "))
        if len(several) > SHOWN:
            lines.append(f"  … and {len(several) - SHOWN} more; --format json has all.")
        yield "\n".join(lines)


def _by_check(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda one: (SEVERITIES.index(one.severity), one.check))


COMMANDS = (validate,)
