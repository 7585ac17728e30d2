"""A map as shapes: boxes with their words, arrows with theirs, once for a wide page and once for a narrow one.

Wide, everything has its place on a sheet. Narrow, the concept in focus stands on top and its neighbours below it, one
under the other: first those it points to, then those that point to it, each read from top to bottom, and those of
which the same is said together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import atan2, ceil, pi
from typing import Final

from nutrigraph.visualizations.layout import Size, arrange
from nutrigraph.visualizations.lettering import lines, width
from nutrigraph.visualizations.safe_text import visible
from nutrigraph.visualizations.view import MapConcept, MapView, Relation

WIDE: Final = 880
"""The width of the sheet in pixels; a page narrower than that shows the narrow form."""
BROAD, MANY = 1240, 40
"""The width of the sheet of more than MANY concepts: as much as a page has, the card below it."""

_TEXT, _LABEL_TEXT, _LINE, _LABEL_LINE = 14.0, 13.0, 18, 16
_ICON_ROOM, _SIDE = 34, 14
_SMALLEST_TARGET = 24
_STEP = 12
"""Boxes are so many pixels wide or a multiple: the same few sizes over and over make a calm map, and a small file."""
_SPINE, _INDENT, _TOP = 16, 46, 14

Point = tuple[float, float]
_Step = tuple[str, *tuple[Point, ...]]
"""A letter of SVG's paths with its points."""


@dataclass(frozen=True, slots=True)
class Box:
    """A concept drawn around (0, 0): its words in lines with their baselines, the outline, where it stands on the
    sheet (x, y), and on the narrow form (None: only shown once it is in focus or next to it)."""

    concept: MapConcept
    lines: tuple[tuple[int, str], ...]
    size: Size
    outline: str
    x: int
    y: int
    narrow: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Arrow:
    """A relation drawn around the middle of its words, (x, y) on the sheet: its line as a path that ends at the arrow's
    head, and the words in lines on a plate, which hides the line under it.

    `turn` is an arrow that points from subject to object, beside the words where a line carries several relations.
    """

    relation: Relation
    subject: int
    object_: int
    lines: tuple[tuple[int, str], ...]
    plate: Size
    x: int
    y: int
    line: str
    turn: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and arrows on a sheet of `width` × `height` pixels, in the order of the view."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@lru_cache(maxsize=1)  # the page, its picture and its embed are of one drawing, and finding places takes long
def draw(view: MapView) -> Drawing:
    """The map of a view. The same view gives the same drawing."""
    number = {concept.id: index for index, concept in enumerate(view.concepts)}
    order = sorted(range(len(view.concepts)), key=lambda index: view.concepts[index].id != view.focus)
    place = {index: position for position, index in enumerate(order)}
    words = [lines(visible(concept.label), _TEXT, 124, bold=True, most=250) for concept in view.concepts]
    sizes = [_box_size(text) for text in words]
    relations = view.relations()
    links: dict[tuple[int, int], list[int]] = {}
    for index, relation in enumerate(relations):
        one, two = sorted((number[relation.subject], number[relation.object_]))
        links.setdefault((one, two), []).append(index)
    texts = [lines(visible(relation.label), _LABEL_TEXT, 96, most=200) for relation in relations]
    plates = [_plate_size(text) for text in texts]
    stacks = [_stack([plates[index] for index in group]) for group in links.values()]
    layout = arrange(
        [sizes[index] for index in order],
        [(place[one], place[two]) for one, two in links],
        stacks,
        width=BROAD if len(order) > MANY else WIDE,
        names=[view.concepts[index].id for index in order],
    )
    boxes = tuple(
        Box(concept, _baselines(words[i], _LINE), sizes[i], outline(concept.kind, sizes[i]), *layout.boxes[place[i]])
        for i, concept in enumerate(view.concepts)
    )
    arrows: dict[int, Arrow] = {}
    placed = zip(links.items(), stacks, layout.labels, layout.bends, strict=True)
    for link, ((pair, group), stack, middle, bend) in enumerate(placed):
        top = middle[1] - stack.height / 2
        two_way = len({relations[index].subject for index in group}) > 1
        room = Size(max(plates[index].width for index in group), stack.height if len(group) > 1 else 0)
        for position, index in enumerate(group):
            relation = relations[index]
            subject, object_ = number[relation.subject], number[relation.object_]
            way = 1 if subject == pair[0] else -1
            turns = layout.turns.get(link, ())[::way]
            aside = (position - (len(group) - 1) / 2) * 7 * way if two_way else 0
            centre = round(top + plates[index].height / 2)
            top += plates[index].height
            steps = (
                _around(boxes[subject], boxes[object_], turns)
                if turns
                else _line(boxes[subject], boxes[object_], _along(bend, way), aside, (*middle, room))
            )
            arrows[index] = Arrow(
                relation, subject, object_, _baselines(texts[index], _LABEL_LINE), plates[index], middle[0], centre,
                _path(steps, (middle[0], centre)), _turn(boxes[subject], boxes[object_]) if two_way else "",
            )  # fmt: skip
    return Drawing(layout.width, layout.height, boxes, tuple(arrows[index] for index in range(len(relations))))


