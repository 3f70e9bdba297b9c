"""What people take along: pictures of the logo, palettes, an archive."""

import importlib.util
import io
import struct
import zipfile

import pytest

from conftest import absent
from handbooks import ROOT
from onevoice import archive
from onevoice.handbook.handbook import Handbook
from onevoice.kit import swatches
from onevoice.kit.logos import Drawing, list_grounds, list_logo_sets, name_logo
from onevoice.load.folder import load_folder
from onevoice.records.identity import Identity
from onevoice.run import kit

PNG = b"\x89PNG\r\n\x1a\n"
LOGO = {"alt": "a", "use": "u"}


def svg(inside='<path d="M0 0h40v20H0z"/>', box="0 0 40 20"):
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>'.encode()


def identity(**more):
    colors = [
        {"name": "Ink", "hex": "#102030", "use": "u", "role": "header", "cmyk": "90,60,40,50"},
        {"name": "Paper White", "hex": "#FFFFFF", "use": "u", "role": "page"},
    ]
    logos = [{"name": "Main", "file": "identity/logo.svg", **LOGO, **more}]
    return Identity(logos=logos, colors=colors)


@pytest.fixture
def painter():
    if importlib.util.find_spec("resvg_py") is None:
        absent("resvg-py")


def size_of(png):
    assert png.startswith(PNG)
    return struct.unpack(">II", png[16:24])


def test_a_color_in_three_notations():
    ink, paper = identity().colors
    assert swatches.list_notations(ink) == (("Hex", "#102030"), ("RGB", "16, 32, 48"), ("CMYK", "90, 60, 40, 50"))
    assert dict(swatches.list_notations(paper))["CMYK"] == "0, 0, 0, 0"
    assert swatches.format_inks(ink.model_copy(update={"cmyk": None, "hex": "#000000"})) == "0, 0, 0, 100"
    assert swatches.format_inks(ink.model_copy(update={"cmyk": None, "hex": "#F4B93A"})) == "0, 24, 76, 4"


def test_palettes_for_programs():
    colors = identity().colors
    assert swatches.write_gpl("Acme", colors).decode().splitlines() == [
        "GIMP Palette", "Name: Acme", "Columns: 4", "#", " 16  32  48\tInk", "255 255 255\tPaper White",
    ]  # fmt: skip
    assert "--paper-white: #ffffff;" in swatches.write_css(colors).decode()
    data = swatches.write_ase(colors)
    assert struct.unpack(">4sHHI", data[:12]) == (b"ASEF", 1, 0, 2)
    kind, length = struct.unpack(">HI", data[12:18])
    assert kind == 1 and data[18 + length : 20 + length] == b"\0\1"
    (letters,) = struct.unpack(">H", data[18:20])
    assert data[20 : 20 + 2 * letters].decode("utf-16-be") == "Ink\0"
    assert data[26 + 2 * letters - 6 : 26 + 2 * letters - 2] == b"RGB "


def test_an_archive_has_the_same_bytes_whatever_the_order_and_the_day():
    files = {"b/z.txt": b"z" * 100, "a.png": b"png"}
    data = archive.pack_archive(files)
    assert data == archive.pack_archive(dict(reversed(files.items())))
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert found.namelist() == ["a.png", "b/z.txt"] and found.read("b/z.txt") == b"z" * 100
        assert {one.date_time for one in found.infolist()} == {archive.DATE}


def test_a_logo_goes_where_it_says_or_else_where_it_is_seen():
    book = identity()
    assert [color.name for color in list_grounds(book, book.logos[0], svg())] == ["Paper White"]
    light = svg('<path fill="#fff" d="M0 0h40"/>')
    assert [color.name for color in list_grounds(book, book.logos[0], light)] == ["Ink"]
    book = identity(on=["Ink"])
    assert [color.name for color in list_grounds(book, book.logos[0], svg())] == ["Ink"]


def test_two_logos_never_share_a_name():
    files = ["identity/a/logo.svg", "identity/b/logo.svg", "identity/mark.svg"]
    book = Identity(logos=[{"name": file, "file": file, **LOGO} for file in files], colors=identity().colors)
    assert [name_logo(book, logo) for logo in book.logos] == ["logo-1", "logo-2", "mark"]


@pytest.mark.parametrize("data", [b"\x89PNG", b"", svg("<script/>"), svg(box="0 0 0 0")])
def test_what_cannot_be_painted_has_no_pictures(data):
    book = identity()
    assert list_logo_sets(book, book.logos[0], {"identity/logo.svg": data}) == ()


def test_pictures_have_their_size_on_the_longer_side(painter, tmp_path, monkeypatch):
    monkeypatch.setenv("ONEVOICE_CACHE", str(tmp_path))
    book = identity(on=["Paper White"])
    for data, wide in ((svg(), True), (svg(box="0 0 20 40"), False)):
        clear, ground = list_logo_sets(book, book.logos[0], {"identity/logo.svg": data})
        drawings = {one.path: one.drawing for each in (clear, ground) for one in each.pictures}
        pictures, lost = kit.paint_drawings(drawings)
        assert lost == [] and pictures.keys() == drawings.keys()
        for one in clear.pictures:
            assert size_of(pictures[one.path]) == (
                (one.pixels, one.pixels // 2) if wide else (one.pixels // 2, one.pixels)
            )
        assert max(size_of(pictures["brand/kit/logo-on-paper-white-320.png"])) in (319, 320, 321)


def test_what_was_painted_is_kept(painter, tmp_path, monkeypatch):
    monkeypatch.setenv("ONEVOICE_CACHE", str(tmp_path))
    drawings = {"a.png": Drawing(svg().decode(), 40)}
    first, _ = kit.paint_drawings(drawings)
    monkeypatch.setattr(kit, "paint_drawing", None)
    assert kit.paint_drawings(drawings) == (first, [])


def test_a_drawing_that_runs_away_costs_itself_alone(painter, tmp_path, monkeypatch):
    monkeypatch.setenv("ONEVOICE_CACHE", str(tmp_path))
    good, bad = Drawing(svg().decode(), 40), Drawing("no drawing", 40)
    pictures, lost = kit.paint_drawings({"good.png": good, "bad.png": bad})
    assert [*pictures] == ["good.png"] and len(lost) == 1 and lost[0].startswith("bad.png was left out: ")


def test_without_the_painter_the_build_says_what_is_missing(monkeypatch):
    book = Handbook(load_folder(ROOT))
    monkeypatch.setattr(kit, "can_paint", lambda: False)
    made = kit.build_kit(book)
    assert made.pictures == {} and made.notes == (kit.MISSING,)
