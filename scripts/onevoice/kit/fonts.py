"""Fonts of a brand: where their files are, which of them the pages need, and as little of each as will do.

Files are in the handbook's folder or in an installed package. No code of a package is run: its list of files is enough.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onevoice.handbook.address import make_file_slug, make_slug
from onevoice.records.identity import Identity, Typeface

LIBRARIES = ("fontTools", "brotli")
ENDINGS = (".ttf", ".otf", ".woff", ".woff2")
# The weights that the pages use, per role: of a heading, only the line to say is regular.
REGULAR, BOLD, SEMIBOLD = 400, 700, 600
# What every page may have: Latin with the letters of Western Europe, quotation marks, dashes, the euro, arrows. Letters
# that records have besides are added; a page with yet another shows it in the fallback.
BASIC = (
    *(range(0x20, 0x7F), range(0xA0, 0x100), range(0x2010, 0x2027), range(0x2030, 0x203B), range(0x20AC, 0x20AD)),
    *(range(0x2190, 0x2194), range(0x2212, 0x2213)),
)
FEATURES = ("kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "lnum", "tnum")
# What must stay in a font under the Open Font License: copyright, trademark, license and its address.
LEGAL_NAMES = (0, 7, 13, 14)
# How wide English is in fonts that most computers have, regular and bold: of a sign, in parts of the size.
SYSTEM_FONTS = {
    "Arial": (0.446, 0.482),
    "Helvetica": (0.446, 0.482),
    "Georgia": (0.444, 0.516),
    "Times New Roman": (0.404, 0.430),
}
# From which weight on a system's font is the bold one.
BOLD_FROM = 600
# How often each sign is in English text, in percent; the space is a fifth of it.
FREQUENCIES = dict(
    zip(
        " etaoinshrdlcumwfgypbvkjxqz",
        (
            *(19.0, 12.7, 9.1, 8.2, 7.5, 7.0, 6.7, 6.3, 6.1, 6.0, 4.3, 4.0, 2.8, 2.8, 2.4, 2.4, 2.2, 2.0, 2.0, 1.9),
            *(1.5, 0.98, 0.77, 0.15, 0.15, 0.1, 0.07),
        ),
        strict=True,
    )
)


@dataclass(frozen=True)
class FontFile:
    """A file of a typeface that the pages need. face: the typeface's name. weight: 100 to 900. path: where it is."""

    face: str
    role: str
    weight: int
    is_italic: bool
    path: Path
    data: bytes

    @property
    def name(self) -> str:
        """What its part for the web is called."""
        return f"{make_file_slug(self.face)}-{self.weight}{'-italic' if self.is_italic else ''}.woff2"


@dataclass(frozen=True)
class WebFont:
    """A font for the pages. face: the typeface. weights: one or, of a font that has all, the first and last.

    fallback: the system's font that's shown until this one is there, or "". adjust: size, ascent and descent of that in
    percent, so that nothing moves. widths: of each sign, in parts of the size. file: the whole font, and path: where
    that is.
    """

    face: str
    role: str
    weight: int
    weights: str
    is_italic: bool
    name: str
    data: bytes
    fallback: str
    adjust: tuple[float, float, float]
    widths: Mapping[str, float]
    path: str
    file: bytes


@dataclass(frozen=True)
class FontSource:
    """The files of one typeface: fonts by name, licenses by name, and what is wrong with them ("" if nothing is)."""

    face: Typeface
    fonts: Mapping[str, Path]
    licenses: Mapping[str, Path]
    problem: str = ""


def can_cut_fonts() -> bool:
    """Whether fonts can be cut down here."""
    return all(importlib.util.find_spec(name) for name in LIBRARIES)


def list_font_sources(identity: Identity, locate: Callable[[str], Path]) -> list[FontSource]:
    """Where the fonts of each typeface are that names any. locate: a handbook's name of a file to its path."""
    found = []
    for face in identity.typefaces:
        if face.files:
            licenses = {Path(face.license_file).name: locate(face.license_file)} if face.license_file else {}
            found.append(FontSource(face, {Path(name).name: locate(name) for name in face.files}, licenses))
        elif face.package:
            found.append(_find_packaged_fonts(face, face.package))
    return found


def _find_packaged_fonts(face: Typeface, package: str) -> FontSource:
    try:
        listed = importlib.metadata.distribution(package).files or []
    except importlib.metadata.PackageNotFoundError:
        return FontSource(face, {}, {}, f"{face.name}: the package is missing (pip install {package})")
    fonts = {path.name: Path(str(path.locate())) for path in listed if path.name.lower().endswith(ENDINGS)}
    # A package often has each font in two formats.
    if any(name.lower().endswith(".ttf") for name in fonts):
        fonts = {name: path for name, path in fonts.items() if name.lower().endswith(".ttf")}
    licenses = {
        path.name: Path(str(path.locate()))
        for path in listed
        if path.name.lower().startswith(("license", "ofl", "copying")) and ".py" not in path.name
    }
    return FontSource(face, fonts, licenses, "" if fonts else f"{face.name}: the package {package} has no fonts")


