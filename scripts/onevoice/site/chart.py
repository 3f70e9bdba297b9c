"""Two pictures as SVG: how fresh each team's records are, and which colors go together.

Each describes in words what it shows, for people who can't see it. Colors come from the style sheet, so that they
follow the page from light to dark; only the brand's own colors are fixed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from onevoice.phrases.catalog import translate_text
from onevoice.site.diagram import DRAWING_WIDTH, build_svg, to_px, wrap_text

MIN_BAR_WIDTH = 15  # the width of the shortest piece of a bar: a number has room in it
SAMPLE_WIDTH, SAMPLE_HEIGHT = 88, 40  # a color's name on another color


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
        "ov-bars",
        DRAWING_WIDTH,
        y,
        translate_text("How fresh each team's records are"),
        f"{'. '.join(says)}.",
        "".join(body),
    )


def draw_contrasts(grounds: Sequence[tuple[str, str, str, Sequence[tuple[str, str, str]]]]) -> Markup:
    """The brand's colors, written on those that they go with.

    grounds: (name, hex, the color of small print on it, [(name, hex, what to say of the pair)]).
    """
    y, body, says = 0.0, [], []
    each = int(DRAWING_WIDTH // SAMPLE_WIDTH)
    for name, fill, plain, pairs in grounds:
        high = -(-len(pairs) // each) * SAMPLE_HEIGHT + 6
        title = escape(translate_text("on %(color)s", color=name))
        body.append(f'<text class="ov-track" x="2" y="{to_px(y + 12)}">{title}</text>')
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
            says.append(translate_text("%(text)s on %(color)s %(note)s", text=text, color=name, note=note))
        y += high + 28
    return build_svg(
        "ov-pairs",
        DRAWING_WIDTH,
        y - 6,
        translate_text("Which colors go together"),
        f"{'. '.join(says)}.",
        "".join(body),
    )
