"""What a reader of an HTML page sees."""

import pytest

from onevoice.prose import html
from prose.shown import shown

CASES = [
    ("page", "<!DOCTYPE html><html><head><title>A</title></head><body><h1>B</h1><p>c</p></body></html>",
     ["title: A", "heading: B", "paragraph: c"]),
    ("inline elements", "<p>a <b>b</b><i>c</i> <span>d</span></p>", ["paragraph: a bc d"]),
    ("block elements", "<div>a<div>b</div>c</div><section>d</section>",
     ["paragraph: a", "paragraph: b", "paragraph: c", "paragraph: d"]),
    ("lists", "<ul><li>a<li>b</ul>c", ["item: a", "item: b", "paragraph: c"]),
    ("table", "<table><tr><th>a<td>b</tr></table>", ["cell: a", "cell: b"]),
    ("white space", "<p>\n  a\n  b\n</p>", ["paragraph: a¶b"]),
    ("entities", "<p>R&amp;D R&D &lt;x&gt; &#8217; &nosuch;</p>", ["paragraph: R&D R&D <x> ’ &nosuch;"]),
    ("breaks", "<p>a<br>b<br/>c<hr>d</p>", ["paragraph: a¶b¶c", "paragraph: d"]),
    ("script and style", "<script>if (a < b) '</p>'</script><style>p{}</style><p>c</p>", ["paragraph: c"]),
    ("script without an end", "<p>a</p><script>b", ["paragraph: a"]),
    ("code in a sentence", "<p>a <code>b<b>c</b></code> <kbd>d</kbd> e</p>", ["paragraph: a · · e"]),
    ("code without an end", "<p>a <code>b</p><p>c</p>", ["paragraph: a ·", "paragraph: c"]),
    ("code block", "<p>a</p><pre><code>b</code></pre><p>c</p>", ["paragraph: a", "paragraph: c"]),
    ("what is typed in", "<textarea>a</textarea><template><p>b</p></template><p>c</p>", ["paragraph: c"]),
    ("drawings", "<p>a <svg><title>b</title><text>c</text></svg> <math><mi>d</mi></math></p>",
     ["paragraph: a · ·", "alt: b", "paragraph: c"]),
    ("nested drawing", "<svg><svg>a</svg>b</svg><p>c</p>", ["paragraph: c"]),
    ("picture", '<p>a <img alt="b &quot;c&quot;" title="e" src=x> d</p>',
     ["paragraph: a · d", 'alt: b "c"', "title: e"]),
    ("a character that no page can have", "<p>a&#5;b</p>", ["paragraph: ab"]),
    ("picture without quotation marks", "<img alt=a src=b>", ["alt: a"]),
    ("picture without words", '<img alt="">', []),
    ("fields",
     '<p>a <input placeholder="b"> <input type=submit value="c &amp; d"> <input value="e">'
     '<textarea placeholder=f>g</textarea></p>',
     ["paragraph: a", "paragraph: b", "paragraph: c & d", "paragraph: f"]),
    ("title attributes", '<p title="a" aria-label="c">b</p>', ["title: a", "title: c", "paragraph: b"]),
    ("hidden elements", '<p hidden>a</p><div hidden=""><p>b</p><div>c</div></div><p class="x hidden">d <b hidden>e</b>',
     ["paragraph: d"]),
    ("a hidden element without an end", "<p hidden>a", ["paragraph: a"]),
    ("labels", "<optgroup label=a><option label='b'>c<table summary=d>",
     ["title: a", "title: b", "paragraph: c", "title: d"]),
    ("description", '<meta name="description" content="a"><meta name="robots" content="b">', ["title: a"]),
    ("card for sharing", "<meta property='og:title' content='a'>", ["title: a"]),
    ("quotation", "<p>a</p><blockquote><p>b</p><p>c</p></blockquote><p>d</p>",
     ["paragraph: a", "> paragraph: b", "> paragraph: c", "paragraph: d"]),
    ("quotation in a sentence", "<p>a <q>b <b>c</b></q> d</p>", ["paragraph: a «b c» d"]),
    ("link", "<p>a <a href='x'>b <b>c</b></a> d</p>", ["paragraph: a [b c] d"]),
    ("link around blocks", "<a href='x'><h2>a</h2><p>b</p></a><p>c</p>",
     ["heading: [a]", "paragraph: [b]", "paragraph: c"]),
    ("anchor is no link", "<p><a name='x'>a b</p>", ["paragraph: a b"]),
    ("comments", "<p>a <!-- b --> c</p>", ["paragraph: a  c"]),
    ("comment without an end", "<p>a</p><!-- b", ["paragraph: a"]),
    ("instructions", "<?php echo 1 ?><p>a</p><![CDATA[x]]>", ["paragraph: a"]),
    ("signs that open nothing", "<p>a < b <3 c > d</p>", ["paragraph: a < b <3 c > d"]),
    ("tag without an end", "<p>a <b", ["paragraph: a <b"]),
    ("attribute with a sign of a tag", '<p data-x="a > b">c</p>', ["paragraph: c"]),
    ("capitals", "<P>a<BR>b</P><SCRIPT>c</script>", ["paragraph: a¶b"]),
    ("macros", "<p>a {{ b | c }} {% d %} e</p>", ["paragraph: a · · e"]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "blocks"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_shows(source, blocks):
    assert shown(html.read("a.html", source)) == blocks


def test_reads_who_the_page_is_for():
    assert html.read("a.html", '<meta name="audience" content="customers">').meta == {"audience": "customers"}
