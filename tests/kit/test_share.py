"""The picture of a page that chats show with its link."""

import importlib.util
import struct

import pytest

from conftest import absent
from crawl import Page
from handbooks import TODAY, build, copy
from onevoice.kit import share
from onevoice.kit.logos import ICON_SIZES, list_icons
from onevoice.kit.share import ShareText, draw_share
from onevoice.records.identity import Identity

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path fill="#fff" d="M0 0h9"/></svg>'
WAVE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path stroke="#000" fill="none" d="M0 0h9"/></svg>'


def identity(header="#102030", accent="#ffd400"):
    colors = [
        {"name": "A", "hex": header, "use": "u", "role": "header"},
        {"name": "B", "hex": accent, "use": "u", "role": "accent"},
    ]
    logos = [{"name": "Icon", "file": "identity/icon.svg", "alt": "a", "use": "u", "role": "icon"}]
    return Identity(logos=logos, colors=colors)


def draw(line, **more):
    given = {"fonts": (), "logo": b"", "motif": b"", "name": "Acme", "identity": identity()} | more
    return draw_share(ShareText("Head of <sales>", line), **given).svg


def test_a_line_is_as_large_as_fits_and_never_cut_if_it_fits():
    sizes = [share._fit_line("word " * count, None) for count in (2, 20, 35)]
    assert [size for size, _ in sizes] == sorted((size for size, _ in sizes), reverse=True)
    for size, lines in sizes:
        assert all(share.measure_text(line, size, None) <= share.ROOM for line in lines)
    assert " ".join(" ".join(lines) for _, lines in sizes).count("word") == 57


@pytest.mark.parametrize("text", ["word " * 500, "x" * 5000])
def test_what_does_not_fit_ends_with_dots(text):
    size, lines = share._fit_line(text, None)
    assert lines[-1].endswith("…") and len(lines) <= share.LINE_SIZES[-1][1]
    assert share.measure_text(lines[-1], size, None) <= share.ROOM


def test_a_picture_has_the_logo_or_the_name_and_the_motif_in_the_accent():
    plain = draw("Say <this> & that")
    assert ">Acme</text>" in plain and "&lt;this&gt; &amp; that" in plain and "Head of &lt;sales&gt;" in plain
    full = draw("x", logo=SVG, motif=WAVE)
    assert ">Acme</text>" not in full and full.count("#ffd400") > 20


@pytest.mark.parametrize("data", [b"\x89PNG", SVG.replace(b"<path", b"<script/><path"), b"<svg/>"])
def test_a_logo_that_is_not_safe_is_not_drawn(data):
    assert ">Acme</text>" in draw("x", logo=data) and "<script" not in draw("x", logo=data, motif=data)


def test_icons_are_square_and_on_a_color_that_they_are_seen_on():
    icons = list_icons(identity(), {"identity/icon.svg": SVG})
    assert [drawing.width for drawing in icons.values()] == [*ICON_SIZES]
    assert {drawing.ground for drawing in icons.values()} == {"#102030"}
    box = [float(part) for part in next(iter(icons.values())).svg.split('viewBox="')[1].split('"')[0].split()]
    assert box[2] == box[3] and box[0] + box[2] / 2 == 20 and box[1] + box[3] / 2 == 10
    assert list_icons(identity(), {}) == {}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    if importlib.util.find_spec("resvg_py") is None:
        absent("resvg-py")
    folder = copy(tmp_path_factory.mktemp("book"))
    build(folder, today=TODAY)
    return folder


@pytest.mark.parametrize(
    ("page", "picture"),
    [
        ("", "handbook"),
        ("messaging/sales-lead/decide/", "messaging/sales-lead/decide"),
        ("messaging/objections/", "messaging/objections"),
        ("glossary/lead/", "handbook"),
    ],
)
def test_each_page_names_its_picture_by_its_full_address(folder, page, picture):
    site = folder / "build" / "site"
    text = (site / page / "index.html").read_text("utf-8")
    address = f"https://handbook.ferrywell.example/assets/share/{picture}.png"
    assert f'<meta property="og:image" content="{address}">' in text
    assert '<meta name="twitter:card" content="summary_large_image">' in text
    data = (site / "assets" / "share" / f"{picture}.png").read_bytes()
    assert struct.unpack(">II", data[16:24]) == (share.WIDTH, share.HEIGHT) and len(data) < 120_000


def test_phones_find_an_icon(folder):
    site = folder / "build" / "site"
    page = (site / "glossary" / "lead" / "index.html").read_text("utf-8")
    assert {"../../assets/icon-180.png", "../../assets/icon-192.png"} <= {*Page(page).links}
    data = (site / "assets" / "icon-180.png").read_bytes()
    assert struct.unpack(">II", data[16:24]) == (180, 180)


def test_a_site_without_an_address_has_no_pictures_to_share(folder):
    path = folder / "content" / "brand.yaml"
    path.write_text(path.read_text("utf-8").replace("  url: https://handbook.ferrywell.example\n", ""), "utf-8")
    build(folder, today=TODAY)
    site = folder / "build" / "site"
    assert not (site / "assets" / "share").exists()
    page = (site / "index.html").read_text("utf-8")
    assert "og:image" not in page and '<meta name="twitter:card" content="summary">' in page


def test_the_motif_is_published_once_and_drawn_by_the_style_sheet(folder):
    site = folder / "build" / "site"
    assert (site / "identity" / "wave.svg").is_file()
    assert 'url("../identity/wave.svg")' in (site / "assets" / "brand.css").read_text("utf-8")
    (folder / "content" / "identity" / "wave.svg").write_text("<svg onload='x()'/>", "utf-8")
    assert build(folder, today=TODAY).return_value == 2
    path = folder / "content" / "identity.yaml"
    path.write_text(path.read_text("utf-8").replace("  motif: identity/wave.svg\n", ""), "utf-8")
    build(folder, today=TODAY)
    assert not (site / "identity" / "wave.svg").exists()
    assert "--ov-motif:" not in (site / "assets" / "brand.css").read_text("utf-8")
