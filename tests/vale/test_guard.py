"""A .vale.ini and styles of strangers: they choose words, and neither start a program nor read what is elsewhere."""

import os
import sys
from pathlib import Path

import pytest

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.vale import guard
from onevoice.vale.run import ValeDocument, run_vale
from onevoice.vale.settings import Setting, filter_settings, format_setting, parse_settings

posix = pytest.mark.skipif(sys.platform == "win32", reason="files of POSIX")
# A stylesheet that writes a file, and says what it was given.
EVIL = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
 xmlns:exsl="http://exslt.org/common" extension-element-prefixes="exsl"><xsl:template match="/">
<exsl:document href="{marker}"><x/></exsl:document></xsl:template></xsl:stylesheet>"""
SECTION = "[*.md]\nBasedOnStyles = Mine\n"


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """A handbook with a style of its own, and programs on PATH that leave a mark if something starts them."""
    folder = tmp_path / "book"
    (folder / "styles" / "Mine").mkdir(parents=True)
    (folder / "styles" / "Mine" / "a.yml").write_text("extends: existence\nmessage: No.\ntokens: [badword]\n")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("xsltproc", "asciidoctor", "ruby", "rst2html", "rst2html.py", "python", "dita", "typst2vast"):
        (programs / name).write_text(f"#!/bin/sh\ntouch {tmp_path / 'marker'}\necho '<p>badword</p>'\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "evil.xsl").write_text(EVIL.format(marker=tmp_path / "marker"))
    monkeypatch.chdir(folder)
    return folder


def check(vale, home: Path, ini: str, text: str = "A badword.\n", name: str = "draft.md"):
    (home / ".vale.ini").write_text(ini)
    (home / name).write_text(text)
    (found,) = run_vale(vale, [ValeDocument(name, text)], ini=home / ".vale.ini")
    return found


def refuse(home: Path) -> list[tuple[str, int]]:
    """What is left out of the .vale.ini or styles: name and line of each."""
    return [(one.match, one.span.line) for one in guard.read_safe_setup(home / ".vale.ini").make_findings()]


ATTACKS = {
    "transform": ("[formats]\nmd = xml\n{section}Transform = {evil}\n", [("md", 3), ("Transform", 6)]),
    "transform everywhere": ("[formats]\nmd = xml\n[*]\nTransform = {evil}\n{section}", [("md", 3), ("Transform", 5)]),
    "transform by name": ('{section}"Transform" = {evil}\n`Lang` = de\n', [("Transform", 4), ("Lang", 5)]),
    "transform after a continued line": ("{section}BlockIgnores = zz\\\n\nTransform = {evil}\n", [("Transform", 6)]),
    "transform after a long value": ('{section}BlockIgnores = """a\nb"""\nTransform = {evil}\n',
                                     [("BlockIgnores", 4), ("Transform", 6)]),
    "transform after strange line ends": ("{section}TokenIgnores = a\x0bTransform = {evil}\x85b\n", []),
    "asciidoc": ("[formats]\nmd = adoc\n{section}", [("md", 3)]),
    "rst for one file": ("[formats]\ndraft.md = rst\n{section}", [("draft.md", 3)]),
    "rst for a pattern": ("[formats]\n*.{{md,txt}} = rst\n{section}", [("*.{md,txt}", 3)]),
    "attributes of asciidoc": ("[asciidoctor]\nsource = /etc/passwd\n{section}", [("[asciidoctor]", 3)]),
    "address": ("NLPEndpoint = http://127.0.0.1:9\n{section}", [("NLPEndpoint", 2)]),
    "address in the default section": ("[DEFAULT]\nNLPEndpoint = http://127.0.0.1:9\n{section}", [("[DEFAULT]", 3)]),
    "language": ("{section}Lang = ../x\nView = x\nBlueprint = x\n", [("Lang", 4), ("View", 5), ("Blueprint", 6)]),
    "styles elsewhere": ("StylesPath = ../other\n{section}", [("StylesPath", 2)]),
    "styles elsewhere by an absolute path": ("StylesPath = {other}\n{section}", [("StylesPath", 2)]),
    "a style elsewhere": ("[*.md]\nBasedOnStyles = Mine, ../../other/Theirs\n", [("BasedOnStyles", 3)]),
    "words elsewhere": ("Vocab = ../../../other\n{section}", [("Vocab", 2)]),
    "a dictionary as a parameter": ("{section}Mine.a[dicpath] = /etc\n", [("Mine.a[dicpath]", 4)]),
    "packages are for syncing": ("Packages = http://127.0.0.1:9/x.zip\n{section}", []),
    "no setting": ("{section}whatever\n[*.md\nTransform = x\n", [("whatever", 4), ("[*.md", 5)]),
}  # fmt: skip


@posix
@pytest.mark.parametrize("name", ATTACKS)
def test_what_is_not_passed_on_is_said_once_and_the_rest_runs(vale, tmp_path, home, name):
    ini, refused = ATTACKS[name]
    (tmp_path / "other" / "Theirs").mkdir(parents=True)
    filled = ini.format(section=SECTION, evil=tmp_path / "evil.xsl", other=tmp_path / "other")
    found = check(vale, home, f"StylesPath = styles\n{filled}")
    assert refuse(home) == refused
    assert [one.rule for one in found] == ["Mine.a"]
    assert not (tmp_path / "marker").exists()


@posix
def test_without_the_guard_the_stylesheet_would_run(vale, tmp_path, home):
    """The attack is one: Vale itself writes the file."""
    import subprocess

    ini = f"StylesPath = styles\n[formats]\nmd = xml\n{SECTION}Transform = {tmp_path / 'evil.xsl'}\n"
    (home / ".vale.ini").write_text(ini)
    (home / "draft.md").write_text("<x/>\n")
    subprocess.run([vale.path, "--no-global", "draft.md"], cwd=home, capture_output=True, check=False)
    assert (tmp_path / "marker").exists()


@posix
def test_settings_of_packages_go_through_the_same_guard(vale, tmp_path, home):
    packaged = home / "styles" / ".vale-config"
    packaged.mkdir()
    evil = f"[formats]\nmd = xml\n[*.md]\nTransform = {tmp_path / 'evil.xsl'}\nTokenIgnores = (badword)\n"
    (packaged / "0-Evil.ini").write_text(evil)
    (packaged / "1-Link.ini").symlink_to("/etc/passwd")
    found = check(vale, home, f"StylesPath = styles\n{SECTION}", "A badword here, and a badword there.\n")
    assert found == [], "what a package ignores is ignored"
    assert refuse(home) == [("md", 2), ("Transform", 4)]
    assert not (tmp_path / "marker").exists()


LINKS = {
    "the folder of styles": ("styles2", "{outside}", [("StylesPath", 2)]),
    "a style": ("styles/Theirs", "{outside}/Theirs", [("Theirs", 4)]),
    "a rule": ("styles/Theirs/b.yml", "{outside}/Theirs/b.yml", [("Theirs", 4)]),
    "a folder in a style": ("styles/Theirs/more", "{outside}/Theirs", [("Theirs", 4)]),
    "a dictionary": ("styles/config/dictionaries", "{outside}", [("StylesPath", 1)]),
    "itself": ("styles/Theirs/b.yml", "b.yml", [("Theirs", 4)]),
    "nothing": ("styles/Theirs/b.yml", "none", [("Theirs", 4)]),
    "a device": ("styles/Theirs/b.yml", "/dev/zero", [("Theirs", 4)]),
}


@posix
@pytest.mark.parametrize("name", LINKS)
def test_links_out_of_the_handbook_are_not_followed(vale, tmp_path, home, name):
    link, target, refused = LINKS[name]
    outside = tmp_path / "outside"
    (outside / "Theirs").mkdir(parents=True)
    (outside / "Theirs" / "b.yml").write_text("extends: existence\nmessage: Read.\ntokens: [badword]\n")
    (home / link).parent.mkdir(parents=True, exist_ok=True)
    (home / link).symlink_to(target.format(outside=outside))
    ini = "StylesPath = styles\nStylesPath = styles2\n[*.md]\nBasedOnStyles = Mine, Theirs\n"
    found = check(vale, home, ini if link == "styles2" else ini.replace("StylesPath = styles2", ""))
    assert refuse(home) == refused
    mine = [] if link.startswith("styles/config") else ["Mine.a"]
    assert [one.rule for one in found or ()] == mine


@posix
def test_a_pipe_among_the_styles_stops_nothing(vale, home):
    (home / "styles" / "Theirs").mkdir()
    os.mkfifo(home / "styles" / "Theirs" / "b.yml")
    found = check(vale, home, "StylesPath = styles\n[*.md]\nBasedOnStyles = Mine, Theirs\n")
    assert [one.rule for one in found] == ["Mine.a"]
    assert refuse(home) == [("Theirs", 3)]


@posix
def test_a_link_inside_the_handbook_is_fine(vale, home):
    (home / "more").mkdir()
    (home / "more" / "b.yml").write_text("extends: existence\nmessage: No.\ntokens: [badword]\n")
    (home / "styles" / "Theirs").symlink_to("../more")
    found = check(vale, home, "StylesPath = styles\n[*.md]\nBasedOnStyles = Mine, Theirs\n")
    assert sorted(one.rule for one in found) == ["Mine.a", "Theirs.b"]
    assert refuse(home) == []


@posix
def test_a_configuration_that_is_a_link_to_elsewhere_is_refused(vale, tmp_path, home):
    (tmp_path / "secret").write_text("token = 1\n")
    (home / ".vale.ini").symlink_to(tmp_path / "secret")
    with pytest.raises(OnevoiceError, match="leads out of the handbook") as caught:
        run_vale(vale, [ValeDocument("draft.md", "A.\n")], ini=home / ".vale.ini")
    assert "token" not in str(caught.value)


SPELL = "extends: spelling\nmessage: x\n"
RULES = {
    "a list of words": SPELL + "ignore: {secret}\n",
    "a list of words in a list": SPELL + "ignore:\n  - fine.txt\n  - ../../secret.txt\n",
    "a dictionary": SPELL + "dic: {secret}\naff: {secret}\n",
    "a dictionary in capitals": SPELL + "DIC: {secret}\nAff: {secret}\n",
    "a dictionary far up": SPELL + "dic: ../../../secret.txt\naff: ../../../secret.txt\n",
    "a folder of dictionaries": SPELL + "dicpath: ../../..\n",
    "a name": SPELL + "dictionaries: [../../../secret]\n",
    "a name with escapes": SPELL + '"\\x69gnore": "\\x2e\\x2e/secret.txt"\n',
    "a name over a line end": SPELL + '"ig\\\n  nore": ../secret.txt\n',
    "a name by an alias": SPELL + "message: &a ../secret.txt\nignore: *a\n",
    "a home": SPELL + "ignore: ~/secret.txt\n",
    "a script": "extends: script\nmessage: x\nscript: ../../../../secret.tengo\n",
    "an action": "extends: existence\nmessage: x\naction: {name: suggest, params: [../../../secret.tengo]}\n"
                 "tokens: [badword]\n",
    "another encoding": (SPELL + "ignore: ../secret.txt\n").encode("utf-16"),
}  # fmt: skip


@posix
@pytest.mark.parametrize("name", RULES)
def test_a_rule_that_names_a_file_elsewhere_is_switched_off(vale, tmp_path, home, name):
    for ending in ("txt", "tengo"):
        (tmp_path / f"secret.{ending}").write_text("badword\n")
    rule = RULES[name]
    data = rule if isinstance(rule, bytes) else rule.replace("{secret}", str(tmp_path / "secret.txt")).encode()
    (home / "styles" / "Mine" / "sub").mkdir()
    (home / "styles" / "Mine" / "sub" / "b.yml").write_bytes(data)
    found = check(vale, home, f"StylesPath = styles\n{SECTION}Mine.sub.b = YES\n")
    assert [one.rule for one in found] == ["Mine.a"]
    assert refuse(home) == [("sub.b", 1)]


FINE = {
    "own words": (SPELL + "ignore: words.txt\n", []),
    "regular expressions": ("extends: existence\nmessage: x\naction: {name: edit, params: [regex, '(\\w+)/x', '$1']}\n"
                            "tokens: ['\\bbadword', '[^\\x00-\\x7F]']\n", ["Mine.b"]),
    "code": ("extends: script\nmessage: x\nscript: |\n  text := import(\"text\")\n  matches := []\n", []),
}  # fmt: skip


@pytest.mark.parametrize("name", FINE)
def test_rules_that_stay_inside_run(vale, home, name):
    rule, found = FINE[name]
    (home / "styles" / "words.txt").write_text("badword\n")
    (home / "styles" / "Mine" / "b.yml").write_text(rule)
    assert [one.rule for one in check(vale, home, f"StylesPath = styles\n{SECTION}")] == ["Mine.a", *found]
    assert refuse(home) == []


@pytest.mark.parametrize("module", ["os", "times", "json"])
def test_scripts_cannot_import_what_reaches_out(vale, home, module):
    (home / "styles" / "Mine" / "b.yml").write_text(
        f'extends: script\nmessage: x\nscript: |\n  m := import("{module}")\n  matches := []\n'
    )
    with pytest.raises(OnevoiceError, match=f"module '{module}' not found"):
        check(vale, home, f"StylesPath = styles\n{SECTION}")


@posix
def test_a_link_in_a_circle_is_no_style(vale, home):
    (home / "styles" / "Mine" / "again").symlink_to(".")
    assert check(vale, home, f"StylesPath = styles\n{SECTION}") is None
    assert refuse(home) == [("Mine", 3)]


def test_too_many_or_too_large_files_are_no_style(vale, home, monkeypatch):
    monkeypatch.setattr(limits, "MAX_STYLE_FILES", 1)
    (home / "styles" / "Mine" / "b.yml").write_text("extends: existence\nmessage: No.\ntokens: [badword]\n")
    assert check(vale, home, f"StylesPath = styles\n{SECTION}") is None
    assert refuse(home) == [("Mine", 3)]
    monkeypatch.setattr(limits, "MAX_STYLE_FILES", 2)
    assert len(check(vale, home, f"StylesPath = styles\n{SECTION}")) == 2
    monkeypatch.setattr(limits, "MAX_STYLE_BYTES", 10)
    assert check(vale, home, f"StylesPath = styles\n{SECTION}") is None


VALUES = [
    "",
    "a",
    " a ",
    "a # b",
    "a ; b",
    "`a`",
    '"a"',
    "'a'",
    '"""a"""',
    "a\\",
    "a\\\\",
    "\\",
    "(a|b), \\{2\\,}",
    "#a",
]


@pytest.mark.parametrize("value", VALUES)
def test_a_setting_is_written_as_it_was_read(value):
    line = format_setting(Setting("", "Vocab", value, 1))
    assert "\n" not in line
    (found,), refused = parse_settings(line)
    assert (found.key, found.value, refused) == ("Vocab", value, [])


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("a = b", "b"),
        ("  a:b ", "b"),
        ("a = b # c", "b"),
        ("a = b#c", "b#c"),
        ("a = 'b'", "b"),
        ("a = `b # c`", "b # c"),
        ('a = """b"""', "b"),
        ("a = b\\\nc", "bc"),
        ("a = b\\\nc\\\n d", "bcd"),
        ("a = `b\nc`", "b\nc"),
        ('"a" = b', "b"),
        ("a =", ""),
    ],
)
def test_settings_are_read_as_vale_reads_them(line, value):
    settings, refused = parse_settings(line)
    assert [(one.key, one.value) for one in settings] == [("a", value)] and refused == []


def test_a_filter_keeps_or_refuses_each_setting():
    settings, _ = parse_settings("A = 1\nMinAlertLevel = error\n[*]\nX.Y = YES\nX.Y = banana\nZ = banana\n")
    kept, refused = filter_settings(settings)
    assert [(one.key, one.value) for one in kept] == [("MinAlertLevel", "error"), ("X.Y", "YES"), ("X.Y", "NO")]
    assert [(one.line, one.name) for one in refused] == [(1, "A"), (6, "Z")]
