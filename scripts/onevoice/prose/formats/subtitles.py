"""Subtitles: SubRip and WebVTT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onevoice.prose.formats import Format

if TYPE_CHECKING:
    from onevoice.prose.block import Prose


def read(path: str, source: str) -> Prose:
    """The subtitles of a film."""
    from onevoice.prose import subtitles

    return subtitles.read(path, source)


FORMAT = Format(name="subtitles", endings=(".srt", ".vtt"), read=read, rank=60)
