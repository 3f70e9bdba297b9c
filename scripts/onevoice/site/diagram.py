"""Two drawings as SVG, with the same content as text in them: the ways of a lead, and the two tracks of the journey.

Both are drawn for the width of a phone and grow with the page. Colors come from the style sheet, so that they follow
the page from light to dark.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup, escape

from onevoice.handbook.ways import Way
from onevoice.records.journey import Stage
from onevoice.records.lead import Lead

WIDTH = 360
LETTER = 6.4  # the width of a letter on average, at the size of the names
LINE = 14


@dataclasses.dataclass
class Box:
    """A stage on the drawing. row counts from the top; right: it stands in the right lane."""

    lines: list[str]
    note: str
    row: int
    right: bool
    strong: bool
    y: float = 0
    ports: dict[str, list[int]] = dataclasses.field(default_factory=dict)

    WIDE = 116
    LEFT, RIGHT = 44, 200

    @property
    def x(self) -> float:
        return self.RIGHT if self.right else self.LEFT

    @property
    def high(self) -> float:
        return len(self.lines) * LINE + 26

    def port(self, side: str, key: int) -> tuple[float, float]:
        """Where a way meets the box: ways on one side share it evenly."""
        keys = self.ports[side]
        part = (keys.index(key) + 1) / (len(keys) + 1)
        if side in ("top", "bottom"):
            return self.x + part * self.WIDE, self.y + (self.high if side == "bottom" else 0)
        return self.x + (self.WIDE if side == "right" else 0), self.y + part * self.high


def wrap(text: str, letters: int) -> list[str]:
    """Lines of at most so many letters (two or more), broken at spaces; a longer word is broken with a hyphen."""
    lines: list[str] = []
    for word in text.split():
        while len(word) > letters:
            lines.append(f"{word[: letters - 1]}-")
            word = word[letters - 1 :]
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def ways(
    stages: Sequence[Lead], found: Iterable[Way], *, team: Callable[[str], str], sales: Callable[[str], bool]
) -> Markup:
    """The stages of a lead and every way between them; marketing on the left, sales on the right.

    team: the name of a team by its id. sales: whether a team stands on the right.
    """
    boxes: dict[str, Box] = {}
    y = 8.0
    for row, stage in enumerate(stages):
        box = Box(wrap(stage.name, 16), team(stage.held_by), row, sales(stage.held_by), stage.starts or stage.ends, y)
        boxes[stage.id] = box
        y += box.high + 24
    shown = [way for way in found if way.start is not way.end]
    routes = [_route(boxes[way.start.id], boxes[way.end.id], list(boxes.values())) for way in shown]
    for key, (way, (leave, enter, _)) in enumerate(zip(shown, routes, strict=True)):
        boxes[way.start.id].ports.setdefault(leave, []).append(key)
        boxes[way.end.id].ports.setdefault(enter, []).append(key)
    for stage in boxes.values():
        for keys in stage.ports.values():
            keys.sort(key=lambda key: _other(stage, shown[key], boxes))
    channels = _channels(shown, routes, boxes)
    numbers = handoffs(shown)
    drawn = [_line(way, key, routes[key], channels.get(key), boxes, numbers.get(key)) for key, way in enumerate(shown)]
    body = "".join([*(_box(box) for box in boxes.values()), *drawn])
    says = ". ".join(sentence(way, team) for way in shown)
    return svg("ov-ways", WIDTH, y - 16, "The way of a lead, stage by stage", f"{says}.", body)


def handoffs(found: Iterable[Way]) -> dict[int, int]:
    """The number of each handoff, by its place among the ways."""
    keys = [key for key, way in enumerate(found) if way.kind == "handoff"]
    return {key: number for number, key in enumerate(keys, 1)}


def sentence(way: Way, team: Callable[[str], str]) -> str:
    """A way in words."""
    start, end = way.start.name, way.end.name
    if way.kind == "handoff":
        return f"{team(way.start.held_by)} hands over from {start} to {end}, held by {team(way.end.held_by)}"
    return f"What does not fit at {start} comes back to {end}" if way.kind == "return" else f"{start} leads to {end}"


def _other(box: Box, way: Way, boxes: dict[str, Box]) -> tuple[int, str]:
    start, end = boxes[way.start.id], boxes[way.end.id]
    return (end.row if start is box else start.row, way.kind)


def _route(start: Box, end: Box, boxes: Sequence[Box]) -> tuple[str, str, str]:
    """The sides at which a way leaves and enters, and the room that it goes through ("" for straight)."""
    if start.right != end.right:
        return ("left", "right", "middle") if start.right else ("right", "left", "middle")
    first, last = sorted((start.row, end.row))
    if any(box.right == start.right and first < box.row < last for box in boxes):
        side = "right" if start.right else "left"
        return side, side, side
    return ("bottom", "top", "") if start.row < end.row else ("top", "bottom", "")


# Where the upright parts run: from the boxes outwards, and in the middle from left to right.
ROOMS = {"left": (36, 4), "middle": (168, 192), "right": (324, 356)}
PITCH = 7


def _channels(shown: Sequence[Way], routes: Sequence[tuple], boxes: dict[str, Box]) -> dict[int, float]:
    """The x of the upright part of each way, so that no two that overlap in height share one."""
    places: dict[int, float] = {}
    for room, (first, last) in ROOMS.items():
        spans = []
        for key, way in enumerate(shown):
            leave, enter, through = routes[key]
            if through == room:
                ends = (boxes[way.start.id].port(leave, key)[1], boxes[way.end.id].port(enter, key)[1])
                spans.append((min(ends), max(ends), key))
        rows: list[float] = []
        row_of = {}
        for top, bottom, key in sorted(spans):
            row_of[key] = next((n for n, until in enumerate(rows) if until + 4 < top), len(rows))
            rows[row_of[key] : row_of[key] + 1] = [bottom]
        pitch = min(PITCH, abs(last - first) / max(len(rows) - 1, 1)) * (1 if last > first else -1)
        places |= {key: first + pitch * row for key, row in row_of.items()}
    return places


def _line(
    way: Way, key: int, route: tuple[str, str, str], x: float | None, boxes: dict[str, Box], number: int | None
) -> str:
    leave, enter, _ = route
    (x1, y1), (x2, y2) = boxes[way.start.id].port(leave, key), boxes[way.end.id].port(enter, key)
    points = [(x1, y1), (x, y1), (x, y2), (x2, y2)] if x is not None else [(x1, y1), (x1, y1), (x2, y2)]
    if x is None:
        # Straight down where the ports differ: a small jog halfway.
        points = [(x1, y1), (x1, (y1 + y2) / 2), (x2, (y1 + y2) / 2), (x2, y2)]
    path = "M" + "L".join(f"{digits(a)} {digits(b)}" for a, b in points)
    dx, dy = {"left": (1, 0), "right": (-1, 0), "top": (0, 1), "bottom": (0, -1)}[enter]
    side = f"{digits(-6 * dx - 3 * dy)} {digits(-6 * dy - 3 * dx)}"
    tip = f"M{digits(x2)} {digits(y2)}l{side}l{digits(6 * dy)} {digits(6 * dx)}z"
    badge = ""
    if number is not None:
        badge = (
            f'<circle cx="{digits(x1)}" cy="{digits(y1)}" r="7"/>'
            f'<text class="ov-number" x="{digits(x1)}" y="{digits(y1 + 3)}">{number}</text>'
        )
    return f'<g class="ov-way ov-{way.kind}"><path d="{path}"/><path class="ov-tip" d="{tip}"/>{badge}</g>'


def _box(box: Box) -> str:
    middle = box.x + box.WIDE / 2
    names = "".join(
        f'<text class="ov-name" x="{digits(middle)}" y="{digits(box.y + 17 + n * LINE)}">{escape(line)}</text>'
        for n, line in enumerate(box.lines)
    )
    note = f'<text class="ov-note" x="{digits(middle)}" y="{digits(box.y + box.high - 8)}">{escape(box.note)}</text>'
    kind = "ov-box ov-strong" if box.strong else "ov-box"
    side = "ov-sales" if box.right else "ov-marketing"
    rect = f'<rect x="{digits(box.x)}" y="{digits(box.y)}" width="{box.WIDE}" height="{digits(box.high)}" rx="6"/>'
    return f'<g class="{kind} {side}">{rect}{names}{note}</g>'


def journey(stages: Sequence[Stage], leads: Sequence[Lead]) -> Markup:
    """The customer's stages above, and below each the stages of a lead that run beside it."""
    column = max(WIDTH / max(len(stages), 1), 84)
    wide = column * len(stages)
    place = {stage.id: index for index, stage in enumerate(stages)}
    body = [
        _label("The customer", 12),
        *(
            _bar(index, index, column, 18, stage.name, "buyer", 28)
            for stage, index in ((stage, place[stage.id]) for stage in stages)
        ),
        _label("Our lead", 66),
    ]
    rows: list[int] = []
    y = [72.0]
    bars = []
    for lead in leads:
        columns = [place[id] for id in lead.stages if id in place]
        if not columns:
            continue
        first, last = min(columns), max(columns)
        row = next((n for n, until in enumerate(rows) if until < first), len(rows))
        rows[row : row + 1] = [last]
        bars.append((row, first, last, lead.name))
    for row in range(len(rows)):
        letters = [len(wrap(name, _letters(column, first, last))) for r, first, last, name in bars if r == row]
        high = max(letters) * LINE + 12
        body += [_bar(first, last, column, y[-1], name, "lead", high) for r, first, last, name in bars if r == row]
        y.append(y[-1] + high + 6)
    says = []
    for stage in stages:
        names = [lead.name for lead in leads if stage.id in lead.stages]
        says.append(f"{stage.name}: {', '.join(names) or 'no stage of a lead'}")
    title = "The customer journey, and the stages of a lead beside it"
    return svg("ov-tracks", wide, y[-1], title, f"{'. '.join(says)}.", "".join(body))


