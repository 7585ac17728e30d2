"""What is pasted into somebody else's page: complete, safe whatever the glossary says, and in the house's colours."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from nutrigraph.errors import ProjectError
from nutrigraph.visualizations.embed import Embed, embed
from nutrigraph.visualizations.house_style import house_style, properties
from nutrigraph.visualizations.picture import alternative, png, svg
from tests.visualizations.samples import hostile_view, insulin_view

SCHEME = "https://www.example.org/concept/"


@pytest.fixture(scope="module")
def pinned() -> Embed:
    return embed(insulin_view(), "insulin", glossary="Glossary", scheme=SCHEME, address="https://maps.example.org/a/")


@pytest.fixture(scope="module")
def hostile() -> Embed:
    return embed(hostile_view(), "x", glossary='"><script>window.__pwned=1</script>', scheme=SCHEME)


class Elements(HTMLParser):
    """The elements of a snippet with their attributes."""

    def __init__(self, snippet: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(snippet)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_element_holds_a_picture_and_a_link_for_where_no_script_runs(pinned: Embed) -> None:
    tags = Elements(pinned.element).found
    assert [tag for tag, _ in tags] == ["nutrigraph-map", "a", "img", "script"]
    (_, element), (_, link), (_, picture), (_, script) = tags
    assert element["src"] == link["href"] == "https://maps.example.org/a/insulin.html"
    assert script["src"] == "https://maps.example.org/a/nutrigraph-map.js"
    assert picture["src"] == "https://maps.example.org/a/insulin.svg"
    assert (picture["alt"] or "").startswith("Concept map of Insulin: 28 concepts, 43 relations. ")
    assert set(pinned.files) == {"insulin.html", "insulin.svg", "insulin.jsonld", "nutrigraph-map.js"}


def test_the_frame_can_do_no_more_than_draw(pinned: Embed) -> None:
    ((tag, frame),) = Elements(pinned.frame).found
    assert tag == "iframe"
    assert frame["title"] == "Concept map of Insulin"
    assert "allow-same-origin" not in (frame["sandbox"] or "")
    assert (frame["loading"], frame["referrerpolicy"]) == ("lazy", "no-referrer")


def test_the_words_of_a_picture_say_what_it_shows() -> None:
    words = alternative(insulin_view(), most=None)
    relations = insulin_view().relations()
    assert all(relation.label in words for relation in relations)
    assert words.count(". ") >= len(relations)
    assert "And 31 more relations." in alternative(insulin_view())


def test_the_picture_is_xml_with_every_concept_and_relation() -> None:
    root = ElementTree.fromstring(svg(insulin_view()))
    shown = {"".join(text.itertext()).replace(" ", "") for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {concept.label.replace(" ", "") for concept in insulin_view().concepts} <= shown
    assert {relation.label.replace(" ", "") for relation in insulin_view().relations()} <= shown
    description = root.find("{http://www.w3.org/2000/svg}desc")
    assert description is not None
    assert description.text == alternative(insulin_view(), most=None)


def test_the_picture_can_be_had_as_png() -> None:
    pytest.importorskip("resvg_py")
    assert png(svg(insulin_view())).startswith(b"\x89PNG")


def test_search_engines_are_told_page_reviewer_and_terms(pinned: Embed) -> None:
    data = json.loads(pinned.files["insulin.jsonld"])
    page, terms = data["@graph"]
    assert (page["@type"], page["name"]) == ("MedicalWebPage", "Insulin")
    assert page["reviewedBy"] == {"@type": "Person", "name": "Ada Example", "honorificSuffix": "RD"}
    assert page["lastReviewed"] == "2024-05-01"
    assert (terms["@type"], len(terms["hasDefinedTerm"])) == ("DefinedTermSet", 28)
    inside = pinned.data.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(inside) == data


def test_hostile_text_ends_no_attribute_and_no_element(hostile: Embed) -> None:
    for snippet, tags in (
        (hostile.element, ["nutrigraph-map", "a", "img", "script"]),
        (hostile.frame, ["iframe"]),
        (hostile.data, ["script"]),
    ):
        assert [tag for tag, _ in Elements(snippet).found] == tags
        assert not any(name.startswith("on") for _, attributes in Elements(snippet).found for name in attributes)
    root = ElementTree.fromstring(hostile.files["x.svg"])
    names = {element.tag.partition("}")[2] for element in root.iter()}
    assert not names & {"script", "foreignObject", "image", "a", "animate", "set"}
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)


def test_house_style_sets_colours_light_and_dark(pinned: Embed) -> None:
    rules = house_style(
        ":root {\n  --accent: #a3265c; /* ours */\n  --dark-accent: rgb(244 166 198);\n}\n", "house.css"
    )
    assert rules == (
        ":root{--accent:#a3265c}@media screen and (prefers-color-scheme:dark){:root{--accent:rgb(244 166 198)}}"
    )
    page = embed(insulin_view(), "i", glossary="G", scheme=SCHEME, style=rules).files["i.html"]
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style.endswith(rules)
    assert len(properties()) > 20


@pytest.mark.parametrize("css", [":root{--accent:#a3265c}", "--accent:#a3265c", ":root {\n--accent : #a3265c\n}"])
def test_the_last_semicolon_may_be_left_out(css: str) -> None:
    assert house_style(css, "house.css") == ":root{--accent:#a3265c}"


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("--acent: red;", r"house\.css, line 1: there is no property --acent; did you mean --accent\?"),
        ("\n--accent: url(https://evil.example/x);", r"line 2: --accent must be a colour"),
        ("--accent: red</style><script>", r"must be a colour"),
        ("body { display: none }", r"only custom properties"),
        ("--accent: red; @import url(x)", r"only custom properties"),
        ("--accent: expression(alert(1));", r"must be a colour"),
    ],
)
def test_house_style_is_nothing_but_colours(css: str, said: str) -> None:
    with pytest.raises(ProjectError, match=said):
        house_style(css, "house.css")


def test_the_same_view_gives_the_same_files() -> None:
    one, two = (embed(insulin_view(), "i", glossary="G", scheme=SCHEME) for _ in range(2))
    assert one == two
