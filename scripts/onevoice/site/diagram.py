"""Two drawings as SVG, with the same content as text in them: how leads move, and the two tracks of the journey.

Both are drawn for the width of a phone and grow with the page. Colors come from the style sheet, so that they follow
the page from light to dark.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup, escape

from onevoice.handbook.ways import LeadTransition
from onevoice.phrases.catalog import translate_text
from onevoice.records.journey import Stage
from onevoice.records.lead import Lead

DRAWING_WIDTH = 360
LETTER_WIDTH = 6.4  # the width of a letter on average, at the size of the names
LINE_HEIGHT = 14


@dataclasses.dataclass
class StageBox:
    """A stage on the drawing.

    anchor: where the page has it. row counts from the top; right: it is in the right lane.
    """

    anchor: str
    lines: list[str]
    note: str
    row: int
    right: bool
    strong: bool
    y: float = 0
    ports: dict[str, list[int]] = dataclasses.field(default_factory=dict)

    BOX_WIDTH = 116
    LEFT_X, RIGHT_X = 44, 200

    @property
    def x(self) -> float:
        return self.RIGHT_X if self.right else self.LEFT_X

    @property
    def height(self) -> float:
        return len(self.lines) * LINE_HEIGHT + 26

    def locate_port(self, side: str, key: int) -> tuple[float, float]:
        """Where a way meets the box: ways on one side share it evenly."""
        keys = self.ports[side]
        part = (keys.index(key) + 1) / (len(keys) + 1)
        if side in ("top", "bottom"):
            return self.x + part * self.BOX_WIDTH, self.y + (self.height if side == "bottom" else 0)
        return self.x + (self.BOX_WIDTH if side == "right" else 0), self.y + part * self.height


def wrap_text(text: str, letters: int) -> list[str]:
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


def draw_lead_ways(
    stages: Sequence[Lead],
    found: Iterable[LeadTransition],
    *,
    team: Callable[[str], str],
    sales: Callable[[str], bool],
    figure: Callable[[LeadTransition], str] = lambda way: "",
) -> Markup:
    """The stages of a lead and every way between them; marketing on the left, sales on the right.

    team: the name of a team by its id. sales: whether a team is on the right. figure: how many took a way, "" if nobody
    knows.
    """
    boxes: dict[str, StageBox] = {}
    y = 8.0
    for row, stage in enumerate(stages):
        lines, strong = wrap_text(stage.name, 16), stage.starts or stage.ends
        box = StageBox(stage.id, lines, team(stage.held_by), row, sales(stage.held_by), strong, y)
        boxes[stage.id] = box
        y += box.height + 24
    shown = [way for way in found if way.start is not way.end]
    routes = [_find_route(boxes[way.start.id], boxes[way.end.id], list(boxes.values())) for way in shown]
    for key, (way, (leave, enter, _)) in enumerate(zip(shown, routes, strict=True)):
        boxes[way.start.id].ports.setdefault(leave, []).append(key)
        boxes[way.end.id].ports.setdefault(enter, []).append(key)
    for box in boxes.values():
        for keys in box.ports.values():
            keys.sort(key=lambda key: _rank_port(box, shown[key], boxes))
    channels = _assign_channels(shown, routes, boxes)
    numbers = number_handoffs(shown)
    drawn = [
        _draw_way(way, key, routes[key], channels.get(key), boxes, numbers.get(key), figure(way))
        for key, way in enumerate(shown)
    ]
    body = "".join([*(_draw_box(box) for box in boxes.values()), *drawn])
    says = ". ".join(_add_figure(describe_way(way, team), figure(way)) for way in shown)
    return build_svg(
        "ov-ways", DRAWING_WIDTH, y - 16, translate_text("How a lead moves, stage by stage"), f"{says}.", body
    )


def number_handoffs(found: Iterable[LeadTransition]) -> dict[int, int]:
    """The number of each handoff, by its place among the ways."""
    keys = [key for key, way in enumerate(found) if way.kind == "handoff"]
    return {key: number for number, key in enumerate(keys, 1)}


def _add_figure(text: str, figure: str) -> str:
    return f"{text} ({figure})" if figure else text


def describe_way(way: LeadTransition, team: Callable[[str], str]) -> str:
    """A way in words."""
    start, end = way.start.name, way.end.name
    if way.kind == "handoff":
        return translate_text(
            "%(giver)s hands over from %(start)s to %(end)s, held by %(taker)s",
            giver=team(way.start.held_by), start=start, end=end, taker=team(way.end.held_by),
        )  # fmt: skip
    if way.kind == "return":
        return translate_text("What doesn't fit at %(start)s goes back to %(end)s", start=start, end=end)
    return translate_text("%(start)s leads to %(end)s", start=start, end=end)


def _rank_port(box: StageBox, way: LeadTransition, boxes: dict[str, StageBox]) -> tuple[int, str]:
    start, end = boxes[way.start.id], boxes[way.end.id]
    return (end.row if start is box else start.row, way.kind)


def _find_route(start: StageBox, end: StageBox, boxes: Sequence[StageBox]) -> tuple[str, str, str]:
    """The sides at which a way leaves and enters, and the room that it goes through ("" for straight)."""
    if start.right != end.right:
        return ("left", "right", "middle") if start.right else ("right", "left", "middle")
    first, last = sorted((start.row, end.row))
    if any(box.right == start.right and first < box.row < last for box in boxes):
        side = "right" if start.right else "left"
        return side, side, side
    return ("bottom", "top", "") if start.row < end.row else ("top", "bottom", "")


# Where the upright parts run: from the boxes outwards, and in the middle from left to right.
CHANNEL_RANGES = {"left": (36, 4), "middle": (168, 192), "right": (324, 356)}
CHANNEL_PITCH = 7


def _assign_channels(
    shown: Sequence[LeadTransition], routes: Sequence[tuple[str, str, str]], boxes: dict[str, StageBox]
) -> dict[int, float]:
    """The x of the upright part of each way, so that no two that overlap in height share one."""
    places: dict[int, float] = {}
    for room, (first, last) in CHANNEL_RANGES.items():
        spans = []
        for key, way in enumerate(shown):
            leave, enter, through = routes[key]
            if through == room:
                ends = (boxes[way.start.id].locate_port(leave, key)[1], boxes[way.end.id].locate_port(enter, key)[1])
                spans.append((min(ends), max(ends), key))
        rows: list[float] = []
        row_of = {}
        for top, bottom, key in sorted(spans):
            row_of[key] = next((n for n, until in enumerate(rows) if until + 4 < top), len(rows))
            rows[row_of[key] : row_of[key] + 1] = [bottom]
        pitch = min(CHANNEL_PITCH, abs(last - first) / max(len(rows) - 1, 1)) * (1 if last > first else -1)
        places |= {key: first + pitch * row for key, row in row_of.items()}
    return places


def _draw_way(
    way: LeadTransition,
    key: int,
    route: tuple[str, str, str],
    x: float | None,
    boxes: dict[str, StageBox],
    number: int | None,
    figure: str,
) -> str:
    leave, enter, _ = route
    (x1, y1), (x2, y2) = boxes[way.start.id].locate_port(leave, key), boxes[way.end.id].locate_port(enter, key)
    points = [(x1, y1), (x, y1), (x, y2), (x2, y2)] if x is not None else [(x1, y1), (x1, y1), (x2, y2)]
    if x is None:
        # Straight down, with a small jog halfway if the ports differ.
        points = [(x1, y1), (x1, (y1 + y2) / 2), (x2, (y1 + y2) / 2), (x2, y2)]
    path = "M" + "L".join(f"{to_px(a)} {to_px(b)}" for a, b in points)
    dx, dy = {"left": (1, 0), "right": (-1, 0), "top": (0, 1), "bottom": (0, -1)}[enter]
    side = f"{to_px(-6 * dx - 3 * dy)} {to_px(-6 * dy - 3 * dx)}"
    tip = f"M{to_px(x2)} {to_px(y2)}l{side}l{to_px(6 * dy)} {to_px(6 * dx)}z"
    badge = ""
    if number is not None:
        badge = (
            f'<circle cx="{to_px(x1)}" cy="{to_px(y1)}" r="7"/>'
            f'<text class="ov-number" x="{to_px(x1)}" y="{to_px(y1 + 3)}">{number}</text>'
        )
    if figure:
        # Where the way leaves, beside its number.
        off = (8 if number is not None else 2) + 2
        x, anchor = (x1 - off, "end") if leave == "left" else (x1 + off, "start")
        y = y1 + 12 if leave == "bottom" else y1 - 3
        badge += f'<text class="ov-count" text-anchor="{anchor}" x="{to_px(x)}" y="{to_px(y)}">{escape(figure)}</text>'
    return f'<g class="ov-way ov-{way.kind}"><path d="{path}"/><path class="ov-tip" d="{tip}"/>{badge}</g>'


def _draw_box(box: StageBox) -> str:
    middle = box.x + box.BOX_WIDTH / 2
    names = "".join(
        f'<text class="ov-name" x="{to_px(middle)}" y="{to_px(box.y + 17 + n * LINE_HEIGHT)}">{escape(line)}</text>'
        for n, line in enumerate(box.lines)
    )
    note = f'<text class="ov-note" x="{to_px(middle)}" y="{to_px(box.y + box.height - 8)}">{escape(box.note)}</text>'
    kind = "ov-box ov-strong" if box.strong else "ov-box"
    side = "ov-sales" if box.right else "ov-marketing"
    rect = f'<rect x="{to_px(box.x)}" y="{to_px(box.y)}" width="{box.BOX_WIDTH}" height="{to_px(box.height)}" rx="6"/>'
    return f'<a href="#{box.anchor}"><g class="{kind} {side}">{rect}{names}{note}</g></a>'


def draw_journey(stages: Sequence[Stage], leads: Sequence[Lead]) -> Markup:
    """The customer's stages above, and below each the lead stages that run alongside it."""
    column = max(DRAWING_WIDTH / max(len(stages), 1), 84)
    wide = column * len(stages)
    place = {stage.id: index for index, stage in enumerate(stages)}
    body = [
        _draw_label(translate_text("The customer"), 12),
        *(
            _draw_bar(index, index, column, 18, stage.name, "buyer", 28)
            for stage, index in ((stage, place[stage.id]) for stage in stages)
        ),
        _draw_label(translate_text("Our lead"), 66),
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
        letters = [
            len(wrap_text(name, _count_fitting_letters(column, first, last)))
            for r, first, last, name in bars
            if r == row
        ]
        high = max(letters) * LINE_HEIGHT + 12
        body += [_draw_bar(first, last, column, y[-1], name, "lead", high) for r, first, last, name in bars if r == row]
        y.append(y[-1] + high + 6)
    says = []
    for stage in stages:
        names = [lead.name for lead in leads if stage.id in lead.stages]
        says.append(f"{stage.name}: {', '.join(names) or translate_text('no lead stage')}")
    title = translate_text("The customer journey and the lead stages alongside it")
    return build_svg("ov-tracks", wide, y[-1], title, f"{'. '.join(says)}.", "".join(body))


def _count_fitting_letters(column: float, first: int, last: int) -> int:
    return int(((last - first + 1) * column - 14) / LETTER_WIDTH)


def _draw_bar(first: int, last: int, column: float, y: float, name: str, kind: str, high: float) -> str:
    x, wide = first * column + 2, (last - first + 1) * column - 4
    lines = wrap_text(name, _count_fitting_letters(column, first, last))
    top = y + high / 2 - len(lines) * LINE_HEIGHT / 2 + 10
    names = "".join(
        f'<text class="ov-name" x="{to_px(x + wide / 2)}" y="{to_px(top + n * LINE_HEIGHT)}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )
    rect = f'<rect x="{to_px(x)}" y="{to_px(y)}" width="{to_px(wide)}" height="{to_px(high)}" rx="6"/>'
    return f'<g class="ov-box ov-{kind}">{rect}{names}</g>'


def _draw_label(text: str, y: float) -> str:
    return f'<text class="ov-track" x="4" y="{to_px(y)}">{escape(text)}</text>'


def to_px(value: float) -> str:
    """A coordinate, as short as a tenth of a pixel allows."""
    return f"{value:.1f}".removesuffix(".0")


def build_svg(id: str, wide: float, high: float, title: str, says: str, body: str, kind: str = "") -> Markup:
    """A drawing that grows with the page and describes in words what it shows.

    id: unique on the page. kind: the class of those drawn alike, if there are several.
    """
    # In a picture nothing can be pressed.
    role = "group" if "<a " in body else "img"
    names = f'aria-labelledby="{id}-title {id}-desc"'
    size = f'viewBox="0 0 {to_px(wide)} {to_px(high)}"'
    # The words in a drawing form no sentences, and the text next to it has them: Material's search skips them.
    unread = 'data-search-exclude=""'
    return Markup(
        f'<svg class="ov-svg {kind or id}" {size} role="{role}" {names} {unread} xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{id}-title">{escape(title)}</title><desc id="{id}-desc">{escape(says)}</desc>{body}</svg>'
    )
