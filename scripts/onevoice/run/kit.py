"""The kit of a brand: what has to be painted is painted behind a fence, and kept for the next build."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import marshal
from collections.abc import Mapping

from onevoice import cache
from onevoice.handbook.handbook import Handbook
from onevoice.kit.kit import Kit
from onevoice.kit.logos import Drawing, list_logo_sets
from onevoice.kit.raster import can_paint, paint_drawing

SECTION = "pictures"
MAX_KEPT = 400
MISSING = "The site has no PNG files of the logo: for them, pip install 'onevoice[kit]'."


def build_kit(handbook: Handbook) -> Kit:
    """What can be made for a handbook's brand on this machine."""
    identity, files = handbook.find_single("identity"), handbook.load_result.files
    if not identity:
        return Kit()
    drawings = {
        picture.path: picture.drawing
        for logo in identity.logos
        for one in list_logo_sets(identity, logo, files)
        for picture in one.pictures
    }
    if not can_paint():
        return Kit(notes=(MISSING,) if drawings else ())
    pictures, lost = paint_drawings(drawings)
    return Kit(pictures, tuple(lost))


def paint_drawings(drawings: Mapping[str, Drawing]) -> tuple[dict[str, bytes], list[str]]:
    """Drawings by a name as PNG by the same name, and a sentence for each that can't be painted.

    What has been painted before is taken from the cache.
    """
    version = importlib.metadata.version("resvg_py")
    keys = {name: hashlib.sha256(repr((version, one)).encode()).hexdigest() for name, one in drawings.items()}
    kept = _read_kept()
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
        cache.put(SECTION, SECTION, marshal.dumps({**recent, **used}))
        kept = used
    return {name: kept[key] for name, key in keys.items() if key in kept}, notes


def _read_kept() -> dict[str, bytes]:
    data = cache.get(SECTION, SECTION)
    return dict(marshal.loads(data)) if data else {}
