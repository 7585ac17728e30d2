"""Nothing covers anything on the pinned map of 28 concepts, few lines cross, and it is always the same map."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutrigraph.visualizations.drawing import Arrow, Drawing, NarrowArrow, draw, narrow
from nutrigraph.visualizations.layout import Layout, Size, arrange
from nutrigraph.visualizations.spread import spread
from tests.visualizations.samples import insulin_view

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
    numbers = [float(number) for number in re.findall(r"-?[0-9]+", arrow.line)]
    (x0, y0), (x3, y3) = numbers[:2], numbers[-2:]
    thirds = (2 * x0 + x3) / 3, (2 * y0 + y3) / 3, (x0 + 2 * x3) / 3, (y0 + 2 * y3) / 3
    x1, y1, x2, y2 = numbers[2:6] if "C" in arrow.line else thirds
    weights = [
        ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3) for t in (step / 24 for step in range(25))
    ]
    return [(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3) for a, b, c, d in weights]


def side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cross(one: list[Point], two: list[Point]) -> bool:
    return any(
        side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
        for a, b in pairwise(one)
        for c, d in pairwise(two)
    )


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    return draw(insulin_view())


def test_no_box_and_no_label_covers_another(drawing: Drawing) -> None:
    boxes = [rectangle(box.x, box.y, box.size) for box in drawing.boxes]
    labels = [rectangle(arrow.x, arrow.y, arrow.plate) for arrow in drawing.arrows]
    assert len(boxes) == 28
    assert [pair for pair in combinations(boxes + labels, 2) if covers(*pair)] == []


def test_everything_is_on_the_sheet(drawing: Drawing) -> None:
    for left, top, right, bottom in (rectangle(box.x, box.y, box.size) for box in drawing.boxes):
        assert 0 <= left < right <= drawing.width
        assert 0 <= top < bottom <= drawing.height


def test_no_line_runs_through_a_concept_that_is_not_its_own(drawing: Drawing) -> None:
    for arrow in drawing.arrows:
        others = [box for index, box in enumerate(drawing.boxes) if index not in (arrow.subject, arrow.object_)]
        for x, y in points(arrow):
            assert not any(
                abs(x - box.x) < box.size.width / 2 and abs(y - box.y) < box.size.height / 2 for box in others
            ), arrow.relation


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


def test_large_networks_are_laid_out_too() -> None:
    assert len(spread(2000, [(i, i // 2) for i in range(1, 2000)])) == 2000
