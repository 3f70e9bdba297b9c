"""What people read of reStructuredText and AsciiDoc: all but code, and what machines read."""

import pytest

from onevoice.prose.read import read_prose
from prose.shown import shown

RST = """\
.. _start:
.. |logo| image:: logo.png

=========
Our *plan*
=========

:Author: Mara

Please **sign**
up `here <https://x.example>`_ with ``code`` and :func:`run`, see :doc:`the guide <guide>`. |logo|

* One
* Two
  goes on

1. First

   .. code-block:: python
      :caption: Utilize

      utilize = 1

   Still first.

Example::

    utilize = 2

After it.

.. note:: We mind
   this.

   And this.

.. figure:: a.png
   :alt: A picture
   :width: 3

   The caption.

.. epigraph::

   We utilize it.

.. vale off
.. toctree::
   :maxdepth: 2

   utilize

Sub
---

>>> utilize
3

+------+-------+
| Cell | Other |
+======+=======+
| c    | d     |
+------+-------+

Last.
"""
RST_SHOWN = [
    "heading: Our *plan*", "paragraph: Mara",
    "paragraph: Please sign¶up [here] with · and ·, see the guide. ·",
    "item: One", "item: Two¶goes on", "item: First", "paragraph: Still first.",
    "paragraph: Example:", "paragraph: After it.",
    "paragraph: We mind¶this.", "paragraph: And this.", "alt: A picture", "paragraph: The caption.",
    "> paragraph: We utilize it.", "heading: Sub",
    "cell: Cell", "cell: Other", "cell: c", "cell: d", "paragraph: Last.",
]  # fmt: skip
ASCIIDOC = """\
= Our plan
:toc: left
:utilize: x

// vale off
[[start]]
== A *section*

Please *sign*
up https://x.example[here^] with `code`, {utilize} and <<start,this part>>. See xref:a.adoc[]. +
More footnote:[A note.].

.A title
* One
** Two
- [x] Three

[source,ruby]
----
utilize = 1
----

[source]
utilize = 2

 utilize = 3

....
utilize
....

NOTE: We mind.

[quote, Somebody]
____
We utilize it.
____

====
In an example.
====

image::a.png[A picture, 300]
include::utilize.adoc[]

Term:: What it is

|===
| Cell | Other

a| c
| d
|===

////
utilize
////
Last.
"""
ASCIIDOC_SHOWN = [
    "heading: Our plan", "heading: A section",
    "paragraph: Please sign¶up [here] with ·, · and [this part]. See ·.¶More A note.].",
    "title: A title", "item: One", "item: Two", "item: Three", "paragraph: We mind.", "> paragraph: We utilize it.",
    "paragraph: In an example.", "alt: A picture", "item: Term", "item: What it is",
    "cell: Cell", "cell: Other", "cell: c", "cell: d", "paragraph: Last.",
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "source", "blocks"), [("a.rst", RST, RST_SHOWN), ("a.adoc", ASCIIDOC, ASCIIDOC_SHOWN)]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_shows(path, source, blocks, end):
    assert shown(read_prose(path, source.replace("\n", end).encode())) == blocks


def test_terms_and_what_they_mean():
    source = b"client\n  Who uses\n  it.\n\n:Field: one\n  two\n\n* item\n  goes on\n\n  Plain\n  text.\n"
    assert shown(read_prose("a.rst", source)) == [
        "paragraph: client", "paragraph: Who uses\xb6it.", "paragraph: one\xb6two", "item: item\xb6goes on",
        "paragraph: Plain\xb6text.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "source", "comments"), [("a.rst", RST, ["vale off"]), ("a.adoc", ASCIIDOC, ["vale off", "utilize"])]
)
def test_comments_and_places(path, source, comments):
    prose = read_prose(path, source.encode())
    assert [comment.text for comment in prose.comments] == comments
    block = next(block for block in prose.blocks if "sign\nup" in block.text)
    at = block.text.index("sign\nup")
    first, last = block.map_to_source(at, at + 7)
    assert prose.source[first:last] in ("sign**\nup", "sign*\nup")


def test_a_title_is_not_changed_as_the_line_below_is_as_long():
    block = read_prose("a.rst", b"Client\n======\n").blocks[0]
    assert (block.kind, block.is_replaceable(0, 6)) == ("heading", False)
    assert read_prose("a.adoc", b"== Client\n").blocks[0].is_replaceable(0, 6)


@pytest.mark.parametrize("path", ["a.rst", "a.adoc", "a.po", "a.xlf", "a.srt", "a.vtt"])
@pytest.mark.parametrize(
    "source",
    ["", "\n", "..", "::", "`", "`a <b", "|", "+-", "==\n", "[", "|===\n|", "----", "//", "<<a", "a::\n", "\ufeff= a",
     "\x00\x85"],
)  # fmt: skip
def test_odd_texts_are_read(path, source):
    prose = read_prose(path, source.encode())
    for block in prose.blocks:
        assert block.map_to_source(0, len(block.text))
