"""Word lists as text, as Excel, LibreOffice and people write them."""

import pytest

from onevoice.errors import OnevoiceError
from onevoice.exchange.entry import Settings, Source
from onevoice.exchange.formats import load_word_formats, recognize_format


def read(text, name="words.csv", encoding="utf-8", **settings):
    source = Source(name, {name: text.encode(encoding) if isinstance(text, str) else text})
    assert recognize_format(source) == "csv"
    return load_word_formats()["csv"].read(source, Settings(**settings))


def fields(reading):
    return [entry.fields for entry in reading.entries]


CUSTOMER = [{"preferred": "customer", "avoid": ["client", "buyer"]}]


@pytest.mark.parametrize(
    "text",
    [
        "Use,Don't use\ncustomer,client; buyer\n",
        "\ufeffUse,Don't use\r\ncustomer,client; buyer\r\n",
        "Use,Don’t use\rcustomer,client; buyer\r",
        "Use\tAvoid\ncustomer\tclient; buyer\n",
        "Use|Avoid\ncustomer|client; buyer\n",
        'Use;Avoid\ncustomer;"client; buyer"\n',
        'Use,Avoid\ncustomer,"""client"", ""buyer"""\n',
        'Use,Avoid\ncustomer,"client\nbuyer"\n',
        'Use,Avoid\ncustomer,"• client\n• buyer"\n',
        "Use,Avoid,,,\ncustomer,client; buyer,,,\n,,,,\n,,,,\n",
        "sep=;\nUse;Avoid\ncustomer;client / buyer\n",
        "Our words,\nas of May,\n\nUse,Avoid\ncustomer,client; buyer\n",
        "Use,Avoid\ncustomer,client\ncustomer,buyer\n",
        "Use,Avoid\ncustomer,client\n,buyer\n",
        "Use,Avoid\n“customer”,«client»; \xa0buyer\n",
        "No.,Use,Avoid\n1,customer,client; buyer\n",
        "Begriff;Nicht verwenden\ncustomer;client | buyer\n",
        "Terme;À éviter\ncustomer;client | buyer\n",
        "Término;Evitar\ncustomer;client | buyer\n",
        "用語;使わない\ncustomer;client | buyer\n",
        "Term,Use instead\nclient,customer\nbuyer,customer\n",
        "ID,Term,Status\n7,client,forbidden\n7,customer,preferred\n7,buyer,Deprecated\n",
    ],
)
def test_one_concept_however_it_is_written(text):
    assert fields(read(text)) == CUSTOMER


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_encodings(encoding):
    text = "Begriff;Nicht verwenden\nGröße;Ausmaß\n"
    assert fields(read(text, encoding=encoding)) == [{"preferred": "Größe", "avoid": ["Ausmaß"]}]


def test_places_are_lines_of_the_file():
    text = 'Use,Avoid\n\n"one\ntwo",client\nthree,n/a\n,-\n'
    reading = read(text)
    assert [entry.place for entry in reading.entries] == ["words.csv:3", "words.csv:5"]
    assert [one.place for one in reading.omissions] == ["words.csv:6"]
    assert reading.total == 3


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Use,Avoid\n\x00\x00", "isn't text"),
        (b"Use,Avoid\n\x81\x8d", "encoding"),
        (b'Use,Avoid\n"' + b"a\n" * 300, "never closed"),
        (b"Use,Avoid\n" + b"a" * 200_000, "too long"),
        (b"Use,Avoid\n" + b"\n" * 510_000, "more lines"),
        (b"x" * (17 * 2**20), "Split it"),
        (b"Use,Avoid\n" + (b"w;" + b"a/" * 40_000 + b"\n") * 25, "larger than any word list"),
        (b"", "no column"),
    ],
)
def test_what_is_no_word_list_is_refused(data, words):
    with pytest.raises(OnevoiceError, match=r"^words\.csv") as error:
        read(data)
    assert words in str(error.value)
