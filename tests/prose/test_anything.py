"""Whatever the document is made of: it is read, and every block knows where it stands."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onevoice.prose import html, markdown, text
from onevoice.prose.edit import Edit, apply_edits, verify_edits

_SIGNS = [
    *(
        '!!! note "',
        "??? x\n",
        '=== "t"\n',
        "    ",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "# ",
        "```",
        "`",
        "~~~",
        "*",
        "**",
        "_",
    ),
    *("[", "](", "x.md", ")", ' "t")', "![", "<", ">", "</", "div", "code", "q", 'a href="x"', 'img alt="', "'", '"'),
    *(
        "<!--",
        "-->",
        "&amp;",
        "&nbsp;",
        "&#0;",
        "\\",
        "\r\n",
        "\r",
        "\t",
        "😀",
        "é",
        "\ufeff",
        "\0",
        "\ufdd0",
        "\ufdd1",
    ),
    *(
        "{",
        "}",
        "{: .x }",
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "$",
        "$$",
        ":a:",
        "++a++",
        "{++",
        "++}",
        "{--",
        "--}",
        "{==",
    ),
    *(
        "==}",
        "{~~",
        "~>",
        "---\n",
        "title: ",
        "sign up",
        "word",
        " ",
        "*[A]: b",
        "[^1]",
        "[^1]: n",
        "[r]: /x 't'",
        "--8<--",
    ),
    *(
        "///",
        ":::",
        ": d",
        "- [ ] ",
        "<script>",
        "</script>",
        "<pre>",
        "</pre>",
        "<blockquote>",
        "<svg>",
        "\u2028",
        "\x0c",
    ),
    *("<br>", "<kbd>", "</kbd>", "<![CDATA[", "<?php", "<div markdown>", "|", "|--|\n"),
]
documents = st.lists(st.sampled_from(_SIGNS) | st.text(max_size=3), max_size=25).map("".join)
readers = pytest.mark.parametrize("read", [markdown.read, html.read, text.read], ids=["markdown", "html", "text"])


@readers
@given(document=documents)
@example(document='---\ntitle: \'a\n---\n> {{ b\n> }} <code>![c</code>](d "e")')
def test_every_block_knows_where_it_stands(read, document):
    prose = read("a", document)
    before = 0
    for block in prose.blocks:
        assert block.start >= before
        before = block.start
        place = at = 0
        for piece, following in zip(block.pieces, [*block.pieces[1:], None], strict=True):
            length = (following.at if following else len(block.text)) - piece.at
            assert piece.at == at
            assert place <= piece.start <= piece.end <= len(prose.source)
            assert length or not piece.plain
            if piece.verbatim:
                assert prose.source[piece.start : piece.end] == block.text[at : at + length]
            at, place = at + length, piece.end
        assert all(0 <= start < end <= len(block.text) for start, end in block.links + block.quotes)
    for comment in prose.comments:
        assert prose.source.startswith("<!--", comment.start)


@readers
@given(document=documents)
def test_the_same_document_gives_the_same_prose(read, document):
    assert read("a", document) == read("a", document)


@given(document=documents, words=st.sampled_from(["term", "R&D", "*", "a b"]))
@example(document="\ufeff\ufeffa word", words="term")
def test_verified_edits_change_their_words_only(document, words):
    prose = markdown.read("a.md", document)
    edits, last = [], -1
    for block in prose.blocks:
        start = block.text.find("word")
        if start >= 0 and block.is_replaceable(start, start + 4):
            first, end = block.map_to_source(start, start + 4)
            if first >= last:
                edits.append(Edit(first, end, words))
                last = end
    kept = verify_edits(prose, edits)
    after = markdown.read("a.md", apply_edits(prose.source, kept))
    places = {edit.start for edit in kept}
    expected = [
        block.text.replace("word", words, 1) if _starts(block, places) else block.text for block in prose.blocks
    ]
    assert [one.text.split() for one in after.blocks] == [one.split() for one in expected]


def _starts(block, places):
    at = block.text.find("word")
    return at >= 0 and block.map_to_source(at, at + 4)[0] in places
