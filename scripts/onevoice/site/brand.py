"""The brand page: who we are, how we look, how we sound."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from markupsafe import Markup, escape

from onevoice.handbook import palette
from onevoice.handbook.color import compute_contrast, find_ink
from onevoice.output import Artifact
from onevoice.records.identity import Color, Identity
from onevoice.site import chart
from onevoice.site.sections import Hub
from onevoice.site.view import View

HUBS = (
    Hub(
        "Brand",
        "/brand/",
        needs=lambda book: book.brand.summary or book.find_single("identity") or book.find_single("voice"),
    ),
)

# Material's variables, and the tokens of a scheme that they have.
CSS_VARIABLES = {
    "--md-default-bg-color": "page",
    "--md-default-fg-color": "text",
    "--md-primary-fg-color": "header",
    "--md-primary-fg-color--light": "header",
    "--md-primary-fg-color--dark": "header",
    "--md-primary-bg-color": "on-header",
    "--md-primary-bg-color--light": "on-header",
    "--md-accent-fg-color": "link",
    "--md-accent-bg-color": "page",
    "--md-typeset-color": "text",
    "--md-typeset-a-color": "link",
    "--md-code-bg-color": "surface",
    "--md-code-fg-color": "text",
    "--md-admonition-bg-color": "page",
    "--md-admonition-fg-color": "text",
    "--md-footer-bg-color": "surface",
    "--md-footer-bg-color--dark": "surface",
    "--md-footer-fg-color": "text",
    "--md-footer-fg-color--light": "quiet",
    "--md-footer-fg-color--lighter": "quiet",
}
# The same with how much of the color there is, in percent.
FAINT_VARIABLES = {
    "--md-default-fg-color--light": ("text", 66),
    "--md-default-fg-color--lighter": ("text", 36),
    "--md-default-fg-color--lightest": ("text", 10),
    "--md-default-bg-color--light": ("page", 70),
    "--md-default-bg-color--lighter": ("page", 30),
    "--md-default-bg-color--lightest": ("page", 12),
    "--md-accent-fg-color--transparent": ("link", 10),
    "--md-typeset-mark-color": ("accent", 45),
    "--md-typeset-del-color": ("bad", 18),
    "--md-typeset-ins-color": ("good", 18),
    "--md-typeset-table-color": ("text", 14),
    "--md-typeset-table-color--light": ("text", 4),
    "--md-code-hl-color": ("accent", 80),
    "--md-code-hl-color--light": ("accent", 20),
}
# The variables of the theme for typefaces, and ours, by the role of a typeface.
FONT_VARIABLES = {
    "headings": "--ov-heading-font",
    "text": "--md-text-font-family",
    "code": "--md-code-font-family",
}

# What a contrast is good for, starting at which ratio (WCAG 2.2, success criteria 1.4.3, 1.4.6 and 1.4.11).
CONTRAST_USES = (
    (7, "any text, even for readers with low vision (AAA)"),
    (4.5, "any text (AA)"),
    (3, "large text and icons"),
    (0, "no text"),
)

# The width and the height that an SVG file says it has.
_VIEW_BOX = re.compile(
    rb"<svg\b[^>]*\bviewBox=[\"'][-+.\d]+[\s,]+[-+.\d]+[\s,]+(\d+\.?\d*)[\s,]+(\d+\.?\d*)[\s,]*[\"']"
)


def render(view: View) -> Iterator[Artifact | None]:
    """`/brand/`."""
    identity = view.handbook.find_single("identity")
    brand = view.handbook.brand
    yield view.render_page(
        "/brand/",
        "brand",
        title=f"{brand.name}: how we look and sound",
        description="Logo, colors, typefaces, templates, voice and tones.",
        identity=identity,
        pairs=_list_color_pairs(identity) if identity else [],
        contrasts=_draw_color_pairs(identity) if identity else "",
        describe_contrast=describe_contrast,
        voice=view.handbook.find_single("voice"),
    )


def write(view: View) -> Iterator[Artifact]:
    """The logos, and the style sheet with the brand's own colors."""
    identity = view.handbook.find_single("identity")
    if identity:
        files = view.handbook.load_result.files
        yield from (
            Artifact(f"docs/{file}", files[file]) for file in dict.fromkeys(logo.file for logo in identity.logos)
        )
        for logo in identity.logos:
            if logo.role:
                yield Artifact(f"docs/assets/{logo.role}.svg", files[logo.file])
    taken = {logo.role: files[logo.file] for logo in identity.logos if logo.role} if identity else {}
    initial = _draw_initial(view.handbook.brand.name).encode()
    for role in ("header", "icon"):
        if role not in taken:
            yield Artifact(f"docs/assets/{role}.svg", initial)
    style = _render_stylesheet(identity) + _render_logo_room(taken.get("header", initial))
    yield Artifact("docs/assets/brand.css", style.encode())