@dataclass(frozen=True, slots=True)
class NarrowArrow:
    """A relation of the concept in focus on the narrow form: its index, where its words begin and the middle
    of their height, its line around that point, and the words that end its sentence where it points to the focus."""

    index: int
    x: int
    y: int
    line: str
    tail: str


@dataclass(frozen=True, slots=True)
class Narrow:
    """The narrow form around one concept: (index, x, y) of each box shown, and the arrows between them."""

    height: int
    boxes: tuple[tuple[int, int, int], ...]
    arrows: tuple[NarrowArrow, ...]


def narrow(drawing: Drawing, focus: int) -> Narrow:
    """The form for a narrow page, with concept number `focus` on top. The page's script does the same for others."""
    if not drawing.boxes:
        return Narrow(2 * _TOP, (), ())
    top = drawing.boxes[focus]
    foot = _TOP + round(top.size.height)
    boxes = [(focus, 2 + round(top.size.width / 2), _TOP + round(top.size.height / 2))]
    arrows: list[NarrowArrow] = []
    y = foot + 22
    for other in _neighbours(drawing, focus):
        out = [i for i, arrow in enumerate(drawing.arrows) if (arrow.subject, arrow.object_) == (focus, other)]
        back = [i for i, arrow in enumerate(drawing.arrows) if (arrow.subject, arrow.object_) == (other, focus)]
        box = drawing.boxes[other]
        middle = y + sum(round(drawing.arrows[i].plate.height) for i in out) + round(box.size.height / 2)
        for index in out:
            arrows.append(_narrow_arrow(drawing.arrows[index], index, y, foot, middle, ""))
            y += round(drawing.arrows[index].plate.height)
        boxes.append((other, _INDENT + round(box.size.width / 2), middle))
        y += round(box.size.height) + 1
        for index in back:
            arrows.append(_narrow_arrow(drawing.arrows[index], index, y, foot, middle, _short(top.concept.label)))
            y += round(drawing.arrows[index].plate.height) + _LABEL_LINE
        y += 20
    return Narrow(y, tuple(boxes), tuple(arrows))


