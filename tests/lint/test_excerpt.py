"""The sentence around a finding, and its name that outlives a change of lines."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbooks import ROOT
from onevoice.finding import Finding, Span
from onevoice.lint import excerpt
from onevoice.run import documents
from onevoice.run.lexicon import read_lexicon


def placed(source, match, rule="Brand.use"):
    at = source.index(match)
    line = source.count("\n", 0, at) + 1
    column = at - (source.rfind("\n", 0, at) + 1) + 1
    found = Finding(rule, "error", "a.md", Span(line, column, line, column + len(match)), match, "m")
    return excerpt.add_excerpts(source, [found])[0]


def name(source, match="utilize", rule="Brand.use"):
    return placed(source, match, rule).fingerprint


SENTENCE = "We utilize it every day."


@pytest.mark.parametrize(
    "source",
    [
        SENTENCE,
        f"# New heading\n\nMore text. {SENTENCE} And more.\n",
        f"\n\n\n{SENTENCE}\n",
        "We utilize it\nevery day.\n",
        "- We utilize it every day.\n- Next",
        "Before!\n\n> We utilize it every day.\n",
        "We **utilize** it every   day.",
        "WE UTILIZE IT EVERY DAY.",
        "“Why?” We utilize it every day. Because.",
    ],
)
def test_the_name_moves_with_the_sentence(source):
    match = "UTILIZE" if source.isupper() else "utilize"
    assert name(source, match) == name(SENTENCE)


@pytest.mark.parametrize(
    "source", ["We utilize it every week.", "They utilize it every day.", "We utilize it, every day."]
)
def test_another_sentence_has_another_name(source):
    assert name(source) != name(SENTENCE)


def test_another_rule_and_another_word_have_other_names():
    assert name(SENTENCE, rule="Brand.other") != name(SENTENCE)
    assert name(SENTENCE, "every") != name(SENTENCE)


def test_two_in_one_sentence_share_what_is_around_them():
    source = "We utilize what we utilize."
    first, second = (Finding("r", "error", "a", Span(1, at, 1, at + 7), "utilize", "m") for at in (4, 20))
    assert len({found.fingerprint for found in excerpt.add_excerpts(source, [first, second])}) == 1


def test_what_is_placed_stays():
    found = placed(SENTENCE, "utilize")
    assert excerpt.add_excerpts("", [found]) == [found]


def test_a_place_that_is_not_there():
    found = Finding("file", "error", "a.md", Span(9, 9, 9, 9), "", "m")
    (result,) = excerpt.add_excerpts("one line", [found])
    assert (result.excerpt, bool(result.fingerprint)) == ("", True)


@given(st.text(max_size=200), st.integers(1, 5), st.integers(1, 50), st.integers(0, 60))
def test_any_text_and_place(source, line, column, length):
    found = Finding("r", "error", "a", Span(line, column, line, column + length), "x", "m")
    (result,) = excerpt.add_excerpts(source, [found])
    assert len(result.fingerprint) == 16
    assert result.excerpt in source
    assert "\n" not in result.excerpt


def test_findings_are_the_same_with_and_without_excerpts_remembered_or_not(monkeypatch, tmp_path):
    monkeypatch.setenv("ONEVOICE_CACHE", str(tmp_path))
    monkeypatch.setattr(documents, "CACHE_MIN_FILES", 1)
    lexicon, files = read_lexicon(ROOT), [documents.InputFile("a.md", b"Leverage it: our clients\nlove it.\n")]

    def check(excerpts):
        (result,) = documents.check_documents(files, lexicon, datetime.date(2026, 11, 22), excerpts=excerpts)
        return result.findings

    bare, full = check(False), check(True)
    assert bare and check(False) == bare and check(True) == full
    assert all(finding.excerpt and finding.fingerprint for finding in full)
    assert [finding.add_excerpt("", 1, "") for finding in full] == bare
