"""Fixes change what they should, nothing else, and once."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.lint import fix, terms
from onevoice.matcher.compile import compile_terms
from onevoice.matcher.matcher import Matcher
from onevoice.prose.read import resolve_reader
from onevoice.records.term import Term

TODAY = datetime.date(2026, 11, 22)


def matcher(*records):
    defaults = {"preferred": "x", "definition": "d"}
    return Matcher(
        compile_terms([Term.model_validate(defaults | {"id": f"t{n}"} | one) for n, one in enumerate(records)])
    )


def fixed(text, found, name="page.md", **options):
    prose = resolve_reader(name)(name, text)
    return fix.fix_prose(prose, lambda prose: terms.find_issues(prose, found, TODAY), **options)


@pytest.mark.parametrize(
    ("use", "text", "expected"),
    [
        ("a*b*c", "A foo.", "An a\\*b\\*c."),
        ("# one", "foo", "\\# one"),
        ("1. one", "- foo", "- 1\\. one"),
        ("a | b", "| foo | x |\n|---|---|\n", "| a \\| b | x |\n|---|---|\n"),
        ('say "so"', '[a](b "foo")', '[a](b "say \\"so\\"")'),
        ("a: b", "---\ntitle: foo\n---\nfoo", "---\ntitle: foo\n---\na: b"),
        ("one", "> foo\n> foo\n\n1. **foo** `foo`", "> foo\n> foo\n\n1. **one** `foo`"),
        ("one", "<b>foo</b> <i class='foo'>x</i>", "<b>one</b> <i class='foo'>x</i>"),
    ],
)
def test_escaped_for_markdown(use, text, expected):
    assert fixed(text, matcher({"avoid": [{"term": "foo", "use": [use]}]})) == expected


def test_escaped_for_html():
    found = matcher({"avoid": [{"term": "foo", "use": ['<R> & "D"']}]})
    page = '<p>A foo.</p><img alt="foo">'
    assert fixed(page, found, "page.html") == '<p>A &lt;R&gt; &amp; "D".</p><img alt="&lt;R&gt; &amp; &quot;D&quot;">'


def test_line_ends_stay():
    assert fixed("b foo\r\n\r\nb foo\r\n", matcher({"avoid": ["foo"]})) == "b x\r\n\r\nb x\r\n"


def test_only_english_has_articles():
    found = matcher({"preferred": "equipe", "avoid": ["time"]})
    assert fixed("Veja a time.", found) == "Veja an equipe."
    assert fixed("Veja a time.", found, english=False) == "Veja a equipe."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The top. At the top of it.", "The discover stage. At the discover stage of it."),
        ("A top of ours, and top", "A discover stage of ours, and the discover stage"),
        ("AT THE TOP, our Top", "AT THE DISCOVER STAGE, our Discover Stage"),
        ("Breathe top.", "Breathe the discover stage."),
    ],
)
def test_of_two_articles_one_stays(text, expected):
    assert fixed(text, matcher({"avoid": [{"term": "top", "use": ["the discover stage"]}]})) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Is it very? Now, very few.", "Is it? Now, few."),
        ("It is very, very good.", None),
        ("Good. Very! Fine; very, fine. Well — very. Very, yes.", None),
        ("# Very\n\nvery\n\n- very.", None),
    ],
)
def test_a_word_that_goes_leaves_no_signs_behind(text, expected):
    assert fixed(text, matcher({"avoid": [{"term": "very", "remove": True}]})) == (expected or text)


@pytest.mark.parametrize("text", ["to sign **up** now", "we abort", "an MQL", "it is **very** good", "nothing"])
def test_what_stays(text):
    found = matcher(
        {"preferred": "register", "avoid": ["sign up"]},
        {"avoid": [{"term": "abort", "use": ["stop", "cancel"]}]},
        {"preferred": "marketing qualified lead", "abbreviation": "MQL", "expand_first": True},
        {"avoid": [{"term": "very", "remove": True}]},
    )
    assert fixed(text, found) == text


PARTS = [
    "foo", "Foo", "FOO", "very", "a", "An", "github", "whitepapers", "sign", "up", "**", "_", "`", "[", "](x.md)", "> ",
    "- ", "# ", "\n", "\n\n", "&amp;", "<b>", "</b>", "|", "1. ", "\\", '"', "“", "”", ".", ",",
    "    ", "!!! note\n\n    ",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=25), st.sampled_from(["page.md", "page.html", "page.txt"]))
def test_fixing_twice_changes_nothing(parts, name):
    found = matcher(
        {"preferred": "an *odd* | one", "avoid": ["foo"]},
        {"avoid": [{"term": "very", "remove": True}]},
        {"preferred": "GitHub", "case": "exact"},
        {"preferred": "white paper", "avoid": ["whitepaper"]},
        {"preferred": "register", "avoid": ["sign up"]},
    )
    text = " ".join(parts)
    once = fixed(text, found, name)
    assert fixed(once, found, name) == once
    # Whatever is not text stays: as many blocks as before, of the same kinds.
    kinds = [[block.kind for block in resolve_reader(name)(name, source).blocks] for source in (text, once)]
    assert kinds[0] == kinds[1]