def outline(kind: str, size: Size) -> str:
    """The path of a kind's shape around (0, 0), so that kinds differ in form as well as in colour and icon. Corners are
    written in relative steps, which are the same for all boxes."""
    x, y = round(size.width / 2), round(size.height / 2)
    if kind == "substance":
        return _rounded(x, y, min(y, 22), min(y, 22))
    if kind == "condition":
        return f"M{10 - x} {-y}H{x - 10}l10 10V{y - 10}l-10 10H{10 - x}l-10-10V{10 - y}z"
    if kind == "process":
        return f"M{12 - x} {-y}H{x - 12}l12 {y}l-12 {y}H{12 - x}l-12 {-y}z"
    if kind == "measure":
        return f"M{-x} {-y}H{x - 13}l13 13V{y}H{13 - x}l-13-13z"
    if kind == "care":
        return f"M{7 - x} {-y}H{x - 7}v7h7V{y - 7}h-7v7H{7 - x}v-7h-7V{7 - y}h7z"
    if kind == "person":
        return _rounded(x, y, 16, 1)
    if kind == "food":
        return _rounded(x, y, 1, 16)
    return _rounded(x, y, 9, 9) if kind == "body" else f"M{-x} {-y}H{x}V{y}H{-x}z"


def _rounded(x: int, y: int, upper: int, lower: int) -> str:
    """A box with rounded corners, the upper ones and the lower ones by their own radius."""
    up, low = f"a{upper} {upper} 0 0 1", f"a{lower} {lower} 0 0 1"
    return (
        f"M{upper - x} {-y}H{x - upper}{up} {upper} {upper}V{y - lower}{low}-{lower} {lower}"
        f"H{lower - x}{low}-{lower}-{lower}V{upper - y}{up} {upper}-{upper}z"
    )


def _box_size(text: Sequence[str]) -> Size:
    widest = max(width(line, _TEXT, bold=True) for line in text)
    return Size(_STEP * ceil((widest + _ICON_ROOM + _SIDE) / _STEP), _LINE * len(text) + 18)


def _plate_size(text: Sequence[str]) -> Size:
    widest = max(width(line, _LABEL_TEXT) for line in text)
    return Size(max(2 * round((widest + 8) / 2), _SMALLEST_TARGET), max(_LABEL_LINE * len(text) + 4, _SMALLEST_TARGET))


def _stack(plates: Sequence[Size]) -> Size:
    aside = 36 if len(plates) > 1 else 0
    return Size(max(plate.width for plate in plates) + aside, sum(plate.height for plate in plates))


def _baselines(text: Sequence[str], step: int) -> tuple[tuple[int, str], ...]:
    first = 5 - (len(text) - 1) * step / 2
    return tuple((round(first + row * step), line) for row, line in enumerate(text))


def _path(steps: Sequence[_Step], origin: Point) -> str:
    """A path around a point in as few characters as will do."""
    parts = (
        letter + " ".join(f"{round(x - origin[0])} {round(y - origin[1])}" for x, y in to) for letter, *to in steps
    )
    return "".join(parts).replace(" -", "-")


def _line(start: Box, end: Box, bend: tuple[int, int], aside: float, gap: tuple[int, int, Size]) -> list[_Step]:
    """The way of an arrow from border to border: a cubic curve with its control points `bend` pixels off the straight
    line between the centres, all of it moved `aside` pixels. Nothing is drawn inside the `gap`, where words of several
    relations stand, which the plate of only one of them would keep free."""
    dx, dy = end.x - start.x, end.y - start.y
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    across = (-dy / length, dx / length)

    def point(part: float) -> Point:
        off = 3 * part * (1 - part) * ((1 - part) * bend[0] + part * bend[1]) + aside
        return start.x + dx * part + across[0] * off, start.y + dy * part + across[1] * off

    def piece(first: float, last: float) -> list[_Step]:
        (x0, y0), (x3, y3) = point(first), point(last)
        if not any(bend):
            return [("M", (x0, y0)), ("L", (x3, y3))]
        if bend[0] == bend[1]:  # of the second degree
            x, y = point((first + last) / 2)
            return [("M", (x0, y0)), ("Q", (2 * x - (x0 + x3) / 2, 2 * y - (y0 + y3) / 2), (x3, y3))]
        # the cubic through the same points at one and two thirds of the part that is drawn
        (x1, y1), (x2, y2) = point((2 * first + last) / 3), point((first + 2 * last) / 3)
        controls = [
            ((-5 * a + 18 * b - 9 * c + 2 * d) / 6, (2 * a - 9 * b + 18 * c - 5 * d) / 6)
            for a, b, c, d in ((x0, x1, x2, x3), (y0, y1, y2, y3))
        ]
        (cx, ex), (cy, ey) = controls
        return [("M", (x0, y0)), ("C", (cx, cy), (ex, ey), (x3, y3))]

    fractions = [step / 128 for step in range(129)]
    first = max((part for part in fractions[:64] if _holds(start.x, start.y, start.size, point(part), 1)), default=0.0)
    last = min((part for part in fractions[65:] if _holds(end.x, end.y, end.size, point(part), 3)), default=1.0)
    hidden = (
        [part for part in fractions if first < part < last and _holds(*gap, point(part), 0)] if gap[2].height else []
    )
    return piece(first, hidden[0]) + piece(hidden[-1], last) if hidden else piece(first, last)


