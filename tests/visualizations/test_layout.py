"""Nothing covers anything on the pinned map of 28 concepts, few lines cross, and it is always the same map."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise
from math import dist, hypot
from random import Random
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutrigraph.visualizations.drawing import Arrow, Drawing, NarrowArrow, draw, narrow
from nutrigraph.visualizations.layout import Layout, Size, arrange
from nutrigraph.visualizations.spread import spread
from tests.visualizations.samples import insulin_view, large_view, sixty_view

Rectangle = tuple[float, float, float, float]


def rectangle(x: float, y: float, size: Size) -> Rectangle:
    return x - size.width / 2, y - size.height / 2, x + size.width / 2, y + size.height / 2


def words(arrow: NarrowArrow, plate: Size) -> Rectangle:
    return arrow.x, arrow.y - plate.height / 2, arrow.x + plate.width, arrow.y + plate.height / 2


def covers(one: Rectangle, two: Rectangle) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


Point = tuple[float, float]


def points(arrow: Arrow) -> list[Point]:
    """The line of an arrow as it is drawn, in pieces."""
    drawn: list[Point] = []
    for letter, numbers in re.findall(r"([MLQC])([-0-9 ]+)", arrow.line):
        values = [float(number) for number in re.findall(r"-?[0-9]+", numbers)]
        ends = [*drawn[-1:], *((arrow.x + x, arrow.y + y) for x, y in zip(values[::2], values[1::2], strict=True))]
        for part in (step / 24 for step in range(1 if letter != "M" else 24, 25)):
            between = ends
            while len(between) > 1:  # De Casteljau
                between = [(x + part * (u - x), y + part * (v - y)) for (x, y), (u, v) in pairwise(between)]
            drawn.append(between[0])
    return drawn


def side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cross(one: list[Point], two: list[Point]) -> bool:
    return any(
        side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
        for a, b in pairwise(one)
        for c, d in pairwise(two)
    )


def through(drawing: Drawing) -> list[tuple[str, str]]:
    """What runs through which concept that is not its own."""
    return [
        (arrow.relation.label, box.concept.label)
        for arrow in drawing.arrows
        for index, box in enumerate(drawing.boxes)
        if index not in (arrow.subject, arrow.object_)
        and any(abs(x - box.x) < box.size.width / 2 and abs(y - box.y) < box.size.height / 2 for x, y in points(arrow))
    ]


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    return draw(insulin_view())


def test_no_box_and_no_label_covers_another(drawing: Drawing) -> None:
    boxes = [rectangle(box.x, box.y, box.size) for box in drawing.boxes]
    labels = [rectangle(arrow.x, arrow.y, arrow.plate) for arrow in drawing.arrows]
    assert len(boxes) == 28
    assert [pair for pair in combinations(boxes + labels, 2) if covers(*pair)] == []


def test_a_map_of_sixty_covers_no_concept_and_runs_through_none() -> None:
    drawing = draw(sixty_view())
    boxes = [rectangle(box.x, box.y, box.size) for box in drawing.boxes]
    labels = [rectangle(arrow.x, arrow.y, arrow.plate) for arrow in drawing.arrows]
    assert [pair for pair in combinations(boxes, 2) if covers(*pair)] == []
    assert [box for box in boxes if any(covers(box, label) for label in labels)] == []
    assert len([pair for pair in combinations(labels, 2) if covers(*pair)]) <= 2
    assert through(drawing) == []


def test_one_more_concept_leaves_the_others_about_where_they_were(drawing: Drawing) -> None:
    """Half of the concepts move less than a tenth of the map's diagonal, for most concepts that may be added."""
    view = insulin_view()
    at = {box.concept.id: (box.x, box.y) for box in drawing.boxes}
    medians = []
    for added in view.concepts[3:28:6]:
        before = draw(
            replace(
                view,
                concepts=tuple(concept for concept in view.concepts if concept != added),
                statements=tuple(one for one in view.statements if added.id not in (one.subject, one.object_)),
            )
        )
        moved = [dist((box.x, box.y), at[box.concept.id]) for box in before.boxes]
        medians.append(median(moved) / hypot(drawing.width, drawing.height))
    assert median(medians) < 0.1


def test_everything_is_on_the_sheet(drawing: Drawing) -> None:
    for left, top, right, bottom in (rectangle(box.x, box.y, box.size) for box in drawing.boxes):
        assert 0 <= left < right <= drawing.width
        assert 0 <= top < bottom <= drawing.height


