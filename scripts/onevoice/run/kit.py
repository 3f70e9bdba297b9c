"""The kit of a brand: what has to be painted or cut is done behind a fence, and kept for the next build."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import importlib.metadata
import marshal
from collections.abc import Iterable, Mapping, Sequence

from onevoice import cache
from onevoice.handbook.handbook import Handbook
from onevoice.kit import fonts
from onevoice.kit.fonts import FontSource, WebFont
from onevoice.kit.kit import Kit
from onevoice.kit.logos import Drawing, list_icons, list_logo_sets
from onevoice.kit.raster import can_paint, paint_drawing
from onevoice.kit.share import ShareText, draw_share
from onevoice.records.envelope import iter_texts
from onevoice.records.identity import Identity
from onevoice.site.share import locate_share_picture

PICTURES, FONTS = "pictures", "fonts"
MAX_KEPT = 400
# What a page may load of fonts, in bytes.
MAX_FONT_BYTES = 120_000
INSTALL = "pip install 'onevoice[kit]'"
MISSING = f"The site has no PNG files of the logo and no pictures to share: for them, {INSTALL}."
NO_FONTS = f"The pages are in the system's typefaces: for your own, {INSTALL}."


def build_kit(handbook: Handbook, shares: Mapping[str, ShareText] | None = None) -> Kit:
    """What can be made for a handbook's brand on this machine. shares: what is on the pictures of pages, by address."""
    identity, files = handbook.find_single("identity"), handbook.load_result.files
    if not identity:
        return Kit()
    web_fonts, licenses, notes = build_fonts(handbook, identity)
    header = next((files.get(logo.file, b"") for logo in identity.logos if logo.role == "header"), b"")
    motif = files.get(identity.motif or "", b"")
    drawings = {
        picture.path: picture.drawing
        for logo in identity.logos
        for one in list_logo_sets(identity, logo, files)
        for picture in one.pictures
    }
    drawings |= list_icons(identity, files)
    paths = {path: locate_share_picture(path) for path in shares or ()}
    for path, text in (shares or {}).items():
        drawings[paths[path]] = draw_share(text, identity, web_fonts, header, motif, handbook.brand.name)
    pictures: dict[str, bytes] = {}
    if can_paint():
        pictures, lost = paint_drawings(drawings)
        notes += lost
    elif drawings:
        notes.append(MISSING)
    made = {path: file for path, file in paths.items() if file in pictures}
    return Kit(web_fonts, licenses, pictures, made, tuple(notes))


def build_fonts(
    handbook: Handbook, identity: Identity
) -> tuple[tuple[WebFont, ...], dict[tuple[str, str], bytes], list[str]]:
    """The fonts of the pages, their licenses by typeface and file, and what could not be made, a sentence each."""
    files = handbook.load_result.files
    usable = [face for face in identity.typefaces if all(name in files for name in face.files)]
    named = identity.model_copy(update={"typefaces": tuple(usable)})
    sources = fonts.list_font_sources(named, handbook.load_result.locate_file)
    notes = [f"{one.problem}. Until then, pages show {one.face.fallback}." for one in sources if one.problem]
    sources = [one for one in sources if not one.problem]
    if not sources:
        return (), {}, notes
    if not fonts.can_cut_fonts():
        return (), {}, [*notes, NO_FONTS]
    made, lost = _cut_fonts(sources, _list_characters(handbook))
    made = _fit_fonts(made)
    size = sum(len(font.data) for font in made)
    if size > MAX_FONT_BYTES:
        lost.append(
            f"The fonts have {size // 1000} KB, and a page should load {MAX_FONT_BYTES // 1000} KB at most. "
            "Name fewer files in content/identity.yaml."
        )
    shown = {font.face for font in made}
    licenses: dict[tuple[str, str], bytes] = {}
    for source in sources:
        licenses |= fonts.read_licenses(source) if source.face.name in shown else {}
    return tuple(made), licenses, notes + lost