def _render_logo_room(svg: bytes) -> str:
    """A rule that keeps the room of the header's logo until it's loaded; "" if the file doesn't say how wide it is."""
    box = _VIEW_BOX.search(svg)
    width, height = (float(number) for number in box.groups()) if box else (0, 0)
    return f".md-logo img {{ aspect-ratio: {width:g} / {height:g}; }}\n" if width and height else ""


def _list_color_pairs(identity: Identity) -> list[tuple[Color, Color, float]]:
    """Each color with each that it goes on, and their contrast."""
    known = {color.name: color for color in identity.colors}
    return [
        (color, known[name], compute_contrast(color.hex, known[name].hex))
        for color in identity.colors
        for name in color.on
    ]


def describe_contrast(ratio: float) -> str:
    """What text may be written at a contrast, after WCAG 2.2."""
    return next(words for least, words in CONTRAST_USES if ratio >= least)


def _draw_color_pairs(identity: Identity) -> Markup | str:
    pairs = _list_color_pairs(identity)
    grounds = []
    for ground in identity.colors:
        on = [(text.name, text.hex, f"{ratio:.1f} : 1") for text, other, ratio in pairs if other is ground]
        if on:
            grounds.append((ground.name, ground.hex, find_ink(ground.hex), on))
    return chart.draw_contrasts(grounds) if grounds else ""


def _draw_initial(name: str) -> str:
    """A substitute for a logo: the first letter of the name in a circle."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="15" fill="#fff"/>'
        '<text x="16" y="22" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="18">'
        f"{escape(name[:1].upper())}</text></svg>\n"
    )


def _list_hex_values(identity: Identity | None) -> list[str]:
    return [*dict.fromkeys(color.hex for color in identity.colors)] if identity else []


def _render_stylesheet(identity: Identity | None) -> str:
    light, dark = palette.build_schemes(identity)

    def render_rule(selector: str, variables: Mapping[str, str]) -> str:
        body = "".join(f"  {name}: {value};\n" for name, value in variables.items())
        return f"{selector} {{\n{body}}}\n" if body else ""

    def render_scheme(name: str, scheme: palette.Scheme) -> str:
        variables = {f"--ov-{token}": color for token, color in scheme.items()}
        variables |= {variable: f"var(--ov-{token})" for variable, token in CSS_VARIABLES.items()}
        variables |= {
            variable: f"color-mix(in srgb, var(--ov-{token}) {share}%, transparent)"
            for variable, (token, share) in FAINT_VARIABLES.items()
        }
        return render_rule(f'[data-md-color-scheme="{name}"]', variables)

    fonts = {
        FONT_VARIABLES[face.role]: f'"{face.name}", {face.fallback}'
        for face in (identity.typefaces if identity else ())
        if face.role and not set(';{}<>\\"') & set(face.name + face.fallback)
    }
    # Dark is for screens: paper is light.
    rules = [
        render_scheme("default", light),
        render_scheme("slate", light),
        f"@media screen {{\n{render_scheme('slate', dark)}}}\n",
        render_rule("body", fonts),
        # The samples on the brand page: a policy against scripts in texts forbids styles in pages, too.
        *(f'.ov-chip[data-color="{color}"] {{ background: {color}; }}\n' for color in _list_hex_values(identity)),
    ]
    return "/* Made from content/identity.yaml. */\n" + "".join(rules)
