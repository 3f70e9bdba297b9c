"""The fonts of the pages: found in packages and in the handbook's folder, and cut to what the pages need."""

import dataclasses
import importlib.metadata
import importlib.util
import io
import shutil

import pytest

from conftest import absent
from handbooks import ROOT, TODAY, build, copy
from onevoice.handbook.handbook import Handbook
from onevoice.kit import fonts
from onevoice.kit.kit import Kit
from onevoice.load.folder import load_folder
from onevoice.records.identity import Identity
from onevoice.run import kit

SERIF = {
    "name": "Source Serif Pro",
    "use": "u",
    "role": "headings",
    "fallback": '"Georgia", serif',
    "package": "font-source-serif-pro",
}
REST = {
    "logos": [{"name": "Logo", "file": "identity/logo.svg", "alt": "a", "use": "u"}],
    "colors": [{"name": "Ink", "hex": "#102030", "use": "u"}],
}


@pytest.fixture
def cutter():
    for name in fonts.LIBRARIES:
        if importlib.util.find_spec(name) is None:
            absent("fonttools or brotli")
    try:
        importlib.metadata.version("font-source-serif-pro")
    except importlib.metadata.PackageNotFoundError:
        absent("font-source-serif-pro")


def find_source(face, root=ROOT):
    return fonts.list_font_sources(Identity(typefaces=[face], **REST), root.joinpath)[0]


def test_a_package_gives_regular_and_semibold_for_headings(cutter):
    chosen = fonts.choose_fonts(find_source(SERIF))
    assert [(font.weight, font.is_italic) for font in chosen] == [(400, False), (600, False)]
    assert {font.path.suffix for font in chosen} == {".ttf"}


def test_a_text_has_bold_and_italic(cutter):
    chosen = fonts.choose_fonts(find_source({**SERIF, "role": "text"}))
    assert [(font.weight, font.is_italic) for font in chosen] == [(400, False), (700, False), (400, True)]


def test_a_package_that_is_not_there_is_named():
    source = find_source({**SERIF, "package": "font-no-such-thing"})
    assert source.fonts == {} and "pip install font-no-such-thing" in source.problem


def test_a_package_without_fonts_is_named():
    assert "has no fonts" in find_source({**SERIF, "package": "click"}).problem


def test_a_cut_font_has_what_pages_need_and_its_copyright(cutter):
    from fontTools.ttLib import TTFont

    regular = fonts.choose_fonts(find_source(SERIF))[0]
    made = fonts.cut_font(regular, range(0x20, 0x7F), ["No Such Font", "Georgia"])
    assert made.data[:4] == b"wOF2" and len(made.data) < 15_000
    again = fonts.cut_font(regular, range(0x20, 0x7F), ["Georgia"])
    assert again.data == made.data and again.adjust == made.adjust
    assert made.fallback == "Georgia" and 90 < made.adjust[0] < 115
    font = TTFont(io.BytesIO(made.data))
    assert {*font.getBestCmap()} == {*range(0x20, 0x7F)}
    names = {record.nameID: str(record) for record in font["name"].names}
    assert "Reserved Font Name" in names[0] and "SIL Open Font License" in names[13]
    # A changed font may not have the reserved name.
    assert "Source" not in names[1] + names[4] + names[6]


def test_a_fallback_that_is_not_known_stays_as_it_is():
    assert fonts._match_fallback({}, 400, ["Georgia"]) == ("", 1.0)
    assert fonts._match_fallback(dict.fromkeys(fonts.FREQUENCIES, 0.5), 400, ["Comic Sans MS"]) == ("", 1.0)


def test_the_site_is_set_in_fonts_of_the_handbooks_folder(cutter, tmp_path, monkeypatch):
    monkeypatch.setenv("ONEVOICE_CACHE", str(tmp_path / "cache"))
    folder = copy(tmp_path / "book")
    place = folder / "content" / "identity" / "fonts"
    place.mkdir()
    source = find_source(SERIF)
    shutil.copy(source.fonts["SourceSerifPro-Black.ttf"], place / "Heavy.ttf")
    shutil.copy(source.licenses["LICENSE.txt"], place / "OFL.txt")
    (place / "Broken.otf").write_bytes(b"OTTO, and nothing more")
    path = folder / "content" / "identity.yaml"
    text = path.read_text("utf-8")
    text = text.replace(
        "package: font-source-serif-pro", "files: identity/fonts/Heavy.ttf, license_file: identity/fonts/OFL.txt"
    )
    path.write_text(text.replace("package: font-source-sans-pro", "files: identity/fonts/Broken.otf"), "utf-8")
    told = build(folder).stderr
    assert "Source Sans Pro can't be used: to read it stopped onevoice with ValueError: Broken.otf is no font" in told
    site = folder / "build" / "site"
    made = sorted(one.name for one in (site / "assets" / "fonts").iterdir())
    assert made == ["source-serif-pro-900.woff2", "source-serif-pro-ofl.txt"]
    style = (site / "assets" / "brand.css").read_text("utf-8")
    assert 'url("fonts/source-serif-pro-900.woff2")' in style and "font-display: optional" in style
    assert '"Source Serif Pro", "Source Serif Pro fallback", Georgia, serif' in style
    home = (site / "index.html").read_text("utf-8")
    assert 'href="assets/fonts/source-serif-pro-900.woff2"' in home


def test_pages_load_no_more_than_they_should(cutter):
    made = kit.build_kit(Handbook(load_folder(ROOT)))
    assert {font.face for font in made.fonts} == {"Source Serif Pro", "Source Sans Pro"}
    assert sum(len(font.data) for font in made.fonts) <= kit.MAX_FONT_BYTES
    assert made.notes == ()
    # The license of each is next to it.
    assert {face for face, _ in made.licenses} == {font.face for font in made.fonts}


def test_italics_go_first_if_there_is_too_much(cutter):
    made = [*kit.build_kit(Handbook(load_folder(ROOT))).fonts]
    heavy = [dataclasses.replace(font, data=bytes(kit.MAX_FONT_BYTES)) for font in made]
    assert {font.is_italic for font in made} == {True, False}
    assert {font.is_italic for font in kit._fit_fonts(heavy)} == {False}


def test_a_handbook_in_another_script_keeps_its_letters(cutter, tmp_path):
    folder = copy(tmp_path)
    path = folder / "content" / "brand.yaml"
    path.write_text(path.read_text("utf-8").replace("Nothing lost", "Ничего Nothing lost"), "utf-8")
    assert ord("Н") in kit._list_characters(Handbook(load_folder(folder)))


def test_without_the_library_the_build_says_so_and_pages_are_in_the_systems_typefaces(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "can_cut_fonts", lambda: False)
    monkeypatch.setattr(kit, "can_paint", lambda: False)
    made = kit.build_kit(Handbook(load_folder(ROOT)))
    assert made == Kit(notes=(kit.NO_FONTS, kit.MISSING)) or "the package is missing" in made.notes[0]


def test_a_build_needs_no_typeface(tmp_path):
    folder = copy(tmp_path)
    path = folder / "content" / "identity.yaml"
    path.write_text(
        path.read_text("utf-8")
        .replace("package: ", "use_package: ")
        .replace(", use_package: font-source-serif-pro", "")
        .replace(", use_package: font-source-sans-pro", ""),
        "utf-8",
    )
    assert build(folder, today=TODAY).exit_code == 0
    assert not (folder / "build" / "site" / "assets" / "fonts").exists()