def _list_characters(handbook: Handbook) -> list[int]:
    """What pages may have to show, as numbers: the basic ones, and those of all records."""
    texts = (text for record, _ in handbook.load_result.records for _, text in iter_texts(record))
    found = set().union(*(set(text) for text in texts))
    return sorted({ord(char) for char in found if char.isprintable()}.union(*fonts.BASIC))


def _fit_fonts(made: list[WebFont]) -> list[WebFont]:
    """The fonts; without italics, which a browser can slant itself, if pages would load too much."""
    if sum(len(font.data) for font in made) <= MAX_FONT_BYTES:
        return made
    return [font for font in made if not font.is_italic]


def _cut_fonts(sources: Sequence[FontSource], characters: Sequence[int]) -> tuple[list[WebFont], list[str]]:
    """The fonts of some typefaces, cut to these characters, and a sentence for each typeface that can't be."""
    versions = [importlib.metadata.version(name.lower()) for name in fonts.LIBRARIES]
    key = repr((versions, characters, fonts.hash_fonts(sources)))
    data = cache.get(FONTS, key)
    notes = []
    if data is None:
        from onevoice.fence.here import Loss
        from onevoice.fence.workers import run_fenced

        by_source: dict[int, bytes] = {}
        work = functools.partial(cut_typeface, tuple(sources), tuple(characters))
        for number, result in run_fenced(work, [0] * len(sources)):
            if isinstance(result, Loss):
                name, fallback = sources[number].face.name, sources[number].face.fallback
                notes.append(f"{name} can't be used: to read it {result.reason}. Pages show {fallback}.")
            else:
                by_source[number] = bytes(result)
        rows = [row for _, each in sorted(by_source.items()) for row in marshal.loads(each)]
        if not notes:
            cache.put(FONTS, key, marshal.dumps(rows))
    else:
        rows = marshal.loads(data)
    return [WebFont(*row) for row in rows], notes


def cut_typeface(sources: Sequence[FontSource], characters: Iterable[int], number: int) -> bytes:
    """The fonts of one of some typefaces, as marshal writes them."""
    source = sources[number]
    fallbacks = fonts.split_families(source.face.fallback)
    made = [fonts.cut_font(font, characters, fallbacks) for font in fonts.choose_fonts(source)]
    return marshal.dumps([tuple(getattr(font, one.name) for one in dataclasses.fields(font)) for font in made])


def paint_drawings(drawings: Mapping[str, Drawing]) -> tuple[dict[str, bytes], list[str]]:
    """Drawings by a name as PNG by the same name, and a sentence for each that can't be painted.

    What has been painted before is taken from the cache.
    """
    version = importlib.metadata.version("resvg_py")
    keys = {name: hashlib.sha256(repr((version, one)).encode()).hexdigest() for name, one in drawings.items()}
    data = cache.get(PICTURES, PICTURES)
    kept: dict[str, bytes] = dict(marshal.loads(data)) if data else {}
    missing = {key: drawings[name] for name, key in keys.items() if key not in kept}
    notes = []
    if missing:
        from onevoice.fence.here import Loss
        from onevoice.fence.workers import run_fenced

        wanted = [*missing.values()]
        work = functools.partial(paint_drawing, wanted)
        for number, result in run_fenced(work, [len(one.svg) for one in wanted]):
            key = [*missing][number]
            if isinstance(result, Loss):
                names = sorted(name for name, known in keys.items() if known == key)
                notes.append(f"{names[0]} was left out: to paint it {result.reason}.")
            else:
                kept[key] = bytes(result)
        used = {key: kept.pop(key) for key in keys.values() if key in kept}
        # The oldest make way: what is used now comes last.
        recent = dict([*kept.items()][-MAX_KEPT:])
        cache.put(PICTURES, PICTURES, marshal.dumps({**recent, **used}))
        kept = used
    return {name: kept[key] for name, key in keys.items() if key in kept}, notes
