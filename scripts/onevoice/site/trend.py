"""Figures of weeks as SVG, with the same figures in words and in a table: lines, bars, and a spark for a strip.

They're drawn for the width of a phone. Colors come from the style sheet.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from onevoice.handbook.figures import Series, find_week_start
from onevoice.phrases.catalog import format_day_of_year, format_number, translate_text
from onevoice.site.diagram import DRAWING_WIDTH, build_svg, to_px

PLOT_TOP, PLOT_HEIGHT, FOOT = 18, 96, 18
LEFT, RIGHT = 34, DRAWING_WIDTH - 10
SPARK_WIDTH, SPARK_HEIGHT = 96, 24
GOAL_WIDTH = 240
# So many numbers fit above bars.
MOST_NUMBERS = 16
# How a drawing of weeks and a table of them begin; and a mark in a page, which no text of a record can become.
_FIGURE = re.compile(r'<(svg|details) class="(?:ov-svg ov-trend|ov-figures)"')
_HOLE = '<hr class="ov-hole">'


@functools.lru_cache(maxsize=512)
def name_week_start(week: str) -> str:
    """A week as people call it: by its Monday."""
    return format_day_of_year(find_week_start(week))


def format_figure(value: float | None) -> str:
    """A figure, or a dash."""
    return "–" if value is None else format_number(value)


def draw_line(id: str, title: str, series: Series, target: float | None = None) -> Markup:
    """A measure as a line, with its target as a second, dashed one. "" if there's nothing to draw."""
    if not series.points:
        return Markup()
    values = [value for _, value in series.points]
    ticks = _choose_ticks([*values, *([] if target is None else [target])])
    low, high, xs = ticks[0], ticks[-1], _place_weeks(series)
    points = [(x, _scale(value, low, high)) for x, value in zip(xs, series.values, strict=True) if value is not None]
    body = [_draw_axis(ticks, series)]
    if target is not None:
        y = _scale(target, low, high)
        # What it says is below the plot: wherever the line runs, it isn't in the way.
        middle, foot = (LEFT + RIGHT) / 2, PLOT_TOP + PLOT_HEIGHT + 13
        body.append(
            f'<path class="ov-target" d="M{LEFT} {to_px(y)}H{RIGHT}M{to_px(middle - 58)} {to_px(foot - 3)}h18"/>'
            f'<text class="ov-note" x="{to_px(middle)}" y="{foot}">'
            f"{escape(translate_text('target %(value)s', value=format_number(target)))}</text>"
        )
    body.append(f'<path class="ov-line" d="M{"L".join(f"{to_px(x)} {to_px(y)}" for x, y in points)}"/>')
    body += [f'<circle class="ov-dot" cx="{to_px(x)}" cy="{to_px(y)}" r="{2.2 if n + 1 < len(points) else 4}"/>'
             for n, (x, y) in enumerate(points)]  # fmt: skip
    says = [_describe_series(series)]
    if target is not None:
        says.append(translate_text("Target: %(value)s.", value=format_number(target)))
    return _build_trend(id, title, " ".join(says), "".join(body))


def draw_bars(id: str, title: str, parts: Sequence[tuple[str, str, Series]]) -> Markup:
    """Measures as bars, one on top of the other. parts: (class, name, its figures), the lowest first."""
    weeks = parts[0][2].weeks
    totals = [sum(series.values[n] or 0 for _, _, series in parts) for n in range(len(weeks))]
    if not any(totals):
        return Markup()
    ticks = _choose_ticks(totals, from_zero=True)
    step = (RIGHT - LEFT) / len(weeks)
    wide = max(step - 4, 1)
    body = [_draw_axis(ticks, parts[0][2])]
    for n, total in enumerate(totals):
        x, bottom = LEFT + n * step + (step - wide) / 2, float(PLOT_TOP + PLOT_HEIGHT)
        for kind, _, series in parts:
            height = (series.values[n] or 0) / ticks[-1] * PLOT_HEIGHT
            if height:
                body.append(
                    f'<rect class="ov-{kind}" x="{to_px(x)}" y="{to_px(bottom - height)}" width="{to_px(wide)}" '
                    f'height="{to_px(height)}"/>'
                )
            bottom -= height
        if total and len(weeks) <= MOST_NUMBERS:
            body.append(
                f'<text class="ov-tick" x="{to_px(x + wide / 2)}" y="{to_px(bottom - 3)}">{format_number(total)}</text>'
            )
    says = " ".join(f"{name}: {_describe_series(series)}" for _, name, series in parts if series.points)
    return _build_trend(id, title, says, "".join(body))


def draw_spark(series: Series, target: float | None = None) -> Markup:
    """A line without words, next to the words that say the same."""
    values = [value for _, value in series.points]
    if len(values) < 2:
        return Markup()
    ticks = _choose_ticks([*values, *([] if target is None else [target])])
    low, high = ticks[0], ticks[-1]
    step = (SPARK_WIDTH - 8) / (len(series.weeks) - 1)

    def place(value: float) -> str:
        return to_px(3 + (high - value) / (high - low) * (SPARK_HEIGHT - 6))

    points = [f"{to_px(4 + n * step)} {place(value)}" for n, value in enumerate(series.values) if value is not None]
    x, y = points[-1].split()
    aim = f'<path class="ov-target" d="M0 {place(target)}H{SPARK_WIDTH}"/>' if target is not None else ""
    return Markup(
        f'<svg class="ov-spark" viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}" aria-hidden="true">'
        f'{aim}<path class="ov-line" d="M{"L".join(points)}"/><circle class="ov-dot" cx="{x}" cy="{y}" r="2.5"/></svg>'
    )


