"""From bytes to prose: encodings, endings, and what people are told where it cannot be done."""

import pytest

from onevoice.errors import OnevoiceError
from onevoice.prose.read import decode_text, encode_text, read_prose
from prose.shown import shown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
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


@pytest.mark.parametrize("data", [b"a\r\n", "é".encode("utf-8-sig"), "é\n".encode("utf-16"), "é\n".encode("utf-32")])
def test_what_is_decoded_is_encoded_to_the_same_bytes(data):
    assert encode_text(*decode_text("a.md", data)) == data


@pytest.mark.parametrize("mark", [b"\0\0\xfe\xff", b"\xfe\xff"])
def test_big_endian_texts(mark):
    encoding = "utf-32-be" if len(mark) == 4 else "utf-16-be"
    data = mark + "# Café 😀\n".encode(encoding)
    assert shown(read_prose("a.md", data)) == ["heading: Café 😀"]
    assert encode_text(*decode_text("a.md", data)) == data


WESTERN = "Unsere Kunden prüfen Angebote.\nUn café, “déjà vu” – señor’s groß.\n"
TEXTS = {
    "cp1252": (WESTERN, "; it looks like Windows-1252"),
    "latin-1": ("Wir grüßen alle Kunden.\nCafé\n", "; it looks like Windows-1252"),
    "mac_roman": (WESTERN, "; it looks like Mac Roman"),
    "cp1250": ("Żółty łabędź pływał.\nPříliš žluťoučký kůň.\n", "; it looks like Windows-1250"),
    "cp1251": ("Наши клиенты читают это каждый день.\n", "; it looks like Windows-1251"),
    "koi8-r": ("Наши клиенты читают это каждый день.\n", "; it looks like KOI8"),
    "gb18030": ("我们的客户每天都在看。\n", ""),
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_other_encodings_are_refused_with_a_guess(encoding):
    text, guess = TEXTS[encoding]
    with pytest.raises(OnevoiceError) as error:
        read_prose("a.txt", text.encode(encoding))
    assert str(error.value) == f"a.txt:1: this is not UTF-8 text{guess}. Save the file as UTF-8."


def test_a_stray_byte_is_named_by_its_line_and_makes_no_guess():
    with pytest.raises(OnevoiceError, match=r"a.md:2: this is not UTF-8 text\. Save"):
        read_prose("a.md", "Café\n".encode() + b"caf\xe9\n")


@pytest.mark.parametrize("text", ["We utilize it.\n", "Un café\n", "# A\n\nНаши клиенты, каждый день.\n"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_texts_without_a_mark_are_refused(encoding, text):
    with pytest.raises(OnevoiceError, match=f"looks like {encoding[:6].upper()} without a byte order mark"):
        read_prose("a.md", text.encode(encoding))


def test_a_stray_zero_is_read():
    assert shown(read_prose("a.txt", b"We utilize\0 it, and it is a long line.")) != []


@pytest.mark.parametrize("data", [b"a\rb\rc\r", b"a\rb", b"a\rb\rc\n", "é\rb\r".encode("utf-16")])
@pytest.mark.parametrize("path", ["a.md", "a.txt", "a.html", "-"])
def test_line_ends_of_old_macs_are_refused(path, data):
    with pytest.raises(OnevoiceError, match="its lines end with a carriage return alone"):
        read_prose(path, data)


@pytest.mark.parametrize("data", [b"a\r\nb\r\n", b"a\r\r\nb\r\r\n", b"a\rb\nc\n"])
def test_other_line_ends_are_read(data):
    assert shown(read_prose("a.txt", data)) != []


@pytest.mark.parametrize(
    "data", [b"We utilize it \x96 now.\0", b"A ut L'e-mail.\x90\0\0\0", b"ab\0\0\0\0\0\0\0\0", "Наш\0".encode()]
)
def test_a_text_with_words_is_not_taken_for_another_encoding(data):
    """A fix that changes how many letters there are must not make a text unreadable."""
    text = data.decode("utf-8", "replace").encode()
    for more in range(5):
        assert read_prose("a.txt", text + b"." * more).source


@pytest.mark.parametrize("data", [b"#\0", b"a\0b\0", b"\0a\0\n", b"a\0\0\0"])
def test_a_text_without_two_letters_side_by_side_may_be(data):
    with pytest.raises(OnevoiceError, match="without a byte order mark"):
        read_prose("a.txt", data)