def hash_fonts(sources: Iterable[FontSource]) -> str:
    """A hash of all that the fonts of some typefaces are made from."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(repr((source.face.name, source.face.role, source.face.fallback, source.face.package)).encode())
        for name, path in sorted(source.fonts.items()):
            digest.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def read_licenses(source: FontSource) -> dict[tuple[str, str], bytes]:
    """The licenses of a typeface's fonts, by its name and the file's."""
    return {(source.face.name, name): path.read_bytes() for name, path in source.licenses.items()}


def choose_fonts(source: FontSource) -> list[FontFile]:
    """The files of a typeface that the pages need: regular, bold and, of a text, italic.

    Of files in the handbook's folder, all that it names. Raises ValueError if one is no font.
    """
    role, found = source.face.role or "", []
    for path in source.fonts.values():
        data = path.read_bytes()
        family, weight, is_italic = read_font(data, path.name)
        found.append((family, FontFile(source.face.name, role, weight, is_italic, path, data)))
    own = [font for family, font in found if _is_family(family, source.face.name)]
    fonts = own or [font for _, font in found]
    if source.face.files:
        return fonts
    wanted = [(REGULAR, False), (BOLD if role == "text" else SEMIBOLD, False)]
    wanted += [(REGULAR, True)] if role == "text" else []
    chosen = []
    for weight, is_italic in wanted:
        near = [font for font in fonts if font.is_italic == is_italic]
        if near:
            chosen.append(min(near, key=lambda font: (abs(font.weight - weight), font.weight)))
    return [*dict.fromkeys(chosen)]


def _is_family(family: str, name: str) -> bool:
    return make_slug(family) == make_slug(name)


def read_font(data: bytes, name: str) -> tuple[str, int, bool]:
    """The family, weight and slant of a font. Raises ValueError if it is none."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # fontTools has no types

    try:
        with TTFont(io.BytesIO(data), lazy=True, fontNumber=0) as font:
            names, style = font["name"], font["OS/2"]
            family = names.getDebugName(16) or names.getDebugName(1) or ""
            return family, int(style.usWeightClass), bool(style.fsSelection & 1)
    except Exception as error:
        raise ValueError(f"{name} is no font that can be used ({type(error).__name__})") from None


def cut_font(font: FontFile, characters: Iterable[int], fallbacks: Sequence[str]) -> WebFont:
    """As much of a font as pages with these characters need, as WOFF2. fallbacks: what is shown until it's there.

    The Open Font License may ask for another name if a font is changed: it gets one that no page shows.
    """
    from fontTools import subset  # type: ignore[import-untyped]  # fontTools has no types
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.flavor, options.hinting, options.recalc_timestamp = "woff2", False, False
    options.layout_features = [*FEATURES]
    options.name_IDs = [*LEGAL_NAMES, 1, 2, 4, 6]
    options.name_languages = [0x409]
    options.notdef_outline = True
    with TTFont(io.BytesIO(font.data), lazy=True, recalcTimestamp=False) as whole:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[*characters])
        cutter.subset(whole)
        for record in whole["name"].names:
            if record.nameID in (1, 4, 6):
                record.string = f"Handbook-{font.weight}{'-Italic' if font.is_italic else ''}"
        units, head = whole["head"].unitsPerEm, whole["hhea"]
        widths = {chr(code): whole["hmtx"][glyph][0] / units for code, glyph in whole.getBestCmap().items()}
        fallback, scale = _match_fallback(widths, font.weight, fallbacks)
        lines = (head.ascent / units / scale, -head.descent / units / scale)
        axes = [axis for axis in whole["fvar"].axes if axis.axisTag == "wght"] if "fvar" in whole else []
        weights = f"{axes[0].minValue:g} {axes[0].maxValue:g}" if axes else str(font.weight)
        whole.flavor = "woff2"
        buffer = io.BytesIO()
        whole.save(buffer)
    return WebFont(
        face=font.face,
        role=font.role,
        weight=font.weight,
        weights=weights,
        is_italic=font.is_italic,
        name=font.name,
        data=buffer.getvalue(),
        fallback=fallback,
        adjust=(round(100 * scale, 2), round(100 * lines[0], 2), round(100 * lines[1], 2)),
        widths=widths,
        path=str(font.path),
        file=font.data,
    )


def _match_fallback(widths: Mapping[str, float], weight: int, fallbacks: Sequence[str]) -> tuple[str, float]:
    """The first fallback whose width is known, and by how much to enlarge it so that lines are as long."""
    fallback = next((name for name in fallbacks if name in SYSTEM_FONTS), "")
    if not fallback or not widths.keys() >= FREQUENCIES.keys():
        return "", 1.0
    width = sum(share * widths[char] for char, share in FREQUENCIES.items()) / sum(FREQUENCIES.values())
    return fallback, width / SYSTEM_FONTS[fallback][weight >= BOLD_FROM]


def split_families(fallback: str) -> list[str]:
    """The names in a list of fonts such as `"Segoe UI", Arial, sans-serif`."""
    return [name.strip().strip("\"'") for name in fallback.split(",") if name.strip()]
