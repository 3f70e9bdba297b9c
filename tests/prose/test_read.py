"""From bytes to prose: encodings, endings, and what people are told where it cannot be done."""

import pytest

from onevoice.errors import OnevoiceError
from onevoice.prose.read import decode_text, encode_text, read_prose
from prose.shown import shown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_reads_every_encoding_that_says_what_it_is(encoding):
    assert shown(read_prose("a.md", "# Café 😀".encode(encoding))) == ["heading: Café 😀"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [("a.md", "paragraph: a ·"), ("A.MD", "paragraph: a ·"), ("-", "paragraph: a ·"), ("a.txt", "paragraph: a `b`")],
)
def test_the_ending_says_how_to_read(path, expected):
    assert shown(read_prose(path, b"a `b`")) == [expected]


def test_html_is_read_as_html():
    assert shown(read_prose("x/a.htm", b"<h1>a</h1>")) == ["heading: a"]


@pytest.mark.parametrize(
    ("path", "data", "said"),
    [
        ("a.md", b"a\nb \xff", "a.md:2: this is not UTF-8 text. Save the file as UTF-8."),
        ("a.txt", b"\xff\xfea", "a.txt:1: this is not UTF-16-LE text. Save the file as UTF-8."),
        ("a.xyz", b"a", "a.xyz: cannot read this kind of file"),
        ("Makefile", b"a", "Makefile: cannot read this kind of file"),
    ],
)
def test_says_what_is_wrong_and_how_to_fix_it(path, data, said):
    with pytest.raises(OnevoiceError) as error:
        read_prose(path, data)
    assert str(error.value).startswith(said)


@pytest.mark.parametrize("data", [b"a\r\n", "é".encode("utf-8-sig"), "é\n".encode("utf-16")])
def test_what_is_decoded_is_encoded_to_the_same_bytes(data):
    assert encode_text(*decode_text("a.md", data)) == data
