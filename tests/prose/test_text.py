"""What a reader of plain text sees: everything."""

import pytest

from onevoice.prose import text
from prose.shown import shown


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("Dear all,\n\n*a* `b`\n    c\n", ["paragraph: Dear all,", "paragraph: *a* `b`¶c"]),
        ("a\r\nb\rc\n \t\nd", ["paragraph: a¶b¶c", "paragraph: d"]),
        ("Hi\n> a\n> b\nc", ["paragraph: Hi", "> paragraph: a¶b", "paragraph: c"]),
        ("> > a\n>\n> b", ["> paragraph: a", "> paragraph: b"]),
        ("R&amp;D <b> \\*", ["paragraph: R&amp;D <b> \\*"]),
        ("\ufeffa", ["paragraph: a"]),
        ("a   \n   b", ["paragraph: a¶b"]),
        ("", []),
        (" \n\n", []),
    ],
)
def test_shows(source, blocks):
    assert shown(text.read("a.txt", source)) == blocks


def test_a_phrase_over_a_quoted_line_break_stands_in_the_source_with_its_mark():
    block = text.read("a.txt", "> sign\n> up\n").blocks[0]
    assert block.map_to_source(0, 7) == (2, 11)
    assert block.is_replaceable(0, 7)
