"""SARIF: what code hosts require of a log."""

from __future__ import annotations

import json
from dataclasses import replace

from nutrigraph.visualizations.sarif import sarif
from tests.visualizations.findings import hostile_findings, some_findings


def test_every_result_has_a_rule_a_level_a_message_a_place_and_a_fingerprint() -> None:
    log = sarif(some_findings())
    assert (log["version"], log["runs"][0]["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    driver = log["runs"][0]["tool"]["driver"]
    assert driver["name"] == "nutrigraph"
    results = log["runs"][0]["results"]
    assert len(results) == len(some_findings())
    for result in results:
        rule = driver["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert all(isinstance(number, int) and number >= 1 for number in region.values())
        assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
        assert result["partialFingerprints"]["nutrigraph/v1"]
    assert len({result["partialFingerprints"]["nutrigraph/v1"] for result in results}) == len(results)


def test_paths_are_those_of_the_repository_and_valid_uris() -> None:
    first, second, *_ = some_findings()
    page = "pages/a b#c.md"
    export = replace(first, page="x.xml#12", places=(replace(first.places[0], page="x.xml#12"),))
    spaced = replace(second, page=page, places=(replace(second.places[0], page="pages/ä c#.md"),))
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in sarif([export, spaced, replace(first, page=None, places=())], prefix="docs/")["runs"][0][
            "results"
        ]
    ]
    assert uris == ["docs/x.xml", "docs/pages/%C3%A4%20c%23.md", "docs/nutrigraph.toml"]


def test_hostile_text_stays_text() -> None:
    log = json.dumps(sarif(hostile_findings()))
    assert "\\u0000" not in log
    assert json.loads(log)["runs"][0]["results"]


def test_no_findings_are_a_log_too() -> None:
    run = sarif([])["runs"][0]
    assert run["results"] == run["tool"]["driver"]["rules"] == []
