"""Looking through many pages: by several processes, and on from where a build was interrupted."""

from __future__ import annotations

from pathlib import Path

import pytest

from nutrigraph import shares
from nutrigraph.building import build
from nutrigraph.errors import SourceError, StoreError
from nutrigraph.project import read_project
from nutrigraph.snapshots import current, published, work_folder
from tests.nutrigraph.few_terms import add_few_terms

COUNT = 7


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Seven pages, looked through in shares of two."""
    monkeypatch.setattr(shares, "MOST_PAGES", 2)
    return write(tmp_path / "project")


def write(folder: Path) -> Path:
    (folder / "pages").mkdir(parents=True)
    for n in range(COUNT):
        text = f"# Substance {n}\n\nThis is a hormone. The liver stores [glucose](page-{n - 1}.md) and iron {n}.\n"
        (folder / "pages" / f"page-{n}.md").write_text(text, encoding="utf-8")
    (folder / "nutrigraph.toml").write_text(
        '[project]\ntitle = "Test"\nbase_url = "https://www.example.org/"\n[[pages]]\npath = "pages"\n'
    )
    add_few_terms(folder)
    return folder


def built(project: Path) -> list[tuple[int, int]]:
    """Builds; returns what was told of the progress."""
    told: list[tuple[int, int]] = []
    build(read_project(project), lambda done, total: told.append((done, total)))
    return told


def export(project: Path) -> bytes:
    return current(read_project(project).location).store().dump("nquads")


def interrupt(project: Path, after: int) -> None:
    """Builds until so many pages were looked through."""

    def stop(done: int, _: int) -> None:
        if done == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(read_project(project), stop)


def test_the_graph_does_not_depend_on_the_number_of_processes(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(project)
    monkeypatch.setenv("NUTRIGRAPH_PROCESSES", "2")
    other = write(tmp_path / "other")
    assert built(other)[-1] == (COUNT, COUNT)
    assert export(other) == export(project)


def test_an_interrupted_build_goes_on_where_it_was(project: Path, tmp_path: Path) -> None:
    interrupt(project, after=5)
    location = read_project(project).location
    assert published(location) is None
    assert built(project)[0] == (4, COUNT)  # the two shares that were done
    assert not work_folder(location).exists()
    built(other := write(tmp_path / "other"))
    assert export(project) == export(other)


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_page_that_changes_meanwhile_is_named(project: Path, monkeypatch: pytest.MonkeyPatch, processes: str) -> None:
    monkeypatch.setenv("NUTRIGRAPH_PROCESSES", processes)
    page = project / "pages" / "page-6.md"

    def save(done: int, _: int) -> None:
        page.write_text(f"# Saved\n\nAt {done}.\n", encoding="utf-8")

    with pytest.raises(SourceError, match=r"^pages/page-6\.md: changed while it was read\. Run the command again\.$"):
        build(read_project(project), save)
    assert published(read_project(project).location) is None
    assert built(project)[-1] == (COUNT, COUNT)


def test_what_changed_since_an_interruption_is_read_again(project: Path) -> None:
    interrupt(project, after=7)
    page = project / "pages" / "page-2.md"
    page.write_text(page.read_text(encoding="utf-8").replace("iron", "zinc"), encoding="utf-8")
    assert built(project)[0] == (4, COUNT)
    assert b"and zinc 2." in export(project)


@pytest.mark.parametrize("damage", [b"", b"[", b"[[0, 0], []]"])
def test_damaged_work_is_done_again(project: Path, tmp_path: Path, damage: bytes) -> None:
    interrupt(project, after=6)
    for number, file in enumerate(sorted(work_folder(read_project(project).location).iterdir())):
        if number % 2:
            file.write_bytes(damage)
    built(project)
    built(other := write(tmp_path / "other"))
    assert export(project) == export(other)


def test_a_process_that_ends_is_an_error(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUTRIGRAPH_PROCESSES", "2")
    monkeypatch.setattr("nutrigraph.workers._CHILD", "raise SystemExit")
    with pytest.raises(StoreError, match="ended unexpectedly"):
        built(project)
    assert published(read_project(project).location) is None
