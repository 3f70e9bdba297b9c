"""What a reader of a Markdown document sees, construct by construct."""

import pytest

from onevoice.prose import markdown
from prose.shown import shown

# id, source, the blocks: "kind: text", "> " before it where it is quoted, · for an object, ¶ for a line break.
CASES = [
    ("paragraphs", "One.\n\nTwo.", ["paragraph: One.", "paragraph: Two."]),
    ("soft break", "sign\nup", ["paragraph: sign¶up"]),
    ("soft break with spaces", "sign   \t\n   up", ["paragraph: sign¶up"]),
    ("hard break by spaces", "sign  \nup", ["paragraph: sign¶up"]),
    ("hard break by a backslash", "sign\\\nup", ["paragraph: sign¶up"]),
    ("line ends of Windows", "sign\r\nup\r\n\r\nTwo", ["paragraph: sign¶up", "paragraph: Two"]),
    ("entities", "a&nbsp;b &amp; &#8217; &unknown;", ["paragraph: a\u00a0b & ’ &unknown;"]),
    ("escapes", "\\*a\\* b\\\\c \\&amp;", ["paragraph: *a* b\\c &amp;"]),
    ("emphasis", "a **b** _c_ ~~d~~ ***e***", ["paragraph: a b c d e"]),
    ("code", "a `b` c ``d`e`` f", ["paragraph: a · c · f"]),
    ("nothing but code", "`a` `b`", []),
    ("fences", "```py\na\n```\n\n~~~\nb\n~~~\n\nc", ["paragraph: c"]),
    ("a fence without an end", "a\n\n```\nb", ["paragraph: a"]),
    ("indented code", "a\n\n    b\n\nc", ["paragraph: a", "paragraph: c"]),
    ("mermaid", "```mermaid\ngraph LR; a --> b\n```\n", []),
    ("headings", "# A\n## B ##\nC\n===\nD\n---\n", ["heading: A", "heading: B", "heading: C", "heading: D"]),
    ("a heading that ends in a sharp", "# Use C#", ["heading: Use C#"]),
    ("lists", "- a\n- b\n  c\n\n1. d\n   - e\n", ["item: a", "item: b¶c", "item: d", "item: e"]),
    ("a loose list", "- a\n\n  b\n- c\n", ["item: a", "item: b", "item: c"]),
    ("tasks", "- [ ] a\n- [x] b\n", ["item: a", "item: b"]),
    ("quotation", "> a\n> b\n\nc", ["> paragraph: a¶b", "paragraph: c"]),
    ("quotation that goes on lazily", "> a\nb", ["> paragraph: a¶b"]),
    ("quotation in a quotation", "> > a\n>\n> b\n", ["> paragraph: a", "> paragraph: b"]),
    ("list in a quotation", "> - a\n>   b\n", ["> item: a¶b"]),
    ("alert is no quotation", "> [!NOTE]\n> a\n", ["paragraph: a"]),
    ("table", "| a | **b** |\n|---|---|\n| c \\| d | `e` |\n", ["cell: a", "cell: b", "cell: c | d"]),
    ("code with a bar in a table", "| a | b |\n|---|---|\n| `x|y` | c |\n", ["cell: a", "cell: b", "cell: c"]),
    ("macro with a bar in a table", "| a | b |\n|---|---|\n| {{ x | y }} | c |\n", ["cell: a", "cell: b", "cell: c"]),
    ("definition list", "A\n:   b\n    c\n\n:   d\n", ["item: A", "item: b¶c", "item: d"]),
    ("footnote", "a[^1] b\n\n[^1]: c\n    d\n\n    e\n", ["paragraph: a b", "paragraph: c¶d", "paragraph: e"]),
    ("link", "a [b *c*](d) e", ["paragraph: a [b c] e"]),
    ("link over a line break", "[a\nb](c)", ["paragraph: [a¶b]"]),
    ("bare links", "<https://a.b> <c@d.ef> g", ["paragraph: · · g"]),
    ("title of a link", '[a](b "c &amp; \\"d\\"")', ["paragraph: [a]", 'title: c & "d"']),
    ("title in apostrophes", "[a](b 'c \"d\"')", ["paragraph: [a]", 'title: c "d"']),
    ("title in parentheses", "[a](<b c> (d \\) e))", ["paragraph: [a]", "title: d ) e"]),
    ("title on two lines", '[a](b "c\nd")', ["paragraph: [a]", "title: c¶d"]),
    ("reference", "[a][b]\n\n[b]: /c 'd'\n", ["paragraph: [a]", "title: d"]),
    ("reference in a quotation", '[b]\n\n> [b]: /c\n>    "d"\n', ["paragraph: [b]", "title: d"]),
    ("picture", '![a *b*](c "d")', ["alt: a b", "title: d"]),
    ("picture in words", "a ![b](c) d", ["paragraph: a · d", "alt: b"]),
    ("picture in a link", '[![a](b "c")](d "e")', ["alt: a", "title: c", "title: e"]),
    ("inline HTML", "a <b>c</b> <abbr title='e'>d</abbr>", ["paragraph: a c d", "title: e"]),
    ("inline HTML code", "a <code>b *c*</code> <kbd>d</kbd> e", ["paragraph: a · · e"]),
    ("inline HTML without an end", "a <code>b\n\nc", ["paragraph: a ·", "paragraph: c"]),
    ("inline HTML quotation", "a <q>b</q> c", ["paragraph: a «b» c"]),
    ("inline HTML link", "a <a href='x'>b</a> c", ["paragraph: a [b] c"]),
    ("blocks in a line", "| a<ul><li>b<li>c</ul> |\n|-|\n", ["cell: a", "cell: b", "cell: c"]),
    ("a block in a link", "a [b<p>c</p>d](e) f", ["paragraph: a [b]", "paragraph: [c]", "paragraph: [d] f"]),
    ("inline HTML break", "a<br>b<br/>c", ["paragraph: a¶b¶c"]),
    ("inline HTML picture", 'a <img src="x" alt="b &amp; c">', ["paragraph: a ·", "alt: b & c"]),
    ("HTML block", "<div>\n  a <b>b</b>\n  c\n</div>\n\nd", ["paragraph: a b¶c", "paragraph: d"]),
    ("HTML block in a quotation", "> <div>\n> a\n> b\n> </div>\n", ["> paragraph: a¶b"]),
    ("HTML block with a script", "<script>\nvar a\n\nvar b\n</script>\n\nc", ["paragraph: c"]),
    ("HTML block with code", "<pre>\na\n\nb</pre>\n", []),
    ("HTML quotation around Markdown", "<blockquote>\n\na\n\n</blockquote>\n\nb", ["> paragraph: a", "paragraph: b"]),
    ("HTML details", "<details>\n<summary>a</summary>\n\nb\n\n</details>\n", ["paragraph: a", "paragraph: b"]),
    ("Markdown in HTML", '<div class="x" markdown>\n**a**\n\n- b\n\n</div>\n', ["paragraph: a", "item: b"]),
    ("comments", "a <!-- b --> c\n\n<!--\nd\n\ne\n-->\n\nf", ["paragraph: a  c", "paragraph: f"]),
    ("admonition", '!!! note "A `b`"\n    c\n\n    - d\n\ne',
     ["title: A ·", "paragraph: c", "item: d", "paragraph: e"]),
    ("admonition without a title", "!!! warning\n\n    a\n    b\n", ["paragraph: a¶b"]),
    ("admonition at the side", '!!! info inline end "A"\n    b\n', ["title: A", "paragraph: b"]),
    ("admonition right after words", "a\n!!! note\n    b\n", ["paragraph: a", "paragraph: b"]),
    ("admonition in a list", '1. a\n\n    !!! note "B"\n\n        c\n', ["item: a", "title: B", "item: c"]),
    ("admonition in a quotation", '> !!! note "A"\n>     b\n', ["> title: A", "> paragraph: b"]),
    ("details", '??? note "A"\n    b\n\n???+ "C"\n    d\n', ["title: A", "paragraph: b", "title: C", "paragraph: d"]),
    ("details in an admonition", "!!! note\n    ??? tip\n        a\n\n    b\n", ["paragraph: a", "paragraph: b"]),
    ("tabs", '=== "A"\n\n    b\n\n===+ "C"\n    d\n', ["title: A", "paragraph: b", "title: C", "paragraph: d"]),
    ("code in a tab", '=== "A"\n\n    ```\n    b\n    ```\n\n        c\n', ["title: A"]),
    ("code about admonitions", '```\n!!! note "A"\n=== "B"\n```\n', []),
    ("title in quotation marks", '!!! note "A "b" c"\n    d\n', ['title: A "b" c', "paragraph: d"]),
    ("attribute lists", "# A { #b .c }\n\nd\n{: .e }\n\n[f](g){ .h target=_blank }\n",
     ["heading: A", "paragraph: d", "paragraph: [f]"]),
    ("attribute list after emphasis", "_a_{ .b } **c**{: #d }", ["paragraph: a c"]),
    ("anchor without words", "[](){#a} b", ["paragraph: b"]),
    ("braces that are words", "Dear {first name}, {a b}", ["paragraph: Dear {first name}, {a b}"]),
    ("names that programs fill in", "Dear {first_name} of ${a.b}, #{c}", ["paragraph: Dear · of ·, ·"]),
    ("icons", ":material-a-b: c :smile: :+1: 10:30:45", ["paragraph: · c · · 10:30:45"]),
    ("keys", 'Press ++ctrl+alt+del++ or ++"a b"++; i++ and ++i, C++', ["paragraph: Press · or ·; i++ and ++i, C++"]),
    ("grid", '<div class="grid cards" markdown>\n\n-   :a-b:{ .lg } **C**\n\n    ---\n\n    d\n\n</div>\n',
     ["item: · C", "item: d"]),
    ("abbreviation", "The A.\n\n*[A]: b c\n*[D]: e\n", ["paragraph: The A.", "title: b c", "title: e"]),
    ("snippet", 'a\n\n--8<-- "b.md"\n\n--8<--\nc.md\nd.md\n--8<--\n', ["paragraph: a"]),
    ("editors' marks", "a {==b==}{>>c<<} {++d++} {--e--} {~~f~>g~~} h", ["paragraph: a b d  g h"]),
    ("formula", "a $b$ c $$d$$ e", ["paragraph: a · c · e"]),
    ("formula on its own lines", "a\n\n$$\nb\nc\n$$\n\nd", ["paragraph: a", "paragraph: d"]),
    ("prices", "from $5 to $6, US$7 or 8$, $5 for us and 6$",
     ["paragraph: from $5 to $6, US$7 or 8$, $5 for us and 6$"]),
    ("prices in a table", "| a | b |\n|---|---|\n| $5 | 6$ |\n", ["cell: a", "cell: b", "cell: $5", "cell: 6$"]),
    ("macros", "a {{ b }} {% if c %} d {% endif %} {# e #} f", ["paragraph: a · · d · · f"]),
    ("macro on two lines", "a {{ b(\n  c) }} d", ["paragraph: a ·¶· d"]),
    ("macro signs in code", "`{{` a `}}`", ["paragraph: · a ·"]),
    ("macro in a link", "[a]({{ b }}) [{{ c }}](d)", ["paragraph: [a] [·]"]),
    ("shortcodes", '{{< box >}}\na\n{{< /box >}}\n', ["paragraph: ·¶a¶·"]),
    ("blocks with slashes", "/// note | A\n    open: true\n\nb\n///\n", ["title: A", "paragraph: b"]),
    ("caption", "/// caption\na\n///\n", ["paragraph: a"]),
    ("directive", ":::tip A\nb\n:::\n", ["paragraph: · A¶b¶·"]),
    ("generated reference", "::: a.b\n    options:\n      c: d\n\ne", ["paragraph: e"]),
    ("table of contents", "[TOC]\n\na", ["paragraph: a"]),
    ("characters that no text has", "a\x00b\ufdd0c\ufdd1d", ["paragraph: a·b·c·d"]),
    ("wide characters", "😀 é **日本** a&amp;b", ["paragraph: 😀 é 日本 a&b"]),
    ("byte order mark", "\ufeff# A", ["heading: A"]),
    ("nothing", "", []),
    ("two rules", "---\n\n# A\n\n---\n", ["heading: A"]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "blocks"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_shows(source, blocks):
    assert shown(markdown.read("a.md", source)) == blocks


@pytest.mark.parametrize(
    ("source", "comments"),
    [
        ("a <!-- b --> c", [(2, 12, "b")]),
        ("<!-- a --><!-- b -->\n<!-- c\nd -->", [(0, 10, "a"), (10, 20, "b"), (21, 33, "c\nd")]),
        ("> <!-- a -->\n> b", [(2, 12, "a")]),
        ("`<!-- a -->`\n\n```\n<!-- b -->\n```\n", []),
        ("<!-- {{ a }} -->", [(0, 16, "{{ a }}")]),
        ("---\ntitle: x\n---\n<!-- a -->", [(17, 27, "a")]),
    ],
)
def test_collects_comments_but_not_those_in_code(source, comments):
    found = markdown.read("a.md", source).comments
    assert [(comment.start, comment.end, comment.text) for comment in found] == comments


@pytest.mark.parametrize(
    ("source", "words", "place", "plain"),
    [
        ("Please sign\nup now", "sign\nup", "sign\nup", True),
        ("> they sign\n> up", "sign\nup", "sign\n> up", True),
        ("- sign\r\n  up", "sign\nup", "sign\r\n  up", True),
        ("sign&nbsp;up", "sign\u00a0up", "sign&nbsp;up", True),
        ("a R&amp;D", "R&D", "R&amp;D", True),
        ("a \\*b", "*b", "\\*b", True),
        ("sign  \nup", "sign\nup", "sign  \nup", False),
        ("sign **up** now", "sign up", "sign **up", False),
        ("a **sign up** now", "sign up", "sign up", True),
        ("[sign](x.md) up", "sign up", "sign](x.md) up", False),
        ("**sign**\nup", "sign\nup", "sign**\nup", False),
        ("sign[^1] up\n\n[^1]: b", "sign up", "sign[^1] up", False),
        ("sign <!-- x -->up", "sign up", "sign <!-- x -->up", False),
        ("😀😀 é sign up", "sign up", "sign up", True),
        ("sign{: .a } up", "sign up", "sign{: .a } up", False),
    ],
)
def test_knows_where_words_stand_and_whether_a_fix_may_replace_them(source, words, place, plain):
    block = markdown.read("a.md", source).blocks[0]
    start = block.text.index(words)
    first, last = block.map_to_source(start, start + len(words))
    assert (source[first:last], block.is_replaceable(start, start + len(words))) == (place, plain)


def test_counts_lines_and_columns_from_one_without_the_byte_order_mark():
    prose = markdown.read("a.md", "\ufeff😀 one\r\n\r\ntwo\r\n")
    one, two = (prose.locate_span(*block.map_to_source(len(block.text) - 3, len(block.text))) for block in prose.blocks)
    assert (one.line, one.column, one.end_column, two.line, two.column) == (1, 3, 6, 3, 1)


def test_mdx_has_modules_and_its_own_comments():
    source = "import A from 'b'\nexport const c = 1\n\n# D\n\n{/* e */}\n\nf {/* g\nh */} <A i='j'>k</A>\n"
    prose = markdown.read("a.mdx", source)
    assert shown(prose) == ["heading: D", "paragraph: f¶k"]
    assert [comment.text for comment in prose.comments] == ["e", "g\nh"]


def test_vale_is_shown_the_prose_of_myst_where_it_is():
    from onevoice.prose.formats.markdown import prepare_for_vale

    source = "```{note} Our *title*\n:class: x\n\nWords.\n```\n\n```{code-cell}\nx = 1\n```\n"
    shown = prepare_for_vale("page.myst", source)
    assert len(shown) == len(source)
    assert shown.split("\n")[0] == "#         Our *title*"
    assert shown.split("\n")[3:] == ["Words.", "   ", "", "```{code-cell}", "x = 1", "```", ""]
    assert prepare_for_vale("page.md", source) == source
