"""The brand page: who we are, how we look, how we sound."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from onevoice.handbook.checks.color_contrast import compute_contrast
from onevoice.output import Artifact
from onevoice.records.identity import Color, Identity
from onevoice.site import chart
from onevoice.site.sections import Hub
from onevoice.site.view import View

HUBS = (Hub("Brand", "/brand/"),)

# Material's variables; the names on the left are the roles that a color can have in identity.yaml.
CSS_VARIABLES = {
    "header": ("--md-primary-fg-color", "--md-primary-fg-color--dark"),
    "link": ("--md-typeset-a-color", "--md-accent-fg-color"),
}

# What a contrast is good for, starting at which ratio (WCAG 2.2, success criteria 1.4.3, 1.4.6 and 1.4.11).
CONTRAST_USES = (
    (7, "any text, even for readers with low vision (AAA)"),
    (4.5, "any text (AA)"),
    (3, "large text and icons"),
    (0, "no text"),
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
    taken = {logo.role for logo in identity.logos} if identity else set()
    for role in ("header", "icon"):
        if role not in taken:
            yield Artifact(f"docs/assets/{role}.svg", _draw_initial(view.handbook.brand.name).encode())
    yield Artifact("docs/assets/brand.css", _render_stylesheet(identity).encode())


def _list_color_pairs(identity: Identity) -> list[tuple[Color, Color, float]]:
    """Each color with each that it goes on, and their contrast."""
    palette = {color.name: color for color in identity.colors}
    return [
        (color, palette[name], compute_contrast(color.hex, palette[name].hex))
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
            plain = max(("#ffffff", "#000000"), key=lambda color: compute_contrast(color, ground.hex))
            grounds.append((ground.name, ground.hex, plain, on))
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
    roles = {color.role: color.hex for color in identity.colors if color.role} if identity else {}
    light = {name: roles[role] for role, names in CSS_VARIABLES.items() if role in roles for name in names}
    if "header" in roles:
        on_header = max(("#ffffff", "#000000"), key=lambda color: compute_contrast(color, roles["header"]))
        light["--md-primary-bg-color"] = on_header
    dark = dict.fromkeys(CSS_VARIABLES["link"], roles["link on dark"]) if "link on dark" in roles else {}

    def render_rule(scheme: str, variables: dict[str, str]) -> str:
        body = "".join(f"  {name}: {value};\n" for name, value in variables.items())
        return f'[data-md-color-scheme="{scheme}"] {{\n{body}}}\n'

    # Dark is for screens: on paper, links are those of the light pages.
    rules = [
        render_rule("default", light),
        render_rule("slate", light),
        f"@media screen {{\n{render_rule('slate', dark)}}}\n",
        # The samples on the brand page: a policy against scripts in texts forbids styles in pages, too.
        *(f'.ov-chip[data-color="{color}"] {{ background: {color}; }}\n' for color in _list_hex_values(identity)),
    ]
    return "/* Made from content/identity.yaml. */\n" + "".join(rules)
