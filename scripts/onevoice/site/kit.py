"""The brand kit: what people take along from the brand page, one by one and as an archive."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from onevoice.archive import pack_archive
from onevoice.handbook import palette
from onevoice.handbook.address import make_file_slug, make_slug
from onevoice.handbook.color import find_readable_color
from onevoice.kit.logos import FOLDER as LOGO_FOLDER
from onevoice.kit.logos import TOUCH_ICON, LogoPicture, list_grounds, list_logo_sets, locate_icon
from onevoice.kit.swatches import write_ase, write_css, write_gpl
from onevoice.output import Artifact
from onevoice.phrases.catalog import translate_text
from onevoice.records.identity import Color, Identity, Logo
from onevoice.site.escape import escape_markdown
from onevoice.site.view import View

ARCHIVE = "brand/kit.zip"
# Below assets/, next to the style sheet.
FONT_FOLDER = "fonts"


@dataclass(frozen=True)
class LogoStage:
    """A logo on a color. ground: the color. is_wrong: it must not go there."""

    ground: Color
    is_wrong: bool


@dataclass(frozen=True)
class Download:
    """Pictures of a logo on one ground. title: "PNG on White"."""

    title: str
    pictures: tuple[LogoPicture, ...]


def write(view: View) -> Iterator[Artifact]:
    """The pictures of the logo and of the templates, and the archive."""
    identity = view.handbook.find_single("identity")
    if not identity:
        return
    files = view.handbook.load_result.files
    yield from (
        Artifact(f"docs/{file}", files[file])
        for file in dict.fromkeys(item.picture for item in identity.templates)
        if file and file in files and file not in {logo.file for logo in identity.logos}
    )
    yield from (Artifact(f"docs/{path}", data) for path, data in sorted(view.kit.pictures.items()))
    yield from (Artifact(f"docs/assets/{FONT_FOLDER}/{font.name}", font.data) for font in view.kit.fonts)
    for (face, name), data in view.kit.licenses.items():
        stem = f"{make_file_slug(face)}-{make_file_slug(name.partition('.')[0])}"
        yield Artifact(f"docs/assets/{FONT_FOLDER}/{stem}.txt", data)
    yield Artifact(f"docs/{ARCHIVE}", pack_kit(view, identity))


def list_page_fonts(view: View) -> tuple[str, ...]:
    """The fonts of titles and texts, by their path below the site.

    A browser that has only some of them in time shows a page in two hands, and keeps them until the next page.
    """
    found = [font for font in view.kit.fonts if font.role in ("text", "headings")]
    return tuple(dict.fromkeys(f"assets/{FONT_FOLDER}/{font.name}" for font in found))


def find_touch_icon(view: View) -> str:
    """The icon that a phone shows on its home screen, by its path below the site; "" if it could not be painted."""
    path = locate_icon(TOUCH_ICON)
    return path if path in view.kit.pictures else ""


def pack_kit(view: View, identity: Identity) -> bytes:
    """The archive."""
    return pack_archive(_collect_kit_files(view, identity))


def _collect_kit_files(view: View, identity: Identity) -> dict[str, bytes]:
    """What is in the archive, by its name there."""
    name, files = make_slug(view.handbook.brand.name), view.handbook.load_result.files
    logos = {path: data for path, data in view.kit.pictures.items() if path.startswith(f"{LOGO_FOLDER}/")}
    found = {f"logo/{posixpath.basename(path)}": data for path, data in logos.items()}
    found |= {f"logo/{logo.file.partition('/')[2]}": files[logo.file] for logo in identity.logos if logo.file in files}
    found |= {
        f"colors/{name}.gpl": write_gpl(view.handbook.brand.name, identity.colors),
        f"colors/{name}.ase": write_ase(identity.colors),
        f"colors/{name}.css": write_css(identity.colors),
    }
    found |= {f"fonts/{make_slug(font.face)}/{posixpath.basename(font.path)}": font.file for font in view.kit.fonts}
    found |= {f"fonts/{make_slug(face)}/{name}": data for (face, name), data in view.kit.licenses.items()}
    for message in view.handbook.list_approved("messages"):
        if message.type == "boilerplate":
            for length in message.lengths:
                found[f"boilerplate/{message.id}-{length.words}-words.txt"] = f"{length.text}\n".encode()
    return found | {"README.txt": _render_readme(view, found).encode()}


def _render_readme(view: View, files: Mapping[str, bytes]) -> str:
    brand, parts = view.handbook.brand, {name.partition("/")[0] for name in files}
    hints = {
        "logo": "logo/         " + translate_text("the logo: SVG for print and the web, PNG for everything else"),
        "colors": "colors/       "
        + translate_text("the palette: .ase for Adobe programs, .gpl for GIMP and Inkscape, .css for the web"),
        "fonts": "fonts/        " + translate_text("the typefaces, with their licenses"),
        "boilerplate": "boilerplate/  " + translate_text("who we are, ready to copy, in several lengths"),
    }
    where = (
        "\n" + translate_text("How to use them: %(address)s", address=view.build_url("/brand/")) + "\n"
        if brand.url
        else ""
    )
    return "\n".join(
        [
            translate_text("%(name)s: brand kit", name=brand.name),
            "",
            *(hints[part] for part in hints if part in parts),
            where,
        ]
    )


def list_stages(identity: Identity, logo: Logo, files: Mapping[str, bytes]) -> list[LogoStage]:
    """The colors on which the brand page shows a logo: those it goes on first."""
    right = list_grounds(identity, logo, files.get(logo.file, b""))
    wrong = [color for name in logo.not_on for color in identity.colors if color.name == name]
    return [LogoStage(color, color in wrong) for color in (*right, *(color for color in wrong if color not in right))]


def list_downloads(view: View, identity: Identity, logo: Logo) -> list[Download]:
    """The pictures of a logo that could be made, by their ground."""
    found = []
    for one in list_logo_sets(identity, logo, view.handbook.load_result.files):
        if made := tuple(picture for picture in one.pictures if picture.path in view.kit.pictures):
            title = translate_text("PNG on %(color)s", color=one.ground.name) if one.ground else ""
            found.append(Download(title or translate_text("PNG, transparent"), made))
    return found


def format_size(data: bytes) -> str:
    """How large a download is, as people read it."""
    return f"{len(data) / 1e6:.1f} MB" if len(data) >= 1e6 else f"{max(round(len(data) / 1e3), 1)} KB"


def render_signature(view: View, identity: Identity) -> Markup:
    """The email signature as HTML that mail programs understand: everything about its look is in the elements."""
    roles = palette.list_roles(identity)
    white = "#ffffff"
    ink, accent = find_readable_color(roles["text"], [white], 7), find_readable_color(roles["link"], [white])
    face = next((one for one in identity.typefaces if one.role == "text"), None)
    fallback = face.fallback if face and not set(';{}<>\\"') & set(face.fallback) else "Arial, sans-serif"
    name, *others = (identity.signature or "").strip().split("\n\n")
    # Within a page, Markdown looks for links in it.
    lines = [Markup("<strong>{}</strong>").format(escape_markdown(name))]
    lines += [escape_markdown(line) for part in others for line in part.split("\n") if line.strip()]
    body = Markup("<br>").join(lines)
    return Markup(
        '<div style="font: 14px/1.5 {}; color: {}; border-left: 3px solid {}; padding-left: 12px">{}</div>'
    ).format(fallback, ink, accent, body)
