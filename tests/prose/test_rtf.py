"""What people read of a document in rich text; and what is said of the rest."""

import pytest

from onevoice.errors import OnevoiceError
from onevoice.prose.read import read_prose
from prose.shown import shown

HEAD = rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}{\*\generator Riched20}\pard\f0 "


@pytest.fixture(autouse=True)
def striprtf():
    return pytest.importorskip("striprtf")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            rb"Please \b sign\b0  up.\par We {\i utilize} it.",
            ["paragraph: Please sign up.", "paragraph: We utilize it."],
        ),
        (rb"caf\'e9 \u8364? \u-10179?\u-8704?", ["paragraph: café € 😀"]),
        (rb"\trowd One\cell Two\cell\row Three", ["cell: One", "cell: Two", "paragraph: Three"]),
        (rb"Please sign\line up.", ["paragraph: Please sign up."]),
        (rb"{\pict\pngblip 89504e47}Words", ["paragraph: Words"]),
    ],
)
def test_paragraphs_and_cells(body, told):
    prose = read_prose("a.rtf", HEAD + body + b"}")
    assert shown(prose) == told
    assert prose.places[0] == "paragraph 1" and len(prose.places) == prose.source.count("\n") and not prose.unread


def test_what_is_left_out_is_said():
    body = rb"{\header Draft}Words{\footnote \chftn A note}"
    assert read_prose("a.rtf", HEAD + body + b"}").unread == ("footnotes", "headers and footers")
    assert read_prose("a.rtf", HEAD + b"Words").unread == ("the end, which is missing",)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "a.rtf: the file is empty"),
        (b"PK\3\4", "a.rtf: this is not rich text, despite its name. Correct its name, or leave it out."),
        (HEAD + rb"\u99999999? x}", "a.rtf: cannot be read: it is damaged. Save it again, or leave it out."),
    ],
)
def test_broken_files(data, told):
    with pytest.raises(OnevoiceError) as error:
        read_prose("a.rtf", data)
    assert str(error.value) == told
