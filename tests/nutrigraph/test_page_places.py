"""What a page is about is what mentions of its title lead to."""

from __future__ import annotations

from pathlib import Path

from nutrigraph.building import build
from nutrigraph.graph_builder.recognition import Matcher
from nutrigraph.ontology.namespaces import NG
from nutrigraph.ontology.vocabulary import load_vocabulary
from nutrigraph.page_cache import Outline
from nutrigraph.page_places import place_pages
from nutrigraph.project import read_project

SETTINGS = """[project]
title = "T"
base_url = "https://www.example.org/"
[[pages]]
path = "pages"
[vocabulary]
bundled = ["nutrition"]
files = ["terms.csv"]
"""
OWN = "https://www.example.org/concept/"


def project(folder: Path, terms: str) -> Path:
    (folder / "pages").mkdir()
    (folder / "pages" / "insulin.txt").write_text("Insulin\n\nInsulin is a hormone.\n", encoding="utf-8")
    (folder / "nutrigraph.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "terms.csv").write_text(terms, encoding="utf-8")
    return folder


def about(folder: Path, title: str) -> str | None:
    settings = read_project(folder)
    outline = Outline("pages/x.txt", "x.txt", "glossary", "", title=title)
    place = place_pages(settings, load_vocabulary(settings), {"pages/x.txt": outline}).pages["pages/x.txt"]
    return place.about.iri if place.about else None


def test_the_projects_file_speaks_before_the_bundled_vocabulary(tmp_path: Path) -> None:
    folder = project(tmp_path, "label,definition\nInsulin,Ours.\n")
    assert about(folder, "Insulin") == OWN + "insulin"
    matcher = Matcher(load_vocabulary(read_project(folder)))
    assert {found.concept for found in matcher.find("INSULIN is a hormone.")} >= {OWN + "insulin"}
    report = build(read_project(folder))
    assert report.statements > 0


def test_what_prefers_the_name_comes_before_what_only_has_it(tmp_path: Path) -> None:
    folder = project(tmp_path, "label,synonyms\nPen filling,Insulin\n")
    iri = about(folder, "insulin")
    assert iri is not None
    assert iri.endswith("/insulin")
    assert {found.concept for found in Matcher(load_vocabulary(read_project(folder))).find("insulin")} == {iri}


def test_a_title_may_give_two_names_or_say_more(tmp_path: Path) -> None:
    folder = project(tmp_path, "label\nQuill\nPen filling: red\n")
    assert about(folder, "Quilling (quill)") == OWN + "quill"
    assert about(folder, "Quill: how to hold it") == OWN + "quill"
    assert about(folder, "Pen filling: red") == OWN + "pen-filling-red"
    assert about(folder, "Quill-like pens") == OWN + "quill-like-pens"


def test_a_title_in_the_plural_is_about_the_thing(tmp_path: Path) -> None:
    folder = project(tmp_path, "label,synonyms\nPen filling,Quill\nPens,\n")
    assert about(folder, "Quills") == OWN + "pen-filling"
    assert about(folder, "Electrolytes") == NG + "electrolyte"
    assert about(folder, "Calories") == NG + "calorie"
    assert about(folder, "Pens") == OWN + "pens"  # as it is called there


def test_a_title_that_asks_what_something_is_names_it(tmp_path: Path) -> None:
    folder = project(tmp_path, "label,synonyms\nPen filling,Quill\n")
    assert about(folder, "What is insulin?") == NG + "insulin"
    assert about(folder, "What are the quills?") == OWN + "pen-filling"
    assert about(folder, "What’s a quokka?") == OWN + "quokka"
    assert about(folder, "What is the best diet for quokkas?") == OWN + "what-is-the-best-diet-for-quokkas"