def draw_way_covered(share: float) -> Markup:
    """How far the way to a target is covered, as a bar, next to the words that say the same. share: from 0 to 1."""
    wide = to_px(max(min(share, 1), 0) * GOAL_WIDTH)
    return Markup(
        f'<svg class="ov-covered" viewBox="0 0 {GOAL_WIDTH} 8" aria-hidden="true">'
        f'<rect class="ov-track-bar" x="0" y="0" width="{GOAL_WIDTH}" height="8" rx="4"/>'
        f'<rect class="ov-done" x="0" y="0" width="{wide}" height="8" rx="4"/></svg>'
    )


def list_table(columns: Sequence[tuple[str, Series]], caption: str) -> Markup:
    """The same figures as a table, newest week first, behind one word. columns: (name, figures)."""
    weeks = columns[0][1].weeks
    rows = [(week, [series.values[n] for _, series in columns]) for n, week in enumerate(weeks)]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name, _ in columns)
    body = "".join(
        f'<tr><th scope="row"><time datetime="{week}">{escape(name_week_start(week))}</time></th>'
        + "".join(f"<td>{format_figure(value)}</td>" for value in values)
        + "</tr>"
        for week, values in reversed(rows)
        if any(value is not None for value in values)
    )
    return Markup(
        f'<details class="ov-figures"><summary>{escape(translate_text("All figures"))}'
        f'<span class="ov-unseen">: {escape(caption)}</span></summary>'
        f'<table class="ov-weeks" data-search-exclude=""><thead><tr><th scope="col">'
        f"{escape(translate_text('Week of'))}</th>{head}</tr></thead><tbody>{body}</tbody></table></details>"
    )


def take_out_figures(text: str) -> tuple[str, list[str]]:
    """A page's text with a mark for each drawing and table of figures, and these."""
    kept: list[str] = []
    figures: list[str] = []
    at = 0
    for begin in _FIGURE.finditer(text):
        if begin.start() < at:
            continue
        mark = f"</{begin[1]}>"
        close = text.find(mark, begin.end())
        if close < 0:
            break
        kept += text[at : begin.start()], _HOLE
        at = close + len(mark)
        figures.append(text[begin.start() : at])
    return "".join([*kept, text[at:]]), figures


def put_back_figures(text: str, figures: Sequence[str]) -> str:
    """The text with the figures in the places of their marks."""
    parts = text.split(_HOLE)
    return "".join(itertools.chain.from_iterable(zip(parts, [*figures, ""], strict=True)))


def _build_trend(id: str, title: str, says: str, body: str) -> Markup:
    return build_svg(id, DRAWING_WIDTH, PLOT_TOP + PLOT_HEIGHT + FOOT, title, says, body, kind="ov-trend")


def _describe_series(series: Series) -> str:
    """Where a line begins and ends, and how high and low it goes."""
    (first, begin), (last, end) = series.points[0], series.points[-1]
    values = [value for _, value in series.points]
    return translate_text(
        "%(begin)s in the week of %(first)s, %(end)s in the week of %(last)s; lowest %(low)s, highest %(high)s.",
        begin=format_number(begin), first=name_week_start(first), end=format_number(end), last=name_week_start(last),
        low=format_number(min(values)), high=format_number(max(values)),
    )  # fmt: skip


def _choose_ticks(values: Sequence[float], *, from_zero: bool = False) -> list[float]:
    """Two to six round numbers that the values lie between."""
    low, high = (0.0 if from_zero else min(values)), max(values)
    span = max(high - low, abs(high) * 0.1, 0.2)
    step = 10 ** math.floor(math.log10(span / 3))
    step = max(step * next((factor for factor in (1, 2, 5) if span / (step * factor) <= 4), 10), 0.1)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(n * step, 6) for n in range(first, max(last, first + 1) + 1)]


def _scale(value: float, low: float, high: float) -> float:
    return PLOT_TOP + (high - value) / (high - low) * PLOT_HEIGHT


def _place_weeks(series: Series) -> list[float]:
    if len(series.weeks) == 1:
        return [(LEFT + RIGHT) / 2]
    return [LEFT + 6 + n * (RIGHT - LEFT - 12) / (len(series.weeks) - 1) for n in range(len(series.weeks))]


def _draw_axis(ticks: Sequence[float], series: Series) -> str:
    """The lines that say how high the plot goes, and the weeks at its ends."""
    bottom = PLOT_TOP + PLOT_HEIGHT
    first, last = name_week_start(series.weeks[0]), name_week_start(series.weeks[-1])
    ends = f'<text class="ov-track" x="{LEFT}" y="{bottom + 13}">{escape(first)}</text>'
    if first != last:
        ends += f'<text class="ov-mark" x="{RIGHT}" y="{bottom + 13}">{escape(last)}</text>'
    lines = []
    for tick in ticks:
        y = _scale(tick, ticks[0], ticks[-1])
        lines.append(
            f'<path class="ov-axis" d="M{LEFT} {to_px(y)}H{RIGHT}"/>'
            f'<text class="ov-mark" x="{LEFT - 5}" y="{to_px(y + 3)}">{format_number(tick)}</text>'
        )
    return "".join(lines) + ends
