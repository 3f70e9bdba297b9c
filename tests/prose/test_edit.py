"""Words that are changed in place: nothing but the words changes."""

import pytest

from onevoice.prose.edit import Edit, apply_edits, format_markdown_link, make_link_edit, make_replacement, verify_edits
from onevoice.prose.read import resolve_reader

# the file's name, its source, the words to replace (the first time they are seen), the new words, the new source
CASES = [
    ("a.md", "a word here", "word", "term", "a term here"),
    ("a.md", "sign&nbsp;up now", "sign\u00a0up", "register", "register now"),
    ("a.md", "> sign\n> up now", "sign\nup", "register", "> register now"),
    ("a.md", "a **word** here", "word", "C*", "a **C\\*** here"),
    ("a.md", "a word *here*", "word", "C*", "a C\\* *here*"),
    ("a.md", "a word here", "word", "R&D", "a R&D here"),
    ("a.md", "a word here", "word", "&amp;", "a \\&amp; here"),
    ("a.md", "a word here", "word", "<x>", "a \\<x> here"),
    ("a.md", "a word(b)", "word", "[x]", "a \\[x\\](b)"),
    ("a.md", "a word here", "word", "snake_case _x", "a snake_case \\_x here"),
    ("a.md", "a word here", "word", "`x`", "a \\`x\\` here"),
    ("a.md", "a word here", "word", "C#", "a C# here"),
    ("a.md", "word here", "word", "# x", "\\# x here"),
    ("a.md", "word here", "word", "- x", "\\- x here"),
    ("a.md", "word here", "word", "1. x", "1\\. x here"),
    ("a.md", "word here", "word", "24/7", "24/7 here"),
    ("a.md", "- word here", "word", "+ x", "- \\+ x here"),
    ("a.md", "a\nword here", "word", "> x", "a\n\\> x here"),
    ("a.md", "| word | b |\n|--|--|\n", "word", "a|b", "| a\\|b | b |\n|--|--|\n"),
    ("a.md", '[x](y "a word")', "word", '"b" \\', '[x](y "a \\"b\\" \\\\")'),
    ("a.md", "[x](y (a word))", "word", "b)", "[x](y (a b\\)))"),
    ("a.md", "![a word](y)", "word", "b]", "![a b\\]](y)"),
    ("a.md", "[a word](y)", "word", "term", "[a term](y)"),
    ("a.md", "---\ntitle: a word\n---\n", "word", "term", "---\ntitle: a term\n---\n"),
    ("a.md", "---\ntitle: a word\n---\n", "word", "b: c", None),
    ("a.md", "---\ntitle: a word\n---\n", "word", "#b", None),
    ("a.md", "---\ntitle: word\n---\n", "word", "true", None),
    ("a.md", '---\ntitle: "a word"\n---\n', "word", 'b: "c" \\', '---\ntitle: "a b: \\"c\\" \\\\"\n---\n'),
    ("a.md", "---\ntitle: 'a word'\n---\n", "word", "b's", "---\ntitle: 'a b''s'\n---\n"),
    ("a.md", '!!! note "a word"\n    b\n', "word", "term", '!!! note "a term"\n    b\n'),
    ("a.md", "<div>a word</div>\n", "word", "R&D <x>", "<div>a R&amp;D &lt;x&gt;</div>\n"),
    ("a.md", "a word here", "word", "$x$", None),
    ("a.md", "a word here", "word", ":x:", None),
    ("a.md", "a word here", "word", "{{ x }}", "a {\\{ x }} here"),
    ("a.md", "sign **up** now", "sign up", "register", None),
    ("a.md", "a `b` c", "\ufffc", "x", None),
    ("a.html", "<p>a word</p>", "word", "R&D", "<p>a R&amp;D</p>"),
    ("a.html", '<img alt="a word">', "word", '"b"', '<img alt="a &quot;b&quot;">'),
    ("a.html", "<img alt='a word'>", "word", "b's", "<img alt='a b&#39;s'>"),
    ("a.html", "<img alt=word>", "word", "two words", None),
    ("a.txt", "a word here", "word", "*R&D* <x>", "a *R&D* <x> here"),
    ("a.txt", "> sign\n> up now", "sign\nup", "register", "> register now"),
]


