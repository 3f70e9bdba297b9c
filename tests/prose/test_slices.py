"""What is read of a part of a page is what is read of all of it."""

import dataclasses
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbooks import ROOT
from onevoice.errors import OnevoiceError
from onevoice.prose import markdown
from onevoice.prose.read import decode_document
from onevoice.prose.slices import find_slices
from rounds import choose_count

CORPORA = ROOT.parent / "shared" / "data" / "corpora"

BITS = [
    "word", "Word", "a", "é", "客户", " ", " ", "  ", "\n", "\n", "\n\n", "\n\n", "\n\n", "\n\n\n", "\n \n", "\t",
    "\n\n    ", "\n\n  ", "\n- ", "\n\n- ", "\n\n* ", "\n\n1. ", "\n\n2) ", "\n   ", "\n> ", "\n\n> ", "\n> > ",
    "> [!tip]\n",
    "\n# ", "\n\n## ", "\n===\n", "\n---\n", "\n\n***\n", "\n| a | b |\n|--|--|\n| c | d |\n", "\n| ", " | ",
    "\n: ", "\n\n: ", "\n\n  : ", "*", "**", "_", "`", "``", "[", "](x)", "](y 't')", "![", "](#word)", "[word]",
    "[word]: x 't'\n",
    "\n[^1]: ", "[^1]", "<b>", "</b>", "<div>", "\n\n<div>\n", "</div>", "\n<p title='t'>", "<br>", "<li>", "<td>",
    "<a href=x>", "</a>",
    "<q>", "</q>", "<code>", "</code>", "<div hidden>", "<div markdown>", "\n\n<div markdown>\n", "<blockquote>",
    "</blockquote>",
    "\n<blockquote>\n", "<!-- x -->", "<!--", "-->", "<pre>", "</pre>", "\n```\n", "\n\n```a\n", "\n~~~\n", "{{", "}}",
    "{{ x }}", "{{< x >}}", "{% x %}", "{% comment %}", "{% endcomment %}", "{#", "#}", "{# x #}", "{.x}", "{: .x}",
    "{++", "++}", "%%", "<%", "%>", "[%", "%]", "$$", "$$\n", "$", "\\(", "\\)", "\n\\[\n", "\n\\]\n", "\\", "&amp;",
    "&", "!!! note\n    ", '\n\n!!! note "T"\n\n    ', '\n\n=== "T"\n\n    ', "\n??? a\n", "\n/// a | T\n", "\n///\n",
    "\n:::", ":x:", "\n*[A]: b\n", "[[", "]]", "[[x|y]]", "--8<--", "\n--8<--\n", "\r\n", "\r", "\x0b", "\x0c", "\x00",
    "\u2028", "\u00a0", "\ufdd0", "++a++", "[w](#b)", "[w](#a)", "\n\n# a\n\n",
    "\n===\n", "<h2>a</h2>", "<br hidden>", "{{< x markdown >}}", "~~", "'", '"', "---\ntitle: x\n---\n", "- [ ] ",
]  # fmt: skip
CALM = [bit for bit in BITS if find_slices(f"a{bit}b", 0, [(0, 1)]) is not None]


def describe_block(block, source):
    """All of a block, but for blank lines behind code that nothing closes: they may be in it or not."""
    last = block.pieces[-1]
    end = last.start + len(source[last.start : last.end].rstrip())
    return dataclasses.replace(block, pieces=(*block.pieces[:-1], last._replace(end=end)))


def assert_parts_read_alike(source, chance, path="page.md"):
    """Whether a part of the source is read alone as in all of it; whether it could be divided at all."""
    if not source:
        return False
    whole = markdown.read(path, source)
    starts = sorted(chance.randrange(len(source)) for _ in range(chance.randrange(1, 4)))
    places = [(start, start + 1) for start in dict.fromkeys(starts)]
    found = markdown.read(path, source, places)
    read = [describe_block(block, source) for block in found.blocks]
    wanted = [
        describe_block(block, source)
        for block in whole.blocks
        if any(block.pieces[0].start <= start < block.pieces[-1].end for start, _ in places)
    ]
    assert not [block for block in wanted if block not in read], (source, places)
    assert list(found.blocks) == sorted(found.blocks, key=lambda block: block.start)
    return markdown._read_slices(path, source, places) is not None


@given(st.lists(st.sampled_from(BITS), max_size=30).map("".join), st.randoms(use_true_random=False))
def test_parts_of_any_markdown_are_read_as_in_the_whole(source, chance):
    assert_parts_read_alike(source, chance)


@given(st.lists(st.sampled_from(CALM), max_size=40).map("".join), st.randoms(use_true_random=False))
def test_parts_of_markdown_that_can_be_divided_are_read_as_in_the_whole(source, chance):
    assert_parts_read_alike(source, chance)


@pytest.mark.rounds
def test_parts_of_many_random_pages_are_read_as_in_the_whole():
    chance = random.Random(2026)
    divided = 0
    for number in range(choose_count(4_000, 100_000)):
        bits = BITS if number % 4 == 0 else CALM
        source = "".join(chance.choices(bits, k=chance.randrange(2, 50)))
        divided += assert_parts_read_alike(source, chance)
    assert divided * 2 > choose_count(4_000, 100_000)


def list_corpora():
    return sorted(path for path in CORPORA.iterdir() if path.is_dir()) if CORPORA.is_dir() else []


@pytest.mark.skipif(not list_corpora(), reason="no corpora of other companies on this machine")
@pytest.mark.parametrize("corpus", list_corpora(), ids=lambda path: path.name)
def test_parts_of_pages_of_others_are_read_as_in_the_whole(corpus):
    chance = random.Random(2026)
    files = sorted(path for path in corpus.rglob("*.md") if path.is_file())
    for path in files[:: max(1, len(files) // choose_count(100, 5_000))]:
        try:
            source = decode_document(path.name, path.read_bytes())
        except OnevoiceError:
            continue
        assert_parts_read_alike(source, chance, path.name)


def test_only_the_paragraphs_around_the_places_are_parts():
    source = "---\ntitle: x\n---\n\nOne.\n\n- two\n\n  three\n\nFour.\n\nFive.\n"
    assert [source[slice(*part)] for part in find_slices(source, 17, [(source.index("three"), 35)])] == [
        "- two\n\n  three\n\n"
    ]
    assert find_slices(source, 17, []) == []
    places = [(source.index(word), source.index(word) + 1) for word in ("One", "Five")]
    assert [source[slice(*part)] for part in find_slices(source, 17, places)] == ["One.\n\n", "Five.\n"]


@pytest.mark.parametrize(
    ("tags", "is_divided"),
    [
        ("<a href='x' title=\"y\">b</a>\n\n" * 60, True),
        ("{{< x >}}\n\n" * 120, True),
        ("<a href='x\n\n" * 120, False),
    ],
)
def test_only_many_tags_that_nothing_ends_keep_a_page_whole(tags, is_divided):
    assert (find_slices(f"{tags}lead\n\nx", 0, [(len(tags), len(tags) + 4)]) is not None) == is_divided
