"""A folder of concept maps: only what changed is written, and what is somebody else's is not touched."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nutrigraph.errors import ProjectError
from nutrigraph.map_site import write_site
from nutrigraph.visualizations import concept_map
from nutrigraph.visualizations.view import MapConcept, MapStatement, MapView

IRI = "https://www.example.org/concept/"
CLAIM = MapStatement(
    "1", IRI + "a", "produces", "produces", IRI + "b", "asserted", "published", "A makes B.", "pages/a.md"
)


def view(label: str, slug: str = "a", definition: str = "Something.") -> MapView:
    ends = (MapConcept(IRI + slug, label, definition=definition), MapConcept(IRI + "b", "Other"))
    return MapView(label, IRI + slug, ends, (replace(CLAIM, subject=IRI + slug),))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_map_for_each_view_an_index_and_a_manifest(tmp_path: Path) -> None:
    report = write_site(tmp_path / "maps", "Glossary", [view("Insulin"), view("Type 2 diabetes", "t2")])
    assert names(tmp_path / "maps") == ["index.html", "insulin.html", "manifest.json", "type-2-diabetes.html"]
    assert report.written == ("index.html", "insulin.html", "type-2-diabetes.html")
    index = (tmp_path / "maps" / "index.html").read_text(encoding="utf-8")
    assert '<a href="insulin.html" dir="auto">Insulin</a>' in index
    manifest = json.loads((tmp_path / "maps" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["files"]["insulin.html"]["concept"] == IRI + "a"


def test_only_what_changed_is_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_site(tmp_path, "Glossary", [view("Insulin"), view("Glucose", "g")])
    drawn: list[str] = []
    render = concept_map.render

    def noted(one: MapView, **options: Any) -> str:
        drawn.append(one.title)
        return render(one, **options)

    monkeypatch.setattr(concept_map, "render", noted)
    assert write_site(tmp_path, "Glossary", [view("Insulin"), view("Glucose", "g")]).written == ()
    assert drawn == []
    report = write_site(tmp_path, "Glossary", [view("Insulin", definition="Another."), view("Glucose", "g")])
    assert (drawn, report.written) == (["Insulin"], ("index.html", "insulin.html"))


def test_what_is_no_longer_wanted_goes_unless_somebody_changed_it(tmp_path: Path) -> None:
    write_site(tmp_path, "Glossary", [view("Insulin"), view("Glucose", "g"), view("Zinc", "z")])
    (tmp_path / "zinc.html").write_text("mine now", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    report = write_site(tmp_path, "Glossary", [view("Insulin")])
    assert (report.removed, report.left) == (("glucose.html",), ("zinc.html",))
    assert names(tmp_path) == ["index.html", "insulin.html", "manifest.json", "notes.txt", "zinc.html"]


def test_a_file_of_somebody_else_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "insulin.html").write_text("mine", encoding="utf-8")
    with pytest.raises(ProjectError, match=r"insulin\.html is there already"):
        write_site(tmp_path, "Glossary", [view("Insulin"), view("Glucose", "g")])
    assert names(tmp_path) == ["insulin.html"]


@pytest.mark.parametrize(
    "manifest", ["", "[]", '{"files": {"../../secret.html": {"sha256": "0"}}}', '{"files": {"a.html": 1}}']
)
def test_a_damaged_manifest_is_said_and_nothing_is_written(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(ProjectError, match=r"not a manifest of concept maps"):
        write_site(tmp_path, "Glossary", [view("Insulin")])
    assert names(tmp_path) == ["manifest.json"]


def test_a_run_that_was_cut_short_is_finished_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    render = concept_map.render

    def cut(one: MapView, **options: Any) -> str:
        if one.title == "Zinc":
            raise KeyboardInterrupt
        return render(one, **options)

    views = [view("Insulin"), view("Zinc", "z")]
    monkeypatch.setattr(concept_map, "render", cut)
    with pytest.raises(KeyboardInterrupt):
        write_site(tmp_path, "Glossary", views)
    monkeypatch.setattr(concept_map, "render", render)
    write_site(tmp_path, "Glossary", views)
    assert names(tmp_path) == ["index.html", "insulin.html", "manifest.json", "zinc.html"]


def test_names_stay_inside_the_folder_and_differ(tmp_path: Path) -> None:
    labels = ["../../up", "/etc/passwd", "index", "CON\0", "糖尿病", "x" * 500, "Same", "same"]
    folder = tmp_path / "maps"
    write_site(folder, "Glossary", [view(label, str(number)) for number, label in enumerate(labels)])
    assert len(names(folder)) == len(labels) + 2
    assert names(tmp_path) == ["maps"]
