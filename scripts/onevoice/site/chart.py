"""Three pictures as SVG: where content is missing, how fresh each team's records are, and which colors go together.

Each describes in words what it shows, for people who can't see it. Colors come from the style sheet, so that they
follow the page from light to dark; only the brand's own colors are fixed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from onevoice.site.diagram import DRAWING_WIDTH, LETTER_WIDTH, LINE_HEIGHT, build_svg, to_px, wrap_text

# The numbers of pieces at which a cell gets darker, step by step.
HEAT_STEPS = (1, 3, 6)
MIN_BAR_WIDTH = 15  # the width of the shortest piece of a bar: a number has room in it
SAMPLE_WIDTH, SAMPLE_HEIGHT = 88, 40  # a color's name on another color


def draw_coverage(stages: Sequence[str], rows: Sequence[tuple[str, Sequence[tuple[int, int]]]], *, id: str) -> Markup:
    """How many pieces there are for each person (a row) at each stage (a column): (marketing's, sales')."""
    column = max(DRAWING_WIDTH / max(len(stages), 1), 52)
    heads = [wrap_text(name, max(int((column - 6) / LETTER_WIDTH), 2)) for name in stages]
    y = max((len(lines) for lines in heads), default=0) * LINE_HEIGHT + 4.0
    body = [
        f'<text class="ov-name" x="{to_px((n + 0.5) * column)}" y="{to_px(11 + line * LINE_HEIGHT)}">'
        f"{escape(text)}</text>"
        for n, lines in enumerate(heads)
        for line, text in enumerate(lines)
    ]
    says = []
    for name, cells in rows:
        for line in wrap_text(name, int(column * len(stages) / LETTER_WIDTH)):
            body.append(f'<text class="ov-track" x="2" y="{to_px(y + 13)}">{escape(line)}</text>')
            y += LINE_HEIGHT
        half = (column - 6) / 2
        for n, counts in enumerate(cells):
            for side, count in enumerate(counts):
                x = n * column + 2 + side * (half + 2)
                level = sum(count >= step for step in HEAT_STEPS)
                body.append(
                    f'<g class="ov-heat ov-heat-{level}"><rect x="{to_px(x)}" y="{to_px(y + 4)}" '
                    f'width="{to_px(half)}" height="26" rx="3"/>'
                    f'<text x="{to_px(x + half / 2)}" y="{to_px(y + 21)}">{count}</text></g>'
                )
        each = ", ".join(f"{stage} {one} and {two}" for stage, (one, two) in zip(stages, cells, strict=True))
        says.append(f"{name}: {each}")
        y += 36
    title = "Pieces of content for each person at each stage, from marketing and from sales"
    return build_svg(id, column * len(stages), y + 2, title, f"{'. '.join(says)}.", "".join(body))


def draw_freshness(rows: Sequence[tuple[str, Mapping[str, int]]], names: Mapping[str, str]) -> Markup:
    """How fresh the records of each team are. rows: (team, how many by state). names: the states in order, in words."""
    most = max((sum(counts.values()) for _, counts in rows), default=1)
    y, body, says = 0.0, [], []
    for name, counts in rows:
        here = [state for state in names if counts.get(state)]
        share = (DRAWING_WIDTH - 4 - MIN_BAR_WIDTH * len(here)) / most
        body.append(f'<text class="ov-side" x="2" y="{to_px(y + 13)}">{escape(name)}</text>')
        x = 2.0
        for state in here:
            wide = MIN_BAR_WIDTH + counts[state] * share
            body.append(
                f'<g class="ov-bar" data-state="{state}"><rect x="{to_px(x)}" y="{to_px(y + 19)}" '
                f'width="{to_px(wide - 1)}" height="15" rx="2"/>'
                f'<text x="{to_px(x + (wide - 1) / 2)}" y="{to_px(y + 30)}">{counts[state]}</text></g>'
            )
            x += wide
        words = ", ".join(f"{counts[state]} {names[state]}" for state in here)
        body.append(f'<text class="ov-track" x="2" y="{to_px(y + 46)}">{escape(words)}</text>')
        says.append(f"{name}: {words}")
        y += 58
    return build_svg(
        "ov-bars", DRAWING_WIDTH, y, "How fresh each team's records are", f"{'. '.join(says)}.", "".join(body)
    )


def draw_contrasts(grounds: Sequence[tuple[str, str, str, Sequence[tuple[str, str, str]]]]) -> Markup:
    """The brand's colors, written on those that they go with.

    grounds: (name, hex, the color of small print on it, [(name, hex, what to say of the pair)]).
    """
    y, body, says = 0.0, [], []
    each = int(DRAWING_WIDTH // SAMPLE_WIDTH)
    for name, fill, plain, pairs in grounds:
        high = -(-len(pairs) // each) * SAMPLE_HEIGHT + 6
        body.append(f'<text class="ov-track" x="2" y="{to_px(y + 12)}">on {escape(name)}</text>')
        body.append(
            f'<rect class="ov-ground" x="1" y="{to_px(y + 18)}" width="{DRAWING_WIDTH - 2}" height="{high}" rx="4" '
            f'fill="{fill}"/>'
        )
        for n, (text, color, note) in enumerate(pairs):
            left, top = 12 + n % each * SAMPLE_WIDTH, y + 18 + n // each * SAMPLE_HEIGHT
            body.append(
                f'<text class="ov-sample" x="{left}" y="{to_px(top + 20)}" fill="{color}">'
                f"{escape(wrap_text(text, 11)[0])}</text>"
                f'<text class="ov-ratio" x="{left}" y="{to_px(top + 35)}" fill="{plain}">{escape(note)}</text>'
            )
            says.append(f"{text} on {name} {note}")
        y += high + 28
    return build_svg("ov-pairs", DRAWING_WIDTH, y - 6, "Which colors go together", f"{'. '.join(says)}.", "".join(body))
