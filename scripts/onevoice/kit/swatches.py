"""A palette in the forms that people and programs take: RGB, CMYK, and files for design programs and style sheets."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from onevoice.handbook.address import make_slug
from onevoice.records.identity import Color


def list_notations(color: Color) -> tuple[tuple[str, str], ...]:
    """A color as hex, RGB and CMYK: (notation, value)."""
    red, green, blue = split_hex(color.hex)
    return ("Hex", color.hex.upper()), ("RGB", f"{red}, {green}, {blue}"), ("CMYK", format_inks(color))


def split_hex(value: str) -> tuple[int, int, int]:
    """The red, green and blue of `#rrggbb`, 0 to 255 each."""
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def format_inks(color: Color) -> str:
    """Cyan, magenta, yellow and black in percent: those that the record gives, or computed without a color profile."""
    if color.cmyk:
        return ", ".join(part.strip() for part in color.cmyk.split(","))
    parts = [part / 255 for part in split_hex(color.hex)]
    most = max(parts)
    inks = [(most - part) / most if most else 0.0 for part in parts]
    return ", ".join(str(round(100 * ink)) for ink in (*inks, 1 - most))


def write_gpl(name: str, colors: Iterable[Color]) -> bytes:
    """A palette for GIMP, Inkscape and Krita. name: what they call it."""
    rows = [
        f"{red:3d} {green:3d} {blue:3d}\t{color.name}"
        for color in colors
        for red, green, blue in [split_hex(color.hex)]
    ]
    return "\n".join(["GIMP Palette", f"Name: {name}", "Columns: 4", "#", *rows, ""]).encode()


def write_ase(colors: Iterable[Color]) -> bytes:
    """An Adobe Swatch Exchange file: big-endian, a block for each color with its name in UTF-16 and RGB as floats."""
    blocks = []
    for color in colors:
        name = f"{color.name}\0".encode("utf-16-be")
        red, green, blue = (part / 255 for part in split_hex(color.hex))
        body = struct.pack(">H", len(name) // 2) + name + b"RGB " + struct.pack(">fffH", red, green, blue, 0)
        blocks.append(struct.pack(">HI", 1, len(body)) + body)
    return b"ASEF" + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)


def write_css(colors: Iterable[Color]) -> bytes:
    """The palette as custom properties of a style sheet."""
    rows = "".join(f"  --{make_slug(color.name)}: {color.hex.lower()};\n" for color in colors)
    return f":root {{\n{rows}}}\n".encode()