def test_no_line_of_a_dense_map_leaves_the_sheet() -> None:
    stream = Random(2)
    concepts = insulin_view().concepts
    tried = [(stream.randrange(28), stream.randrange(6)) for _ in range(70)]  # six concepts have most of the lines
    pairs = {(one, two) for one, two in tried if one != two}
    statements = [
        replace(insulin_view().statements[0], id=str(number), subject=concepts[one].id, object_=concepts[two].id)
        for number, (one, two) in enumerate(sorted(pairs))
    ]
    drawing = draw(replace(insulin_view(), statements=tuple(statements)))
    on_lines = [point for arrow in drawing.arrows for point in points(arrow)]
    assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in on_lines)


def test_no_line_runs_through_a_concept_that_is_not_its_own(drawing: Drawing) -> None:
    assert through(drawing) == []


def test_at_most_two_lines_cross(drawing: Drawing) -> None:
    lines = {tuple(sorted((arrow.subject, arrow.object_))): points(arrow) for arrow in drawing.arrows}
    crossings = [pair for pair in combinations(lines, 2) if not set(pair[0]) & set(pair[1])]
    assert sum(cross(lines[one], lines[two]) for one, two in crossings) <= 2


def test_two_relations_between_two_concepts_are_drawn_side_by_side_with_their_ways(drawing: Drawing) -> None:
    both = [arrow for arrow in drawing.arrows if arrow.turn]
    assert {arrow.relation.label for arrow in both} == {"decreases", "increases"}
    assert len({arrow.line for arrow in both}) == len({arrow.turn for arrow in both}) == 2


def test_the_narrow_form_fits_a_phone_and_covers_nothing(drawing: Drawing) -> None:
    for focus in range(28):
        form = narrow(drawing, focus)
        rectangles = [rectangle(x, y, drawing.boxes[index].size) for index, x, y in form.boxes]
        rectangles += [words(arrow, drawing.arrows[arrow.index].plate) for arrow in form.arrows]
        assert [pair for pair in combinations(rectangles, 2) if covers(*pair)] == []
        assert all(left >= 0 and right <= 358 and bottom <= form.height for left, _, right, bottom in rectangles)
        mine = {index for index, arrow in enumerate(drawing.arrows) if focus in (arrow.subject, arrow.object_)}
        assert {arrow.index for arrow in form.arrows} == mine


def test_the_same_graph_gives_the_same_layout() -> None:
    boxes, labels = [Size(100, 40)] * 6, [Size(60, 20)] * 6
    links, names = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 0)], list("abcdef")
    assert arrange(boxes, links, labels, width=600, names=names) == arrange(
        boxes, links, labels, width=600, names=names
    )


def test_nothing_and_single_boxes_can_be_laid_out() -> None:
    assert arrange([], [], [], width=300, names=[]) == Layout(300, 28, (), (), ())
    assert len(arrange([Size(80, 30)], [], [], width=300, names=["a"]).boxes) == 1
    assert (
        len(arrange([Size(900, 30), Size(80, 30)], [(0, 1)], [Size(50, 20)], width=300, names=["a", "b"]).labels) == 1
    )


@given(st.integers(0, 40), st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=60))
@settings(deadline=None, max_examples=20)
def test_every_node_of_a_network_gets_its_place(count: int, links: list[tuple[int, int]]) -> None:
    links = [(one, two) for one, two in links if one < count and two < count and one != two]
    places = spread(count, links)
    assert places == spread(count, links)
    assert len(set(places)) == count


def test_no_dot_of_a_network_lies_on_another_and_what_is_joined_is_nearer_than_what_is_not() -> None:
    view = large_view()
    number = {concept.id: at for at, concept in enumerate(view.concepts)}
    links = [(number[relation.subject], number[relation.object_]) for relation in view.relations()]
    at = np.array(spread(len(number), links, gap=70.0))
    degree = np.bincount(np.array(links).ravel(), minlength=len(number))
    radius = 10 + np.minimum(24, 4 * degree**0.5)  # as given to pyvis; drawn at seven tenths
    apart = np.sqrt(((at[:, None] - at) ** 2).sum(axis=-1))
    pairs = np.triu_indices(len(number), 1)
    assert (apart < 0.75 * (radius[:, None] + radius))[pairs].sum() == 0
    assert np.median(apart[tuple(np.array(links).T)]) < 0.5 * np.median(apart[pairs])


def test_large_networks_are_laid_out_too() -> None:
    assert len(spread(2000, [(i, i // 2) for i in range(1, 2000)])) == 2000
