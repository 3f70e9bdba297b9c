"""The table of formats: found by file, and what else is said about endings agrees with it."""

import importlib
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from onevoice.commands import cli
from onevoice.prose import formats
from onevoice.prose.files import expand_paths
from onevoice.prose.read import read_prose, require_format
from onevoice.vale import config

ROOT = Path(__file__).parents[2]
NAMES = [one.name for one in formats.load_formats().values()]


def require_in(path: str, wanted: str) -> None:
    """What is made from the table must stand in a committed file as it is."""
    text = (ROOT / path).read_text("utf-8")
    assert wanted in text, f"{path} does not agree with the formats of onevoice. Write this there:\n\n{wanted}"


# --- the table --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("module", "one"), formats.load_formats().items())
def test_a_format_says_what_it_reads(module, one):
    assert one.name and one.endings
    assert all(re.fullmatch(r"\.[a-z0-9]+", ending) for ending in one.endings)
    assert one.vale_ending is None or (one.vale_ending in config.KNOWN_ENDINGS and not one.is_archive)
    assert importlib.import_module(f"{formats.__name__}.{module}").read is one.read


@pytest.mark.parametrize("ending", formats.load_endings())
@pytest.mark.parametrize("change", [str.lower, str.upper, str.title])
def test_an_ending_counts_in_any_case(ending, change):
    assert formats.find_format(f"locales/en/b.c{change(ending)}") is formats.load_endings()[ending]


@pytest.mark.parametrize("path", ["README", ".md", "a/.md", "a.md/b", "a.xyz", "a.", "mdx"])
def test_other_names_have_no_format(path):
    assert formats.find_format(path) is None


def test_standard_input_is_markdown():
    assert formats.find_format("-") is formats.find_format("a.md")


def test_mdx_is_mdx_in_any_case():
    source = b"import { client } from 'client'\n\nA word.\n"
    assert [block.text for block in read_prose("A.MDX", source).blocks] == ["A word."]


def test_no_ending_has_two_formats(monkeypatch):
    form = formats.find_format("a.md")
    monkeypatch.setattr(formats, "load_formats", lambda: {"markdown": form, "other": form._replace(name="Other")})
    with pytest.raises(AssertionError, match=r"other and Markdown both read \.md"):
        formats.load_endings.__wrapped__()


def test_the_table_loads_no_reader():
    program = (
        "import sys; from onevoice.prose import formats; formats.load_endings(); "
        "print(*(name for name in sys.modules if name.startswith('onevoice.prose.') and '.formats' not in name), "
        "*{'pyromark', 'zipfile', 'dataclasses'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


# --- what is said about it --------------------------------------------------------------------------------------------


def test_the_hook_takes_every_format():
    (hook,) = (one for one in YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml") if one["id"] == "onevoice-lint")
    require_in(".pre-commit-hooks.yaml", f"  files: {formats.build_hook_pattern()}\n")
    endings = (ending for ending, form in formats.load_endings().items() if not (form.needs or form.is_for))
    for name in ("docs/a.md", "PLAN.MD", "Offer.DOCX", "b.Htm", *(f"x{ending}" for ending in endings)):
        assert re.search(hook["files"], name)
    # The hook is installed without the extra that reads PDF.
    for name in ("a.py", "md", "a.md.bak", "docx/a", "amd", "a.pdf", "a.msg", "package.json"):
        assert not re.search(hook["files"], name)


def test_our_vale_ini_is_for_every_format():
    sections, ignores = config.render_document_sections(["Brand", "Voice"]).split("TokenIgnores")
    require_in(".vale.ini", sections)
    require_in(".vale.ini", f"TokenIgnores{ignores}")


def test_the_readme_lists_every_format():
    require_in("README.md", formats.render_format_table())
    sentence = re.search(r"^It reads [^.]*", (ROOT / "README.md").read_text("utf-8"), re.M)[0]
    assert [name for name in NAMES if name not in sentence] == []


def test_the_help_names_every_format():
    help_text = " ".join(CliRunner().invoke(cli, ["lint", "--help"]).output.split())
    assert [name for name in NAMES if name not in help_text] == []


# --- one more ---------------------------------------------------------------------------------------------------------

CHAPTERS = '''\
"""Chapters of a film."""

from onevoice.prose.formats import Format


def read(path, source):
    """The lines that are spoken."""
    from onevoice.prose import text

    return text.read(path, "".join(
        line if not line[:1].isdigit() else " " * (len(line) - 1) + "\\n" for line in source.splitlines(keepends=True)
    ))


FORMAT = Format(name="chapters", endings=(".chap",), read=read)
'''
FILM = """\
1
00:00:01,000 --> 00:00:02,000
We utilize it.

2
00:00:03,000 --> 00:00:04,000
It is awesome.
"""


@pytest.fixture
def chapters(tmp_path, monkeypatch):
    """A reader more: one new file."""
    folder = tmp_path / "formats"
    folder.mkdir()
    (folder / "chapters.py").write_text(CHAPTERS)

    def forget():
        formats.load_formats.cache_clear()
        formats.load_endings.cache_clear()

    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(folder)])
    forget()
    yield folder
    monkeypatch.undo()
    forget()
    sys.modules.pop(f"{formats.__name__}.chapters", None)


def test_a_reader_is_one_new_file(chapters, tmp_path):
    (tmp_path / "film.CHAP").write_text(FILM)
    assert expand_paths(["film.CHAP", "."], tmp_path) == ["film.CHAP"]
    assert [block.text for block in read_prose("film.CHAP", FILM.encode()).blocks] == [
        "We utilize it.",
        "It is awesome.",
    ]
    assert require_format("a.chap").name == "chapters"
    assert formats.join_format_names("or").endswith("or chapters")
    assert "| chapters | `.chap` |\n" in formats.render_format_table()
    assert re.search(formats.build_hook_pattern(), "FILM.CHAP")


def test_a_new_readers_files_are_linted(chapters, tmp_path, vale):
    company = tmp_path / "company"
    (company / "terminology").mkdir(parents=True)
    (company / "content").mkdir()
    (company / "terminology" / "terms.yaml").write_text(
        "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb, avoid: [utilize]}\n"
    )
    (company / "content" / "voice.yaml").write_text(VOICE)
    (company / "film.chap").write_text(FILM)
    program = textwrap.dedent(f"""\
        import sys
        from onevoice.prose import formats
        formats.__path__.append({str(chapters)!r})
        from onevoice.commands import main
        sys.argv = ["onevoice", "lint", "--require-vale", "."]
        main()
    """)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=company, env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    heads = [line.split("  ")[0] for line in done.stdout.splitlines() if "[" in line]
    assert heads == ["film.chap:3:4", "film.chap:7:7"], done.stdout + done.stderr
    assert "style with Vale" in done.stderr and "not for" not in done.stderr


VOICE = """\
voice:
  summary: Short and concrete.
  owner: marketing
  traits:
    - id: plain
      we_are: Plain
      we_are_not: Loud
      why: It is heard.
      vale:
        - {id: loud, extends: existence, message: 'Not "%s".', level: warning, why: It shouts., tokens: [awesome]}
"""