def _around(start: Box, end: Box, turns: Sequence[tuple[int, int]]) -> list[_Step]:
    """The way of an arrow from border to border around these points, its corners rounded."""
    points = [(start.x, start.y), *turns, (end.x, end.y)]
    points[0] = _border(start, turns[0], 1)
    points[-1] = _border(end, turns[-1], 3)
    steps: list[_Step] = [("M", points[0])]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        into, out = (_towards(corner, other) for other in (before, after))
        steps += [("L", into), ("Q", corner, out)]
    return [*steps, ("L", points[-1])]


def _border(box: Box, point: tuple[int, int], gap: int) -> tuple[int, int]:
    """Where the straight line from a box's centre to a point leaves the box."""
    dx, dy = point[0] - box.x, point[1] - box.y
    part = min((box.size.width / 2 + gap) / max(abs(dx), 1), (box.size.height / 2 + gap) / max(abs(dy), 1), 1)
    return round(box.x + dx * part), round(box.y + dy * part)


def _towards(corner: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """The point where the rounding of a corner begins on its side to another point."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    part = min(16 / ((dx * dx + dy * dy) ** 0.5 or 1.0), 0.5)
    return round(corner[0] + dx * part), round(corner[1] + dy * part)


def _along(bend: tuple[int, int], way: int) -> tuple[int, int]:
    """A bend as it is on the way there (1) or back (-1)."""
    return bend if way > 0 else (-bend[1], -bend[0])


def _holds(x: int, y: int, size: Size, point: Point, gap: int) -> bool:
    return abs(point[0] - x) < size.width / 2 + gap and abs(point[1] - y) < size.height / 2 + gap


def _turn(start: Box, end: Box) -> str:
    """The one of eight arrows that comes nearest to the way from one box to another."""
    return "→↘↓↙←↖↑↗"[round(atan2(end.y - start.y, end.x - start.x) / (pi / 4)) % 8]


def _neighbours(drawing: Drawing, focus: int) -> list[int]:
    """The concepts next to one: first those it points to, then those that only point to it, those of which the same is
    said one after the other."""
    mine = [arrow for arrow in drawing.arrows if focus in (arrow.subject, arrow.object_)]
    said = list(dict.fromkeys(arrow.relation.label for arrow in mine))
    mine.sort(key=lambda arrow: (arrow.subject != focus, said.index(arrow.relation.label)))
    return list(dict.fromkeys(arrow.object_ if arrow.subject == focus else arrow.subject for arrow in mine))


def _short(label: str) -> str:
    return label if len(label) <= 34 else f"{label[:33]}…"


def _narrow_arrow(arrow: Arrow, index: int, top: int, foot: int, middle: int, tail: str) -> NarrowArrow:
    x, y = _INDENT + 5, top + round(arrow.plate.height / 2)
    if tail:
        return NarrowArrow(index, x, y, f"M{_INDENT - x} {middle - y}H{_SPINE - x}V{foot + 2 - y}", tail)
    return NarrowArrow(index, x, y, f"M{_SPINE - x} {foot - y}V{middle - y}H{_INDENT - 2 - x}", "")
