"""The line of a finding, with a caret below the words, as a terminal of 80 columns shows it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.finding import Finding, Span
from onevoice.lint.excerpt import add_excerpts
from onevoice.report import ReportContext, text


def finding(source, match, *, message="Say it.", **more):
    at = source.index(match)
    line = source.count("\n", 0, at) + 1
    column = at - (source.rfind("\n", 0, at) + 1) + 1
    end = at + len(match)
    end_line = source.count("\n", 0, end) + 1
    end_column = end - (source.rfind("\n", 0, end) + 1) + 1
    bare = Finding("r", "error", "a.md", Span(line, column, end_line, end_column), match, message, **more)
    return add_excerpts(source, [bare])[0]


def shown(source, match, width=76):
    return text.render_excerpt(finding(source, match), width)


@pytest.mark.parametrize(
    ("source", "match", "line", "mark"),
    [
        ("We utilize it.", "utilize", "We utilize it.", "   ^^^^^^^"),
        ("one\n   - two three\nfour", "three", "- two three", "      ^^^^^"),
        ("\tWe\tutilize", "utilize", "We  utilize", "    ^^^^^^^"),
        ("我们的销售漏斗很大", "漏斗", "我们的销售漏斗很大", "          ^^^^"),
        ("ＡＢ utilize", "utilize", "ＡＢ utilize", "     ^^^^^^^"),
        ("cafe\u0301 utilize", "utilize", "cafe\u0301 utilize", "     ^^^^^^^"),
        ("sign\nup", "sign\nup", "sign", "^^^^"),
        ("We utilize\r\nit", "utilize", "We utilize", "   ^^^^^^^"),
        ("a\x1b[31mb utilize", "utilize", "a\\x1b[31mb utilize", "           ^^^^^^^"),
        ("a\u202eb utilize", "utilize", "a\\u202eb utilize", "         ^^^^^^^"),
        ("  ::error::utilize", "utilize", "\\::error::utilize", "          ^^^^^^^"),
        ("We utilize ##[error]", "utilize", "We utilize #\\#[error]", "   ^^^^^^^"),
        ("We ##[utilize]", "##[utilize]", "We #\\#[utilize]", "   ^^^^^^^^^^^^"),
        ("漏##vso[x] utilize", "utilize", "漏#\\#vso[x] utilize", "            ^^^^^^^"),
    ],
)
def test_the_caret_stands_below_the_words(source, match, line, mark):
    assert shown(source, match) == (line, mark)


def test_a_long_line_is_cut_around_the_words():
    words = " ".join(f"word{number}" for number in range(200))
    line, mark = shown(words, "word100")
    assert len(line) <= 76
    assert line.startswith("… ")
    assert line.endswith(" …")
    assert line[mark.index("^") : mark.rindex("^") + 1] == "word100"
    line, mark = shown(words, "word0")
    assert line.startswith("word0 word1")
    line, mark = shown(words, "word199")
    assert line.endswith("word199")


def test_a_document_in_one_line_keeps_little_of_it():
    source = "x" * 1_000_000 + " utilize " + "y" * 1_000_000
    assert len(finding(source, "utilize").excerpt) < 1000
    line, mark = shown(source, "utilize")
    assert line[mark.index("^") : mark.rindex("^") + 1] == "utilize"


def wide(line):
    invisible = [char for char in line if unicodedata.combining(char) or unicodedata.category(char) == "Cf"]
    return len(line) - len(invisible) + sum(unicodedata.east_asian_width(char) in "WF" for char in line)


@given(
    st.text(st.sampled_from("ab c\t漏ｗe\u0301\u200d."), max_size=300),
    st.text(st.sampled_from("uxyz漏"), min_size=1, max_size=90),
    st.text(st.sampled_from("ab c\t漏ｗ."), max_size=300),
    st.integers(40, 80),
)
def test_every_excerpt_fits_and_points_at_the_words(before, match, after, width):
    source = f"{before}<{match}>{after}"
    line, mark = text.render_excerpt(finding(source, f"<{match}>"), width)
    assert wide(line) <= width
    assert wide(mark) <= width
    assert mark.strip("^ ") == "" and mark.endswith("^")
    at = 0
    start = 0
    while at < len(mark) - len(mark.lstrip()):
        at += wide(line[start])
        start += 1
    assert line[start:].lstrip("\u0301\u200d").startswith("<")


def test_a_whole_report_on_a_terminal():
    source = "# Plan\n\nWe utilize it, and this is a line that goes on for much longer than a terminal is wide.\n"
    found = finding(
        source,
        "utilize",
        message='Say "use", not "utilize", in this and in every other place of the text that you are writing.',
        reason="It says no more than use, and it takes three syllables to say it; nobody says it on the phone.",
        link="https://brand.example/glossary/use/",
        replacements=("use", "take"),
    )
    assert text.render([found], ReportContext(width=80)) == (
        'a.md:3:4  error  Say "use", not "utilize", in this and in every other place of\n'
        "    the text that you are writing.  [r]\n"
        "    We utilize it, and this is a line that goes on for much longer than a term …\n"
        "       ^^^^^^^\n"
        "    Better: take\n"
        "    It says no more than use, and it takes three syllables to say it; nobody\n"
        "    says it on the phone.\n"
        "    https://brand.example/glossary/use/\n"
    )


def test_nothing_steers_the_terminal():
    found = Finding(
        "r", "error", "a\x1b[2J.md", Span(1, 1, 1, 2), "a", "Say \x1b]0;x\x07 it.", ("\x1bc",), "", "\u202eno"
    )
    out = text.render(add_excerpts("\x1b[31m", [found]))
    assert not any(unicodedata.category(char) in ("Cc", "Cf") for char in out.replace("\n", ""))
