"""The brand page: who we are, how we look, how we sound."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from onevoice.handbook import palette
from onevoice.handbook.color import compute_contrast, find_ink
from onevoice.handbook.drawing import find_danger, measure_drawing, parse_drawing
from onevoice.kit.fonts import BOLD_FROM, WebFont
from onevoice.kit.swatches import list_notations
from onevoice.output import Artifact
from onevoice.phrases.catalog import mark_text, translate_text
from onevoice.records.identity import Color, Identity, Typeface
from onevoice.site import chart, kit
from onevoice.site.kit import FONT_FOLDER
from onevoice.site.sections import Hub
from onevoice.site.view import View

HUBS = (
    Hub(
        mark_text("Brand"),
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

# Where the motif is drawn, if there is one; onevoice.css says in which color.
MOTIF_PLACES = ".ov-stage::after, .ov-card::after"
UNSAFE_IN_FAMILY = frozenset(';{}<>\\"')

# What a contrast is good for, starting at which ratio (WCAG 2.2, success criteria 1.4.3, 1.4.6 and 1.4.11).
CONTRAST_USES = (
    (7, mark_text("any text, even for readers with low vision (AAA)")),
    (4.5, mark_text("any text (AA)")),
    (3, mark_text("large text and icons")),
    (0, mark_text("no text")),
)


def render(view: View) -> Iterator[Artifact | None]:
    """`/brand/`."""
    identity = view.handbook.find_single("identity")
    brand, files = view.handbook.brand, view.handbook.load_result.files
    archive = kit.pack_kit(view, identity) if identity and view.wants_page("/brand/") else b""
    yield view.render_page(
        "/brand/",
        "brand",
        title=translate_text("%(name)s: how we look and sound", name=brand.name),
        description=translate_text("Logo, colors, typefaces, templates, voice and tones."),
        identity=identity,
        pairs=_list_color_pairs(identity) if identity else [],
        contrasts=_draw_color_pairs(identity) if identity else "",
        describe_contrast=describe_contrast,
        voice=view.handbook.find_single("voice"),
        archive=kit.ARCHIVE,
        set_faces={font.face for font in view.kit.fonts},
        archive_size=kit.format_size(archive),
        logos=[
            (logo, kit.list_stages(identity, logo, files), kit.list_downloads(view, identity, logo))
            for logo in identity.logos
        ]
        if identity
        else [],
        list_notations=list_notations,
        signature=kit.render_signature(view, identity) if identity and identity.signature else "",
        boilerplates=[one for one in view.handbook.list_approved("messages") if one.type == "boilerplate"],
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
    style = _render_stylesheet(identity, view.kit.fonts, view.handbook.load_result.files)
    style += _render_logo_room(taken.get("header", initial))
    yield Artifact("docs/assets/brand.css", style.encode())


def _render_logo_room(svg: bytes) -> str:
    """A rule that keeps the room of the header's logo until it's loaded; "" if the file doesn't say how wide it is."""
    root = parse_drawing(svg)
    _, _, width, height = measure_drawing(root) if root is not None else (0, 0, 0, 0)
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
    return next(translate_text(words) for least, words in CONTRAST_USES if ratio >= least)


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


def _render_font_faces(fonts: Iterable[WebFont]) -> Iterator[str]:
    """The fonts of the pages, and what stands in for each until it's there: as wide and as high, so nothing moves."""
    for font in fonts:
        style = "italic" if font.is_italic else "normal"
        shared = f"font-weight: {font.weights}; font-style: {style}"
        yield (
            f'@font-face {{ font-family: "{font.face}"; {shared}; font-display: optional; '
            f'src: url("{FONT_FOLDER}/{font.name}") format("woff2"); }}\n'
        )
        if font.fallback:
            cut = {(False, False): "", (True, False): " Bold", (False, True): " Italic", (True, True): " Bold Italic"}
            local = font.fallback + cut[font.weight >= BOLD_FROM, font.is_italic]
            size, up, down = font.adjust
            yield (
                f'@font-face {{ font-family: "{font.face} fallback"; {shared}; src: local("{local}"); '
                f"size-adjust: {size}%; ascent-override: {up}%; descent-override: {down}%; line-gap-override: 0%; }}\n"
            )


def _name_families(face: Typeface, fonts: Iterable[WebFont]) -> str:
    """What a style sheet says of a typeface: its name, what stands in for it, and what it falls back to."""
    stand_in = any(font.face == face.name and font.fallback for font in fonts)
    return ", ".join([f'"{face.name}"', *([f'"{face.name} fallback"'] if stand_in else []), face.fallback])


def _render_motif(identity: Identity | None, files: Mapping[str, bytes]) -> Iterator[str]:
    """The motif as a line under the hero and at the foot of cards, in the palette's colors."""
    data = files.get(identity.motif, b"") if identity and identity.motif else b""
    root = parse_drawing(data)
    if root is None or find_danger(data):
        return
    _, _, width, height = measure_drawing(root)
    if not width or not height:
        return
    # From a folder, browsers take no mask from a file.
    address = f'url("data:image/svg+xml;base64,{base64.b64encode(data).decode()}")'
    yield f":root {{ --ov-motif: {address}; }}\n"
    shape = {"content": '""', "display": "block", "height": "var(--ov-motif-height, .6rem)"}
    shape["mask"] = "var(--ov-motif) repeat-x left center / auto 100%"
    yield f"{MOTIF_PLACES} {{ {' '.join(f'{name}: {value};' for name, value in shape.items())} }}\n"


def _render_stylesheet(identity: Identity | None, web_fonts: Sequence[WebFont], files: Mapping[str, bytes]) -> str:
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

    families = {
        number: (face.role, _name_families(face, web_fonts))
        for number, face in enumerate(identity.typefaces if identity else (), 1)
        if not UNSAFE_IN_FAMILY & set(face.name + face.fallback)
    }
    fonts = {FONT_VARIABLES[role]: names for role, names in families.values() if role}
    plain_names = {font.face for font in web_fonts if not UNSAFE_IN_FAMILY & set(font.face)}
    # Dark is for screens: paper is light.
    rules = [
        *_render_font_faces(font for font in web_fonts if font.face in plain_names),
        render_scheme("default", light),
        render_scheme("slate", light),
        f"@media screen {{\n{render_scheme('slate', dark)}}}\n",
        render_rule("body", fonts),
        *_render_motif(identity, files),
        *(
            f'.ov-face[data-face="{number}"] .ov-specimen {{ font-family: {names}; }}\n'
            for number, (_, names) in families.items()
        ),
        # The samples on the brand page: a policy against scripts in texts forbids styles in pages, too.
        *(
            f':is(.ov-chip, .ov-field)[data-color="{color}"] {{ background: {color}; color: {find_ink(color)}; }}\n'
            for color in _list_hex_values(identity)
        ),
    ]
    return "/* Made from content/identity.yaml. */\n" + "".join(rules)
