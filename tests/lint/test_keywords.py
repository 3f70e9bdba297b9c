"""What counts as one word when two wordings are compared, in the language of the handbook."""

import subprocess
import sys

import pytest

from onevoice.lint.keywords import extract_keywords, find_language, stem_word


@pytest.mark.parametrize(
    "words",
    [
        "plan plans planned planning", "run runs running", "ship shipped shipping", "stop stopped stopping",
        "map maps mapped mapping", "refer referred referring", "submit submitted submits", "begin beginning begins",
        "qualify qualified qualifies qualifying", "automate automation automated", "automatic automatically",
        "manage management managed managing", "measure measurement measures", "operate operational operations",
        "market marketing marketer", "use used using uses", "die dying dies", "tie tied ties", "week weekly weeks",
        "lead leads leading", "company companies company's", "business businesses", "save saves saving saved",
    ],
)  # fmt: skip
def test_forms_of_one_word(words):
    assert len({stem_word(word, "english") for word in words.split()}) == 1


@pytest.mark.parametrize("words", ["lead leader", "news new", "sale sell", "price prize", "custom cost", "off office"])
def test_other_words_stay_apart(words):
    one, other = words.split()
    assert stem_word(one, "english") != stem_word(other, "english")


@pytest.mark.parametrize(
    ("tag", "one", "other"),
    [
        ("en", "planning", "plans"),
        ("en-US", "planning", "plans"),
        ("EN-gb", "planning", "plans"),
        ("de-AT", "kunden", "kunde"),
        ("fr", "clients", "client"),
        ("es-MX", "ventas", "venta"),
        ("nb", "kundene", "kunder"),
    ],
)
def test_the_language_of_the_handbook_says_what_an_ending_is(tag, one, other):
    language = find_language(tag)
    assert stem_word(one, language) == stem_word(other, language) != one


@pytest.mark.parametrize("tag", ["ja", "ko-KR", "xx", ""])
def test_words_stay_whole_in_a_language_that_snowball_lacks(tag):
    assert find_language(tag) == ""
    assert extract_keywords("The plans of planning", find_language(tag)) == ["the", "plans", "of", "planning"]


def test_a_release_that_lacks_a_language_keeps_words_whole():
    assert stem_word("plans", "klingon") == "plans"


def test_only_english_words_are_known_to_say_nothing():
    assert extract_keywords("The 3 plans we can't show", "english") == ["plan", "show"]
    assert extract_keywords("Was die Kunden so sagen", "german") == ["was", "die", "kund", "so", "sag"]


def test_one_language_is_loaded_and_only_when_it_is_needed():
    code = (
        "import sys",
        "from onevoice.lint import keywords, rules",
        "rules.load_rules()",
        "snow = lambda: sorted(name for name in sys.modules if 'snowball' in name and name.endswith('_stemmer'))",
        "print(snow())",
        "keywords.stem_word('plans', keywords.find_language('en'))",
        "print(snow())",
    )
    run = subprocess.run([sys.executable, "-c", "\n".join(code)], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["[]", "['onevoice_snowball.english_stemmer']"]