def _found(path, source, words):
    for block in resolve_reader(path)(path, source).blocks:
        if words in block.text:
            start = block.text.index(words)
            return block, start, start + len(words)
    raise AssertionError(f"{words!r} is not seen")


@pytest.mark.parametrize(("path", "source", "words", "new", "expected"), CASES)
def test_replaces_words(path, source, words, new, expected):
    edit = make_replacement(source, *_found(path, source, words), new)
    kept = verify_edits(resolve_reader(path)(path, source), [edit]) if edit else []
    assert (apply_edits(source, kept) if kept else None) == expected


def test_an_edit_that_does_more_than_it_says_is_dropped_and_the_others_stay():
    source = "one two\n\nthree four\n\n- five\n"
    good, bold, heading = Edit(0, 3, "eins"), Edit(9, 14, "*drei*", "*drei*"), Edit(22, 26, "fünf\n\n# sechs", "fünf")
    assert verify_edits(resolve_reader("a.md")("a.md", source), [good, bold, heading]) == [good]


def test_edits_that_are_harmful_only_together_are_all_dropped():
    source = "a b c"
    assert verify_edits(resolve_reader("a.md")("a.md", source), [Edit(0, 1, "*a"), Edit(4, 5, "c*")]) == []


def test_an_edit_outside_the_prose_is_dropped():
    assert verify_edits(resolve_reader("a.md")("a.md", "a `b` c"), [Edit(3, 4, "x")]) == []


def test_a_word_that_goes_leaves_the_rest():
    edit = Edit(6, 11, "")
    assert (
        apply_edits("It is very good.", verify_edits(resolve_reader("a.md")("a.md", "It is very good."), [edit]))
        == "It is good."
    )


def test_overlapping_edits_are_refused():
    with pytest.raises(ValueError, match="overlap at offset 1"):
        apply_edits("abc", [Edit(0, 2, "x"), Edit(1, 3, "y")])


@pytest.mark.parametrize(
    ("source", "words", "expected"),
    [
        ("The lead *comes*.", "lead", 'The [lead](/g/lead/ "A \\"warm\\" one") *comes*.'),
        ("# The lead", "lead", None),
        ("[The lead](x)", "lead", None),
        ("![The lead](x)", "lead", None),
        ('[a](x "The lead")', "lead", None),
        ("The **le**ad", "lead", None),
        ("Wow !lead", "lead", None),
        ("Wow \\lead", "lead", None),
        ("- R&amp;D leads", "R&D", '- [R&amp;D](/g/lead/ "A \\"warm\\" one") leads'),
        ("| lead |\n|--|\n", "lead", '| [lead](/g/lead/ "A \\"warm\\" one") |\n|--|\n'),
        ("<p>The lead</p>", "lead", None),
        ("The **lead** b", "lead", 'The **[lead](/g/lead/ "A \\"warm\\" one")** b'),
    ],
)
def test_makes_a_term_a_link_where_a_link_can_stand(source, words, expected):
    edit = make_link_edit(source, *_found("a.md", source, words), "/g/lead/", 'A "warm"\n one')
    kept = verify_edits(resolve_reader("a.md")("a.md", source), [edit]) if edit else []
    assert (apply_edits(source, kept) if kept else None) == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (format_markdown_link("a", "b"), "[a](b)"),
        (format_markdown_link("a", "/b c/(d)"), "[a](/b%20c/%28d%29)"),
        (format_markdown_link("a", "b", "R&D | \\ &amp;"), '[a](b "R&D | \\\\ \\&amp;")'),
        (format_markdown_link("a", "b", "c|d", cell=True), '[a](b "c\\|d")'),
    ],
)
def test_writes_links(made, expected):
    assert made == expected
