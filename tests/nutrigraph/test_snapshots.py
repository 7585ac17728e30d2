"""Snapshots: what readers see while builds come, go and are killed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from nutrigraph.errors import BusyError, NotBuiltError, StoreError
from nutrigraph.snapshots import Snapshot, begin, building, current, finish, publish, published, snapshot_at
from nutrigraph.store import Store

A, B, C = ("a" * 32, "b" * 32, "c" * 32)
NODE = NamedNode("https://e.org/x")


def built(location: Path, name: str) -> Snapshot:
    with building(location):
        snapshot = begin(location, name)
        Store.create(snapshot.store_path).add([Quad(NODE, NODE, NODE)])
        finish(snapshot, {"name": name})
        publish(location, snapshot)
    return snapshot


def names(location: Path) -> list[str]:
    return sorted(folder.name for folder in (location / "snapshots").iterdir())


def test_a_project_that_was_never_built_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="nutrigraph build"):
        current(tmp_path / ".nutrigraph")
    assert not list(tmp_path.iterdir())


def test_the_newest_two_are_kept(tmp_path: Path) -> None:
    for name in (A, B, C):
        built(tmp_path, name)
    assert current(tmp_path).name == C
    assert names(tmp_path) == [B, C]
    assert current(tmp_path).manifest == {"name": C}


def test_a_reader_survives_the_deletion_of_its_snapshot(tmp_path: Path) -> None:
    store = built(tmp_path, A).store()
    built(tmp_path, B)
    built(tmp_path, C)
    assert not snapshot_at(tmp_path, A).folder.exists()
    assert store.ask("ASK { ?s ?p ?o }")


def test_what_a_killed_build_left_is_deleted_and_nothing_else(tmp_path: Path) -> None:
    built(tmp_path, A)
    with building(tmp_path):
        begin(tmp_path, B).names_path.write_text("half")
    own = tmp_path / "snapshots" / "notes"
    own.mkdir()
    assert current(tmp_path).name == A
    with building(tmp_path):
        assert names(tmp_path) == [A, "notes"]


def test_a_build_begins_in_an_empty_folder(tmp_path: Path) -> None:
    built(tmp_path, A)
    with building(tmp_path):
        assert list(begin(tmp_path, A).folder.iterdir()) == []
        assert published(tmp_path) is None


def test_only_one_builds_at_a_time(tmp_path: Path) -> None:
    with building(tmp_path), pytest.raises(BusyError, match="Another build is running"), building(tmp_path):
        pass
    with building(tmp_path):
        pass


@pytest.mark.parametrize("content", ["", "../../etc", "A" * 32, "é"])
def test_a_damaged_current_names_no_snapshot(tmp_path: Path, content: str) -> None:
    built(tmp_path, A)
    (tmp_path / "current").write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match="nutrigraph build"):
        current(tmp_path)
