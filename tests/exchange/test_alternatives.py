"""Regular expressions taken apart: what is listed is all that they match, and nothing else."""

import itertools
import random
import re

import pytest

from onevoice.exchange.alternatives import MAX_ALTERNATIVES, EndlessExpressionError, list_alternatives


def texts(source: str, **options) -> set[str]:
    return {one.text for one in list_alternatives(source, **options)}


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("e-?mails?", {"email", "emails", "e-mail", "e-mails"}),
        ("(?:cell ?phone|smart ?phone)", {"cellphone", "cell phone", "smartphone", "smart phone"}),
        ("[Gg]it[Hh]ub", {"GitHub", "Github", "gitHub", "github"}),
        (r"log(?:\s+|-)in", {"log in", "log-in"}),
        (r"3\-D", {"3-D"}),
        (r"\bmails\b", {"mails"}),
        ("a{1,3}", {"a", "aa", "aaa"}),
        ("(ab|c){2}", {"abab", "abc", "cab", "cc"}),
        ("(?i)Foo", {"Foo"}),
        ("(?<name>x)y", {"xy"}),
        (r"a\bb|c", {"c"}),
        (r"page[s]?", {"page", "pages"}),
    ],
)
def test_an_expression_is_its_words(source, wanted):
    assert texts(source) == wanted


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (r"\w+ly", "any sign of a kind"),
        ("a.b", "any sign may be"),
        ("a*", "without an end"),
        ("[a-z]{9}", "more than 120"),
        ("(?<=the )API", "words around it"),
        (r"API(?=\.)", "words around it"),
        (r"foo(?!\w+ly)", "words around it"),
        ("^The", "where in the text"),
        ("(a)\\1", "no list of words"),
        ("[[:alpha:]]x", "only Vale reads"),
        ("(?i:A)b", "a part of it only"),
        (r"e\.g\.\b", "next to a sign"),
        ("(", "only Vale reads"),
    ],
)
def test_what_is_no_list_is_said_with_its_reason(source, reason):
    with pytest.raises(EndlessExpressionError, match=reason):
        list_alternatives(source)


def test_neighbors_that_excuse_a_word_are_kept():
    (one,) = list_alternatives(r"(?<!/)\betc\b(?! al)")
    assert (one.text, one.never_after, one.never_before) == ("etc", ("/",), (" al",))


def test_groups_are_kept_for_what_is_written_instead():
    found = {one.text: one.groups[1] for one in list_alternatives("(front|back) end")}
    assert found == {"front end": "front", "back end": "back"}


def test_capitals_that_do_not_matter_are_one_word():
    assert texts("(?:F|f)oo|FOO", ignores_case=True) == {"foo"}


LETTERS = "abc"


def make_expression(rng: random.Random, depth: int = 0) -> str:
    kind = rng.randrange(7 if depth < 3 else 2)
    if kind == 0:
        return rng.choice(LETTERS)
    if kind == 1:
        return f"[{''.join(rng.sample(LETTERS, 2))}]"
    inner = make_expression(rng, depth + 1)
    if kind == 2:
        return f"(?:{inner}|{make_expression(rng, depth + 1)})"
    if kind == 3:
        return f"(?:{inner})?"
    if kind == 4:
        return f"(?:{inner}){{0,2}}"
    return inner + make_expression(rng, depth + 1)


@pytest.mark.parametrize("seed", range(150))
def test_the_list_is_all_that_an_expression_matches(seed):
    source = make_expression(random.Random(seed))
    try:
        found = texts(source)
    except EndlessExpressionError as error:
        assert str(MAX_ALTERNATIVES) in str(error) or "no text" in str(error)
        return
    most = 6
    by_hand = {
        text
        for length in range(1, most + 1)
        for text in map("".join, itertools.product(LETTERS, repeat=length))
        if re.fullmatch(source, text)
    }
    assert {one for one in found if len(one) <= most} == by_hand
    assert all(re.fullmatch(source, one) for one in found)
