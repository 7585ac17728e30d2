"""Findings as SARIF 2.1.0 (OASIS), the format by which code hosts show them in a pull request, at their line."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import quote

from nutrigraph.queries.report import Finding, Region
from nutrigraph.visualizations.safe_text import visible

_LEVELS: Final = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(findings: Sequence[Finding], *, prefix: str = "", settings: str = "nutrigraph.toml") -> dict[str, Any]:
    """The log of one run, ready for json.dumps.

    `prefix` is the way from the repository's root to the project folder ("" or "docs/"); a finding without a page
    stands at the first line of `settings`, as code hosts show nothing that has no place.
    """
    kinds = list({finding.kind.name: finding.kind for finding in findings}.values())
    rules = [
        {
            "id": kind.name,
            "shortDescription": {"text": kind.title},
            "fullDescription": {"text": f"{kind.title} {kind.help}"},
            "help": {"text": kind.help},
            "defaultConfiguration": {"level": _LEVELS[kind.severity]},
        }
        for kind in kinds
    ]
    index = {kind.name: number for number, kind in enumerate(kinds)}
    driver = {"name": "nutrigraph", "semanticVersion": version("nutrigraph"), "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index[finding.kind.name], prefix, settings) for finding in findings],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding, rule: int, prefix: str, settings: str) -> dict[str, Any]:
    places = [_location(place, prefix) for place in finding.places] or [_location(Region(settings, 1, 1, 1, 1), prefix)]
    result: dict[str, Any] = {
        "ruleId": finding.kind.name,
        "ruleIndex": rule,
        "level": _LEVELS[finding.kind.severity],
        "message": {"text": visible(finding.message)},
        "locations": places[:1],
        "partialFingerprints": {"nutrigraph/v1": finding.id},
    }
    if len(places) > 1:
        result["relatedLocations"] = [{"id": number, **place} for number, place in enumerate(places[1:], 1)]
    return result


def _location(place: Region, prefix: str) -> dict[str, Any]:
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {"physicalLocation": {"artifactLocation": {"uri": quote(prefix + place.file)}, "region": region}}