def _letters(column: float, first: int, last: int) -> int:
    return int(((last - first + 1) * column - 14) / LETTER)


def _bar(first: int, last: int, column: float, y: float, name: str, kind: str, high: float) -> str:
    x, wide = first * column + 2, (last - first + 1) * column - 4
    lines = wrap(name, _letters(column, first, last))
    top = y + high / 2 - len(lines) * LINE / 2 + 10
    names = "".join(
        f'<text class="ov-name" x="{digits(x + wide / 2)}" y="{digits(top + n * LINE)}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )
    rect = f'<rect x="{digits(x)}" y="{digits(y)}" width="{digits(wide)}" height="{digits(high)}" rx="6"/>'
    return f'<g class="ov-box ov-{kind}">{rect}{names}</g>'


def _label(text: str, y: float) -> str:
    return f'<text class="ov-track" x="4" y="{digits(y)}">{escape(text)}</text>'


def digits(value: float) -> str:
    """A coordinate, as short as a tenth of a pixel allows."""
    return f"{value:.1f}".removesuffix(".0")


def svg(id: str, wide: float, high: float, title: str, says: str, body: str) -> Markup:
    """A drawing that grows with the page, and says in words what it shows. id: once on a page."""
    names = f'aria-labelledby="{id}-title {id}-desc"'
    size = f'viewBox="0 0 {digits(wide)} {digits(high)}"'
    # The words in a drawing are no sentence, and stand in the text beside it: Material's search leaves them out.
    unread = 'data-search-exclude=""'
    return Markup(
        f'<svg class="ov-svg {id}" {size} role="img" {names} {unread} xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{id}-title">{escape(title)}</title><desc id="{id}-desc">{escape(says)}</desc>{body}</svg>'
    )
