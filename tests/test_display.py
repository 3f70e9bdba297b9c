"""Text for people steers neither a terminal nor a job's log; formats for programs keep every character."""

import ast
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.display import dump_json, encode_path, escape_controls, escape_html, escape_mail, escape_text, has_command

PACKAGE = Path(__file__).parents[1] / "scripts" / "onevoice"
COMMANDS = [
    "::add-mask::x",
    "  ::stop-commands::x",
    "\u00a0\t::error file=a::x",
    "##[error]x",
    "a ##[add-mask]x",
    "###[group]x",
    "##vso[task.setvariable variable=a]x",
    "##teamcity[testFailed name='a']",
    "##octopus[a]",
    "section_start:1:a",
    "section_end:1:a",
    "travis_fold:start:a",
]
ORDINARY = [
    "We use it.",
    "std::vector, Foo::bar()",
    "Note:: it is so. :: A",
    "## [A heading](x)",
    "# Heading ##",
    "a\tb\n\nc\r\nd",
    "漏斗 café 👩‍💻 mi\u00adte\u200cx «a» \u00a0…",
    "back\\slash \\:: \\x1b",
]
hostile = st.text(st.one_of(st.characters(), st.sampled_from(":#[] \t\r\n\x1b\x85\u202e\u2028avso")), max_size=60)


def obeys(line: str) -> bool:
    """Whether GitHub's runner, or another, takes a line for a command."""
    return line.strip().startswith("::") or any(
        mark in line
        for mark in ("##[", "##vso[", "##teamcity[", "##octopus[", "section_start:", "section_end:", "travis_fold:")
    )


@pytest.mark.parametrize("text", COMMANDS)
def test_no_line_is_a_command(text):
    assert obeys(text) and has_command(text)
    safe = escape_text(text)
    assert not obeys(safe) and not has_command(safe)
    assert safe.replace("\\", "") == text
    assert not obeys(escape_html(text))
    dumped = dump_json({"a": [text]})
    assert json.loads(dumped) == {"a": [text]}
    assert "##" not in dumped and not any(line.strip().startswith("::") for line in dumped.splitlines())


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_stays_as_it_is(text):
    assert escape_text(text) == escape_html(text) == text
    assert not has_command(text)
    assert dump_json(text) == json.dumps(text, ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\x00\x07\x7f", "a\\x00\\x07\\x7f"),
        ("\x85\x9b31m", "\\u0085\\u009b31m"),
        ("\u202eevil\u2069", "\\u202eevil\\u2069"),
        ("\u2028::error::", "\\u2028::error::"),
        ("caf\udce9.md", "caf\\xe9.md"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("one\rtwo", "one\\x0dtwo"),
    ],
)
def test_what_steers_a_terminal_is_shown(text, shown):
    assert escape_text(text) == escape_controls(text) == shown


def test_a_value_for_one_line_stays_on_it():
    assert escape_controls("a\n::error::b\tc") == "a\\x0a::error::b\\x09c"


def test_our_own_colors_are_the_only_codes():
    painted = "\x1b[31merror\x1b[0m \x1b[2J \x1b[8mhidden"
    assert escape_text(painted, color=True) == "\x1b[31merror\x1b[0m \\x1b[2J \\x1b[8mhidden"
    assert "\x1b" not in escape_text(painted)


@given(hostile)
def test_nothing_gets_through(text):
    safe = escape_text(text)
    assert escape_text(safe) == safe
    assert not any(map(obeys, safe.split("\n")))
    left = {char for char in safe if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")}
    assert left <= {"\t", "\n", "\r"} and "\r" not in safe.replace("\r\n", "")
    assert escape_controls(text).isprintable() or not {unicodedata.category(one) for one in escape_controls(text)} & {
        "Cc", "Cs", "Zl", "Zp",
    }  # fmt: skip
    half = {char for char in text if unicodedata.category(char) == "Cs"}
    assert half or json.loads(dump_json([text])) == [text]
    dump_json([text]).encode("utf-8")


def test_bytes_that_are_no_text_are_percent_signs_for_programs():
    assert encode_path("caf\udce9/100%.md") == "caf%E9/100%.md"
    assert json.loads(dump_json(["caf\udce9", "\ud83d"])) == ["caf%E9", "\ufffd"]


def test_a_mail_is_no_command():
    mail = "Subject: ##[x]\r\n\r\n::add-mask::x\r\n  ##vso[a]\r\n"
    assert escape_mail(mail) == "Subject: ##[x]\r\n\r\n=3A:add-mask::x\r\n  =23#vso[a]\r\n"


def test_there_is_one_way_out():
    """Whatever is printed goes through commands/_streams.py, so that new output is safe by itself."""
    found = []
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            shown = ast.unparse(node) if isinstance(node, (ast.Attribute, ast.Name)) else ""
            if shown in (
                "click.echo",
                "click.secho",
                "print",
                "sys.stdout.write",
                "sys.stderr.write",
                "sys.stdout.buffer",
            ):
                found.append((name, shown))
    assert {name for name, _ in found} == {"commands/_streams.py"}
