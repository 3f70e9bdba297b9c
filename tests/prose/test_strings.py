"""What people read of translations and notebooks."""

import json

import pytest

from onevoice.errors import OnevoiceError
from onevoice.prose.read import read_prose
from prose.shown import shown

CATALOG = r"""# We utilize it.
msgid ""
msgstr ""
"Language: de\n"
"Content-Type: text/plain; charset=UTF-8\n"

#: a.py:1
msgctxt "menu"
msgid "Sign up"
msgstr ""
"Please sign\n"
"up \"now\", %(name)s."

msgid "%d client"
msgid_plural "%d clients"
msgstr[0] "one client"
msgstr[1] "%d clients"

#, fuzzy
msgid "Guess"
msgstr "Guessed"

#~ msgid "Old"
#~ msgstr "Obsolete"

msgid "Untold"
msgstr ""
msgid "Close"
msgstr "Near"
"""
XLIFF = """\
<?xml version="1.0"?>
<xliff version="1.2"><file source-language="en" target-language="de"><body>
<trans-unit id="1"><source>Sign up</source><target state="final">R&amp;D <g id="1">sign</g>
  up<x id="2"/> now<ph id="3">&lt;br&gt;</ph>.</target>
  <alt-trans><target>Suggested.</target></alt-trans><note>A note.</note></trans-unit>
<trans-unit id="2"><source>b</source><target/></trans-unit>
<trans-unit id="3"><source>c</source><target><![CDATA[Plain <words>]]></target></trans-unit>
</body></file></xliff>
"""


def test_gettext():
    prose = read_prose("de.po", CATALOG.encode())
    assert shown(prose) == [
        'paragraph: Please sign¶up "now", ·.', "paragraph: one client", "paragraph: · clients", "paragraph: Near",
    ]  # fmt: skip
    assert prose.meta == {"lang": "de"}
    block = prose.blocks[0]
    first, last = block.map_to_source(7, 14)
    assert prose.source[first:last] == 'sign\\n"\n"up'
    assert not block.is_replaceable(7, 14) and block.is_replaceable(0, 6)


@pytest.mark.parametrize(
    "source", ['msgstr "a', "msgstr", '"', 'msgid "a"\nmsgstr[999999] "b"', 'msgid "a"\nmsgstr "\\']
)
def test_broken_catalogs(source):
    assert read_prose("a.po", source.encode()).source == source


def test_xliff():
    prose = read_prose("de.xlf", XLIFF.encode())
    assert shown(prose) == ["paragraph: R&D sign¶up· now·.", "paragraph: Plain <words>"]
    assert prose.meta == {"lang": "de"}
    second = (
        '<xliff version="2.0" trgLang="fr"><segment><source>a</source><target>Un <pc id="1">mot</pc></target></segment>'
    )
    assert shown(read_prose("a.xliff", second.encode())) == ["paragraph: Un mot"]
    assert read_prose("a.xliff", b"<target>" * 5000 + b"<!--" * 5000).blocks == ()


def make_notebook(*cells):
    return json.dumps({"cells": [{"cell_type": kind, "source": source} for kind, source in cells]}).encode()


def test_notebooks():
    prose = read_prose("a.ipynb", make_notebook(
        ("markdown", ["# Title\n", "\n", "Please *sign*\n", "up. `code`\n", "```\n"]),
        ("code", "utilize = 1"), ("markdown", "<!-- vale off -->\n\nMore."),
    ))  # fmt: skip
    assert shown(prose) == ["heading: Title", "paragraph: Please sign¶up. ·", "paragraph: More."]
    assert prose.places[3] == "cell 1, line 4" and prose.places[-1] == "cell 3, line 3"
    first, last = prose.blocks[2].map_to_source(0, 4)
    assert prose.source[first:last] == "More" and len(prose.places) == prose.source.count("\n")
    assert [prose.source[one.start : one.end] for one in prose.comments] == ["<!-- vale off -->"]


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"cells": [1]}', b"[" * 100_000, b'{"cells": {"a": 1}}'])
def test_what_is_no_notebook(data):
    with pytest.raises(OnevoiceError, match="not a notebook"):
        read_prose("a.ipynb", data)
