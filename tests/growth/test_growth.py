"""Time grows as the text does, whatever somebody sends. Here are some hundred texts; bench/growth.py measures all."""

import pytest

from growth.measure import MAX_EXPONENT, measure_apart
from growth.texts import list_growths
from rounds import choose_count

GROWTHS = list_growths()
# What once took the square of its length, one of each mechanism.
ONCE_SQUARE = [
    "sift first words before markup", "sift first words, the last one far away", "sift words in one paragraph",
    ".md '„'", ".md 'a.'", ".md 'aaa:/'", "submission '37% more '", "submission '$5 saved. '", ".mdx '{/* '",
    ".md '<div markdown '", "suppressed, never closed", "word text between empty elements",
    "fix lines in a paragraph", "diff equal lines", ".md '<a href=b><div>'", ".md '|`'", ".md 'e\u0301'",
    ".md '*a*{ .b } '", "front matter items", "impact in one line", "comments on word runs", "heading 'client '",
    "word long field code",
]  # fmt: skip


def test_there_are_hundreds_of_texts():
    assert len(GROWTHS) > 3000
    assert {growth.path.rpartition(".")[2] for growth in GROWTHS.values()} >= {
        "md",
        "mdx",
        "html",
        "txt",
        "docx",
        "pptx",
    }


@pytest.mark.rounds
@pytest.mark.parametrize("name", choose_count(ONCE_SQUARE[:12], list(dict.fromkeys([*ONCE_SQUARE, *[*GROWTHS][::10]]))))
def test_time_grows_as_the_text_does(name):
    measured = measure_apart(GROWTHS[name])
    if measured.problem:
        # Others may have kept the processors busy all along. What takes the square of its length takes it again.
        measured = measure_apart(GROWTHS[name])
    assert not measured.problem, f"{measured} (at most n^{MAX_EXPONENT})"
