"""The editor's report in a real browser: filtered, decided on, downloaded; safe and accessible."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

from nutrigraph.graph_builder.decisions import read_decisions
from nutrigraph.visualizations.report import report
from tests.visualizations.findings import hostile_findings, some_findings
from tests.visualizations.samples import ATTACKS

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Opener

PINNED = report(some_findings(), title="My glossary", subject="Gaps")
HOSTILE = report(hostile_findings(), title="</title><script>window.__pwned=1</script>", subject="Gaps")


def downloaded(page: Page) -> bytes:
    with page.expect_download() as started:
        page.click("#download")
    return Path(started.value.path()).read_bytes()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("html", [PINNED, HOSTILE], ids=["pinned", "hostile"])
def test_it_asks_for_nothing_complains_of_nothing_fits_and_is_accessible(
    opened: Opener, html: str, scheme: str, width: int
) -> None:
    shown = opened(html, width=width, scheme=scheme)
    assert shown.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    results = Axe().run(shown.page)
    assert results.violations_count == 0, results.generate_report()
    assert shown.requests == []
    assert shown.complaints == []
    assert not shown.run_by_data()


def test_filters(opened: Opener) -> None:
    page = opened(PINNED).page
    page.select_option("#kind", "island")
    assert page.inner_text("#count") == "2 of 5 findings"
    assert page.locator("section.kind:visible").count() == 1
    page.select_option("#page", "pages/a.md")
    assert page.inner_text("#count") == "1 of 5 findings"
    page.select_option("#kind", "")
    page.select_option("#page", "")
    page.fill("#find", "LIVER  missing-link")
    assert page.locator(".findings li:visible").count() == 2


def test_decisions_leave_as_lines_of_review_tsv(opened: Opener) -> None:
    page = opened(PINNED).page
    page.locator("[data-verdict=reject]").first.click()
    page.locator("[data-verdict=silence]").first.focus()
    page.keyboard.press("Enter")
    page.locator("[data-note]").first.fill("it is \t on purpose")
    page.locator("[data-verdict=accept]").last.click()
    page.locator("[data-verdict=accept]").last.click()  # taken back
    page.click("#download")
    assert "fill in your name" in page.inner_text("#decided")
    page.fill("#by", "Ann Roe")
    by_kind = {one.predicate: one for one in read_decisions(downloaded(page))}
    assert set(by_kind) == {"dead-link", "missing-link"}
    silenced = by_kind["dead-link"]
    assert (silenced.decision, silenced.reviewer, silenced.note) == ("silence", "Ann Roe", "it is on purpose")
    assert by_kind["missing-link"].decision == "reject"
    page.select_option("#state", "decided")
    assert page.inner_text("#count") == "2 of 5 findings"


def test_hostile_text_is_shown_as_text_and_leaves_as_one_line(opened: Opener) -> None:
    shown = opened(HOSTILE)
    page = shown.page
    for button in page.locator("[data-verdict=reject]").all():
        button.click()
    page.fill("#by", "A\tB")
    assert len(read_decisions(downloaded(page))) == len(ATTACKS)
    text = page.evaluate("() => document.body.textContent")
    assert all(attack in text for attack in ATTACKS if attack.isprintable())
    assert page.locator("img, iframe, svg, [onerror], [onload], [onfocus]").count() == 0
    assert not shown.run_by_data()


def test_without_scripts_everything_is_there_to_read(opened: Opener) -> None:
    page = opened(PINNED, scripts=False).page
    assert page.locator(".findings li:visible").count() == 5
    assert not page.is_visible("#find")
    assert page.locator("[data-verdict]:visible").count() == 0
