"""nutrigraph.toml: what it may say, and what people are told when it says something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from nutrigraph.errors import ProjectError
from nutrigraph.project import PagesFolder, find_project, read_project, write_project

MINIMAL = '[project]\ntitle = "T"\nbase_url = "https://www.example.org/glossary"\n'


def written(folder: Path, text: str) -> Path:
    (folder / "nutrigraph.toml").write_text(text, encoding="utf-8")
    return folder


def test_defaults(tmp_path: Path) -> None:
    project = read_project(written(tmp_path, MINIMAL + '[[pages]]\npath = "pages/"\n'))
    assert project.base_url == "https://www.example.org/glossary/"
    assert project.concepts == "https://www.example.org/glossary/concept/"
    assert project.pages == (PagesFolder("pages", "glossary"),)
    assert (project.bundled, project.files, project.language) == (("nutrition",), (), "en")
    assert project.location == tmp_path / ".nutrigraph"


def test_everything_that_can_be_set(tmp_path: Path) -> None:
    project = read_project(
        written(
            tmp_path,
            MINIMAL + 'concepts = "https://id.example.org/c#"\nlanguage = "pt-BR"\n'
            '[[pages]]\npath = "a"\n[[pages]]\npath = "b/c"\nkind = "article"\n'
            '[vocabulary]\nbundled = []\nfiles = ["terms.csv", "v/foodon.owl"]\n[store]\nlocation = "cache/graph"\n',
        )
    )
    assert project.concepts == "https://id.example.org/c#"
    assert project.pages == (PagesFolder("a"), PagesFolder("b/c", "article"))
    assert (project.bundled, project.files) == ((), ("terms.csv", "v/foodon.owl"))
    assert project.store_location == "cache/graph"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (MINIMAL + 'langauge = "en"\n', ["line 4", "langauge", "Did you mean 'language'?"]),
        (MINIMAL + "[vocabulry]\n", ["line 4", "vocabulry", "Did you mean 'vocabulary'?"]),
        (MINIMAL + '[[pages]]\npath = "p"\n[[pages]]\npath = "q"\nknid = "article"\n', ["line 8", "'kind'"]),
        (MINIMAL + 'location = "x"\n', ["line 4", "belongs under [store]"]),
        (MINIMAL + '[[pages]]\npath = "p"\nkind = "blog"\n', ["line 6", "article"]),
        (MINIMAL + '[[pages]]\nkind = "article"\n', ["line 4", "path"]),
        (MINIMAL + '[pages]\npath = "p"\n', ["line 4", "[[pages]]"]),
        (MINIMAL + '[store]\nlocation = "../elsewhere"\n', ["line 5", "below the project"]),
        (MINIMAL + '[store]\nlocation = "/tmp"\n', ["line 5", "below the project"]),
        (MINIMAL + '[store]\nlocation = "C:/graph"\n', ["line 5", "below the project"]),
        (MINIMAL + '[store]\nlocation = "."\n', ["line 5", "folder of its own"]),
        (MINIMAL + '[vocabulary]\nfiles = "terms.csv"\n', ["line 5", "list"]),
        (MINIMAL + 'language = "english, mostly"\n', ["line 4", "language tag"]),
        ('[project]\ntitle = "T"\nbase_url = "www.example.org"\n', ["line 3", "web address"]),
        ('[project]\ntitle = "T"\nbase_url = "https://e.org/a b"\n', ["line 3", "web address"]),
        ('[project]\ntitle = "T"\n', ["line 1", "base_url is missing"]),
        ('[project]\ntitle = "T\n', ["line 2"]),
        ("[project]\ntitle = 3\n" + 'base_url = "https://e.org"\n', ["line 2", "text in quotes"]),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, says: list[str]) -> None:
    with pytest.raises(ProjectError) as caught:
        read_project(written(tmp_path, text))
    for part in ["nutrigraph.toml", *says]:
        assert part in str(caught.value)


def test_the_nearest_project_upwards_is_found(tmp_path: Path) -> None:
    written(tmp_path, MINIMAL)
    deep = tmp_path / "pages" / "a"
    deep.mkdir(parents=True)
    assert find_project(deep) == tmp_path


def test_without_a_project_people_are_told_how_to_make_one(tmp_path: Path) -> None:
    for ask in (find_project, read_project):
        with pytest.raises(ProjectError, match="nutrigraph init"):
            ask(tmp_path)


def test_a_new_project_can_be_read_and_is_never_overwritten(tmp_path: Path) -> None:
    title = 'A "quoted" title \\ with \x7f and é'
    path = write_project(tmp_path / "new", title=title, pages=("texts", "blog"))
    project = read_project(path.parent)
    assert project.title == title
    assert [folder.path for folder in project.pages] == ["texts", "blog"]
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="exists already"):
        write_project(tmp_path / "new", title="other")
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["nutrigraph.toml"]


def test_a_refused_new_project_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ProjectError):
        write_project(tmp_path / "new", pages=("../pages",))
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("location", ["pages", "pages/.graph", "./pages/", "a", "a/b"])
def test_the_graph_lies_apart_from_the_pages(tmp_path: Path, location: str) -> None:
    pages = '[[pages]]\npath = "pages"\n[[pages]]\npath = "a/b"\n'
    with pytest.raises(ProjectError, match=r"nutrigraph\.toml, line 9: must lie apart from the pages"):
        read_project(written(tmp_path, MINIMAL + pages + f'[store]\nlocation = "{location}"\n'))


def test_the_graph_may_lie_in_a_project_whose_pages_are_everywhere(tmp_path: Path) -> None:
    assert read_project(written(tmp_path, MINIMAL + '[[pages]]\npath = "."\n')).pages == (PagesFolder("."),)
