"""Texts that grow: what strangers can send, each as a function of a number, so that its time can be seen to grow.

Each repeats what makes some part of the lint look far: signs that open and never close, what is nested, what is found
everywhere, all in one line or one paragraph.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace

import office

SUBMISSION = "---\naudience: sales\n---\n"
LINT, FIX, DIFF, SIFT = "lint", "fix", "diff", "sift"


@dataclass(frozen=True)
class Growth:
    """A text that grows. path: its ending says how it is read. make: from a number to the text. work: what is done."""

    name: str
    path: str
    make: Callable[[int], str | bytes]
    work: str = LINT


def _repeat(name, path, repeated, before="", after="", work=LINT):
    return Growth(name, path, lambda n: before + repeated * n + after, work)


def _pair(name, path, first, second, before="", middle="", after="", work=LINT):
    return Growth(name, path, lambda n: before + first * n + middle + second * n + after, work)


def _number(name, path, pattern, before="", after="", work=LINT):
    """pattern: with a slot for a number that differs each time."""
    return Growth(name, path, lambda n: before + "".join(pattern.format(at) for at in range(n)) + after, work)


# What is repeated in each of these formats. In all of them a text may be one paragraph.
EVERYWHERE = [
    "a ", "a.", "a. ", "A. B. ", ". ", ".", "a, ", "a\n", "a\n\n", "\n", " ", "\t", "\r\n", "a\r\n", "\r", "\n \n",
    "client ", "client, ", "client. ", "Client. ", "CLIENT ", "client\n", "client-side ", "the client ", "a client ",
    "clients' ", "the client's ", "client/", "client-", "a-", "a'", "'", "’", "‘", "’a", "l’client ", "d'email ", "„",
    "“", "”", "“a” ", "„a“ ", '"', '"a" ', ' "', '"client" ', "„ client ", "«", "»", "« a » ", "‚", "‹", "「", "『",
    "「客户」", "“‘", "„‚«", "”a “", '5" ', "(", ")", "( a", "[", "]", "[a", "{", "}", "<", ">", "< a", "a> ", "=", "-",
    "_", "*", "~", "`", "|", "\\", "/", "#", "@", "&", "$", "%", "+", "!", "?", ":", ";", "^", "…", "—", "–",
    "https://", "https://a.b/", "https://a.b ", "aaa:/", "aaa:", "a:/", "a://", "www.", "mailto:", "tel:a", "a@b",
    "a@b.c ", "a@", "@a ", "@a", "#a ", "#a", "a/b ", "a/b", "/a", "docs/a/b/", "a.b.c ", ".a", "a_b ", "a_", "_a",
    "a__", "\\a", "C:\\a", "a\\b", "1/2/", "a.b/", "a/:", "é", "é ", "é", "́", "ß", "ﬁ", "İ", "\xad", "a\xadb",
    "\u200b", "\u200d", "👩\u200d🚀", "👍", "👍🏽 ", "客户", "客户 ", "ไทย", "가", "가", "ᅡ", "\u2028", "\x85", "\xa0",
    "\xa0 ",
    "\u202f1", "\x0b", "\x0c", "\x1c", "\x00", "\ufdd0", "\ufdd1", "\ufeff", "￼", "�", "‑", "a‑", "1", "1 ", "1,",
    "1,000 ", "1,000,", "1.", "1.1 ", "1% ", "37% more ", "one in three ", "1 in 2 ", "$5 ", "$5 saved. ", "saves $5 ",
    "a saves ", "number one ", "the best ", "twice as ", "cut ", "cut a a a a ", "cuts by half ", "more than ",
    "half of ", "a third of ", "twenty-", "twenty ", "10x ", "1x", "threefold ", "100% ", "100%  ", "the most a a a ",
    "1 times ", "$1,000,", "USD 1", "no. 1 in ", "first-", "e.g. ", "etc. ", "i.e. ", "Dr. ", "a.m. ", "MQL ",
    "MQL (marketing qualified lead) ", "marketing qualified lead (MQL) ", "MQL or ", "(MQL) ", "MQLs ", "pitch deck ",
    "pitch\ndeck ", "pitch  deck ", "pitch deck pitch ", "success story ", "deck sales deck ", "one voice ",
    "sales funnel stage ", "touch-point ", "buyer’s journey ", "top of the funnel ", "very ", "very, ", "very very ",
    "an MQL ", "a a ", "- a\n", "a: ", "a — ", "a - b ", "A B C ", "Client Client ", "Aa", "aA ", "ferrywell ",
    "Ferry Well ", "a;b", "{{", "}}", "{{ a }}", "{{ ", " }}", "{%", "%}", "{% a %}", "{#", "#}", "{{`", "{{\n\n",
    "{{ {% {# ", "}} {{", "{a", "{ a", "{a}", "{.a", "{.a ", "{: ", "{#a", "{a=", '{a="', "{a='", "{a=b ", "{a=b}",
    "{--", "{++", "{==", "{>>", "{~~", "{~~a~>", "++}", "==}", "~~}", "{--a--}", "{ .a }", "{*", "{/*", "{/* ",
    "{/* a */}", "{ /* ", "*/}", "{\n", "{ \n", "{ ", "/*", "*/",
]  # fmt: skip

MARKDOWN = [
    "> ", ">", ">\n", "> a\n", ">a\n>\n", ">>>> a\n", "- ", "-\n", "- a\n", "* ", "* a\n", "+ a\n", "1. a\n", "1) ",
    "1.\n", "- - ", "  - a\n", "- a\n\n", "- [ ] a\n", "- [x] client\n", "# ", "#\n", "# a\n", "# Client\n",
    "## a\n\na\n\n", "a\n=\n", "a\n-\n", "---\n", "***\n", "===\n", "a\n---\n", "`a", "`a` ", "``", "` ``", "`` ` ",
    "```\n", "```a\n", "~~~\n", "    a\n", "\ta\n", "*a", "*a*", "**a", "**a**", "***a", "_a", "_a_ ", "__a", "*a _b",
    "a*", "a**b*", "~~a", "~~a~~", "~a", "**client** ", "*client", "cli*ent* ", "cli<b>ent</b> ", "client*", "[a](b)",
    "[a](b) ", "[a", "[a]", "[a][", "[a][b]", "[a]: b\n", "[a]: b 'c'\n", "[a]:\n", "](", "](a", "[](", "[a](",
    "[a](b ", '[a](b "', "[a](b 'c') ", "[client](b) ", "[thought leadership](b) ", "![a](b)", "![", "![a", "![a](",
    '![a](b "client") ', "![[", "[![a](b)](c) ", "[[", "[^a]", "[^a]: b\n", "[^a] ", "^[a", "<a", "<a ", "<a>",
    "<a href=b>", "<a href=b>a</a> ", "<a><div>", "<a href=b><div>", "<q><p>", "<q>", "<q>a</q> ", "<q>client",
    "<div>", "<div>\n", "<div>a</div>\n\n", "<div>\n\na\n\n", "<div>client", "</div>", "</a>", "<p>a", "<br>", "a<br>",
    "<br>\n", "<img>", '<img alt="client">', "<code>", "<code>a</code> ", "<svg>", "</svg>", "<b", "<b>", "<b>a</b> ",
    "<b a=", '<b a="', "<b a='", "<b a=b ", "<b a ", "<b\n", "<!--", "<!-- ", "<!-- a -->", "<!-- a -->\n",
    "<!--a--> client ", "<!", "<!a", "<!a>", "<?", "<?a", "<![CDATA[", "<script>", "<style>\n", "<textarea>",
    "</script>", "<script></", "<iframe>", "<pre>", "<http://a>", "<a@b.c>", "<a:b", "<http://", "&amp;", "&amp; ",
    "&", "&a", "&#", "&#x41;", "&#65;client ", "&lt;", "&nosuch;", "cli&#101;nt ", "\\a", "\\*", "\\[", "\\(", "\\)",
    "\\]", "\\(a", "\\(a\\) ", "\\(x=1\\) ", "\\[\n", "\\[a\\]\n", "\\\\", "\\\n", "a\\\n", "a  \n", "client  \n",
    "client\\\n", "$", "$$", "$a", "$a$ ", "$x_1$ ", "$$\n", "$$\na\n", "$$a", "$$a\n$$\n", "\\$", "$5 ", "a$", "$\\",
    "$1a ", "|", "|a", "|a|\n", "a|", "a | b\n", "|a|b|\n|-|-|\n", "|-|\n", "|`", "|`a|b`|\n", "| `a", "|`|\n",
    "| client | a |\n", ":", ":a", ":a:", ":a: ", ":a:a", "::", ":::", "::: a\n", "::: a\n    b\n", ":::: ", ":+1:",
    "a: b\n", "a\n: b\n\n", ": a\n", "++a", "++a++ ", "++a+", "++", '++"', '++"a"+', "+a", "!!!", "!!! a\n",
    '!!! a "b"\n', '!!! a "', "!!! a b ", "!!! a\n    b\n", "!!! ", "???", '??? a "client"\n', "???+ ", '=== "a"\n',
    "=== ", '===! "', "///", "/// a\n", "/// a | b\n", "/// a | client\n///\n", "///\n", "*[a]: b\n", "*[a", "*[",
    "*[a]:", "--8<--", "--8<--\n", '--8<-- "a"\n', "-8<-", "--8<-- ", "8<", "[TOC]\n", "[[TOC]]\n", "[TOC",
    "<div markdown>\n", "<div markdown ", "<div markdown", "<div a markdown=", " markdown", "<a markdown=a ",
    '<div markdown="1">\n\nclient\n\n</div>\n\n', "import a\n", "export a\n\n", "import ", "a\n    b\n", "{{a}}\n\n",
    "{ .a }\n", "# a { .b }\n", "a { .b }\n", "[a](b){ .c } ", "*a*{ .b } ", "{% raw %}", "{{% a %}} client ",
    "{{< a >}} ", "{{< a", "<A>", "<A", "<A b={", "<A b={{c: 1}}>", "<></>", "a\n===\n\nb\n\n", "> [!NOTE]\n> a\n\n",
    "> [!NOTE]\n", "> client\n\n", "1. - 1. - ", "*\t", "\ufeff", "+++\n", "a\n\n    client\n\n",
    "<http://a.b/client> ",
]  # fmt: skip

HTML = [
    "<p>", "<p>a", "<p>client</p>", "</p>", "<div>", "<div>a</div>", "</div>", "<a", "<a ", "<a>", "<a href=b>",
    "<a href=b>a", "<a href=b>client</a> ", "</a>", "<a href=b><p>", "<q>", "<q>a</q> ", "<q><p>", "<q>a<p>", "</q>",
    "<q>client", "<blockquote>", "<blockquote>a</blockquote>", "</blockquote>", "<br>", "a<br>", "<img>",
    '<img alt="client">', "<img alt=a>", '<img alt="', "<img a=b ", "<meta name=description content=client>", "<meta",
    "<code>", "<code>a</code> ", "</code>", "<code><p>", "<pre>", "<pre></pre>", "<svg>", "<svg><svg>", "<svg></svg>",
    "<script>", "<script></script>", "</script>", "<script></", "<style>", "<style></style>a", "<textarea>",
    "</textarea>", "<iframe>", "<template>", "<input value=client type=submit>", "<input placeholder='client'>",
    "<!--", "<!-- ", "<!--a-->", "<!--a--> client ", "<!---->", "-->", "<!", "<!a", "<!a>", "<!DOCTYPE html>", "<?",
    "<?a?>", "<a b=c ", "<a b='", '<a b="', '<a b="c" ', "<a b ", "<a\n", "<a/", "<a/>", "<a =", "<a ''", "</", "</a",
    "</>", "<>", "< ", "<<", "<a<", "<1", "<b>", "<b>client</b> ", "cli<b>ent</b> ", "<li>", "<li>a", "<ul><li>a",
    "<td>", "<td>a", "<table><tr><td>client", "<h1>", "<h1>a</h1>", "<title>", "<title>a</title>", "<dt>a<dd>b",
    "<option>a", "&amp;", "&amp;client ", "&", "&#", "&#x41;", "cli&#101;nt ", "&nosuch;", "&amp", "{{a}} ",
    "{{ <b> }}", "<b>{{", "<caption>", "<select><option>", "<object>", "<video>", "<a name=b>", "<a href=b>a</p>",
    "<q></a>", "<a href=b><q>",
]  # fmt: skip

MDX = [
    "{/*", "{/* ", "{/* a */}", "{ /* a */ } ", "{/* a", "{", "{\n", "{ ", "{\n ", "{a}", "{a", "*/ }", "import a\n",
    "import {", "import a\n\n", "export const a = {\n", "export a\n b\n", "<A b={c}>", "<A b={",
    "<A>\n\na\n\n</A>\n\n", "{`a`}", "{/* vale off */}\n", "{/**/}", "{/* client */} client ",
]  # fmt: skip

TEXT = [
    "> ", ">", "> client\n", ">a\na\n", "> >", "> \n", "a\n> b\n\n", "\t> ", "client\n\n", "  client  \n", "a \n",
]  # fmt: skip

# What is repeated between two rules at the top of a document.
FRONT = [
    "a: b\n", "- a\n", "a:\n", "[", "]", "[a, ", "{", "{a: ", "a: [b]\n", "a: {b: c}\n", "'", '"', "a: '", 'a: "',
    "\\", "title: client\n", " ", "\n", "#\n", "# a\n", "? ", "? a\n", "? a\n: b\n", "- ", "- - ", "  - a\n",
    "a: |\n b\n", "&a ", "*a ", "!a ", "!", "%", "a: !b\n", "a: &b c\n", "a : b\n", "a.b: c\n", "...\n", "a: >\n",
    "a: b c\n", "a ", "\t", "a: [b, c]\n", "a", "-", ":", ": ", "a: - b\n", "audience: sales\n", "'a': b\n",
    "a:\n - b\n - c\n", "@", "`", ",", "a: 1\n", 'a: "client\\n"\n', "é", "a\u2028", "a:\n  b:\n",
]  # fmt: skip
TOML = [
    "a = 1\n", "a.", "a.b", "[a]\n", "[[a]]\n", "[a.b]\n", "[", "a = [", "a = {", "[1, ", '"', '"""', "'", "'''", "#",
    "# a\n", "\n", " ", "a = '''\n", 'a = """b\n', "a=", "\\", '"\\u0041', "a = 1979-05-27\n", "a = 1_", "1", "[[a.b",
    '"a".', "a\t.", "title = 'client'\n",
]  # fmt: skip


def _list_repeated():
    for ending, listed in (
        (".md", [*EVERYWHERE, *MARKDOWN]),
        (".html", [*EVERYWHERE, *HTML]),
        (".txt", [*EVERYWHERE, *TEXT]),
        (".mdx", MDX),
    ):
        for repeated in dict.fromkeys(listed):
            yield _repeat(f"{ending} {repeated!r}", f"a{ending}", repeated)
    for repeated in dict.fromkeys(EVERYWHERE):
        yield _repeat(f"submission {repeated!r}", "a.md", repeated, SUBMISSION)
        yield _repeat(f"heading {repeated!r}", "a.md", repeated.replace("\n", " "), "# A ")
        yield _repeat(f"cell {repeated!r}", "a.md", repeated.replace("\n", " "), "| a |\n|---|\n| ")
        yield _repeat(f"link {repeated!r}", "a.md", repeated.replace("\n", " "), "[", "](b)")
        yield _repeat(f"attribute {repeated!r}", "a.html", repeated.replace('"', ""), '<img alt="', '">')
        yield _repeat(f"comment {repeated!r}", "a.md", repeated.replace(">", ""), "<!-- vale ", " -->\n\na\n")
    for repeated in FRONT:
        yield _repeat(f"front matter {repeated!r}", "a.md", repeated, "---\n", "\n---\na client\n")
        one_line, closed = repeated.replace("\n", " "), repeated.replace('"', "'")
        yield _repeat(f"front value {repeated!r}", "a.md", one_line, "---\ntitle: ", "\n---\na client\n")
        yield _repeat(f"front quoted {repeated!r}", "a.md", closed, '---\naudience: "', '"\n---\na\n')
    yield _number("front matter keys", "a.md", "k{}: v\n", "---\n", "---\na client\n")
    yield _number("front matter lists", "a.md", "k{}: [a, b]\n", "---\n", "---\na client\n")
    yield _number("front matter rich keys", "a.md", "k{}: {{a: b}}\n", "---\n", "---\na client\n")
    yield _number("front matter items", "a.md", "- v{}\n", "---\nk:\n", "---\na client\n")
    yield _number("front matter anchors", "a.md", "k{0}: &a{0} [b]\n", "---\n", "---\na client\n")
    yield _repeat("front matter aliases", "a.md", "- *a\n", "---\nk: &a [b]\nl:\n", "---\na client\n")
    yield _number("front matter readers", "a.md", "- sale{}\n", "---\naudience:\n", "---\na client\n")
    yield _number("front matter personas", "a.md", "- sale{}\n", "---\nstage: compare\npersona:\n", "---\na client\n")
    yield _repeat("front matter of known readers", "a.md", "- sales\n", "---\nchannels:\n", "---\na client\n")
    for repeated in TOML:
        yield _repeat(f"toml {repeated!r}", "a.md", repeated, "+++\n", "\n+++\na client\n")
        yield _repeat(f"toml key {repeated!r}", "a.md", repeated, "+++\na = ", "\n+++\na client\n")
    yield _number("toml keys", "a.md", "k{} = 1\n", "+++\n", "+++\na client\n")
    yield _number("toml tables", "a.md", "[t{}]\n", "+++\n", "+++\na client\n")
    yield _repeat("toml dotted key", "a.md", ".a", "+++\na", " = 1\n+++\na client\n")
    yield _repeat("toml dotted table", "a.md", ".a", "+++\n[a", "]\n+++\na client\n")
    yield _number("toml dotted keys", "a.md", "a.b.k{} = 1\n", "+++\n", "+++\na client\n")


# Two parts, one after the other: what opens, and what never fits.
PAIRS = [
    ("„", "a”"), ("“", "”"), ("„", "”"), ('"a ', ' a"'), ("«", "»"), ("「", "』"), ("„", "»"), ("“ ", " ‟"),
    ("{{", "}}"), ("{% ", " %}"), ("{{ a }}", "{{"), ("}}", "{{"), ("(", ")"), ("[", "]"), ("[", "](a)"), ("<", ">"),
    ("<a ", ">"), ("<a>", "</a>"), ("<a href=b>", "</a>"), ("<div>", "</div>"), ("<q>", "</q>"), ("<q>a", "a</q>"),
    ("<a href=b>a", "<div>"), ("<q>a", "<p>"), ("<a href=b>a", "<p>"), ("<svg>", "</svg>"), ("<code>", "</code>"),
    ("<!--", "-->"), ("`", "a`"), ("`a", "``"), ("*", "a*"), ("**a", "**"), ("_a", "_ "), ("~~", "a~~"), ("$", "a$"),
    ("$$", "\n$$"), ("{", "}"), ("{a ", "}"), ("{--", "--}"), ("> ", "a\n"), ("- ", "a\n"), ("[a", "]: b\n"),
    ("![a", "](b)"), ('[a](b "', '")'), ("\\(", "\\)"), ("\\[", "\\]"), ("client ", "„"), ("„", " client"),
    ("client. ", "a "), ("client@", " client"), ("a.b ", "client "), ("www.", "client "),
    ("<a href=b>thought leadership</a> ", "client "), ("“thought leadership” ", "client "),
    ("[thought leadership](b) ", "thought leadership "), ("client\n", "a\n"), ("a.", "client "), ("{/*", "*/}"),
    ("MQL ", "marketing qualified lead "), ("37% ", "$5 saved "), ("$5 ", "saved "), ("a. ", "saves $5 "),
    ("<pre>", "</pre>"), ("<script>", "</script>"), ("&lt;", "client "), ("a\\", "client"), ("|a", "|\n"),
    ("|a|\n", "|-|\n"), ("::: a\n", ":::\n"), ("!!! a\n", "    client\n"), ("/// a\n", "///\n"), ("--8<--\n", "a\n"),
    ("1. a\n", "\n"), ("#", " a"), ("=", " a"), ("\t", "a"), (" ", "a"), ("\n", "a"), ("> ", "\n"),
    ("<div markdown", ">"), ("*[a", "]: b\n"), ("{.a", " }"), ("\\", "$"),
]  # fmt: skip


def _list_pairs():
    for ending in (".md", ".html", ".txt", ".mdx"):
        for first, second in PAIRS:
            yield _pair(f"{ending} {first!r} then {second!r}", f"a{ending}", first, second)
    for first, second in PAIRS:
        yield _pair(f"submission {first!r} then {second!r}", "a.md", first, second, SUBMISSION)


OFF, ON, WHY = "<!-- vale Brand.customer = NO -->", "<!-- vale Brand.customer = YES -->", "<!-- because: a -->"


def _list_suppressions():
    yield _repeat("suppressed, closed", "a.md", f"{OFF}{WHY}\n\nclient\n\n{ON}\n\n")
    yield _repeat("suppressed, without a reason", "a.md", f"{OFF}\n\nclient\n\n{ON}\n\n")
    yield _repeat("suppressed, never closed", "a.md", f"{OFF}{WHY}\n\nclient\n\n")
    yield _repeat("suppressed, not needed", "a.md", f"{OFF}{WHY}\n\na\n\n{ON}\n\n")
    yield _repeat("suppressed, in one line", "a.md", f"{OFF}client{ON}")
    yield _number("suppressed, unknown rules", "a.md", "<!-- vale Brand.nobody{} = NO -->\n\nclient\n\n")
    yield _number("suppressed, other words", "a.md", '<!-- vale Brand.customer["client{}"] = NO -->\n\nclient\n\n')
    yield _number("suppressed, same word", "a.md", '<!-- vale Brand.customer["client"] = NO -->\n\nclient {}\n\n')
    yield _number("suppressed, all unclosed", "a.md", "<!-- vale A.b{} = NO -->\n\nclient\n\n")
    yield _repeat("all off", "a.md", "<!-- vale off -->\n\nclient\n\n")
    yield _repeat("all off and on", "a.md", "<!-- vale off -->\n\nclient\n\n<!-- vale on -->\n\n")
    yield _repeat("closed only", "a.md", f"{ON}\n\nclient\n\n")
    yield _repeat("no switch", "a.md", "<!-- vale = off on -->\n\nclient\n\n")
    yield _repeat("no switch, long", "a.md", "= on off ", "<!-- vale ", " -->\n\nclient\n\n")
    yield _repeat("reasons", "a.md", WHY, f"{OFF}", f"client{ON}")
    yield _repeat("long words", "a.md", "client ", '<!-- vale Brand.customer["', '"] = NO -->\n\nclient\n\n')
    yield _repeat("long rule", "a.md", ".a", "<!-- vale Brand", " = NO -->\n\nclient\n\n")
    yield _repeat("many findings, one switch", "a.md", "client ", f"{OFF}{WHY}\n\n", f"\n\n{ON}\n")
    yield _repeat("html suppressed", "a.html", f"{OFF}{WHY}<p>client</p>{ON}")
    yield _repeat("mdx suppressed", "a.mdx", "{/* vale Brand.customer = NO */}\n\nclient\n\n")
    yield _number("overlapping switches", "a.md", "<!-- vale A.b{0} = NO -->\n\nclient\n\n", "", OFF)
    yield Growth(
        "nested switches", "a.md",
        lambda n: "".join(f"<!-- vale Brand.customer['client{at}'] = NO -->\n" for at in range(n)) + "\nclient\n\n"
        + "".join(f"<!-- vale Brand.customer['client{at}'] = YES -->\n" for at in reversed(range(n))),
    )  # fmt: skip


PICTURE = '<cNvPr descr="client {}"/>'


BASIS = '<w:basedOn w:val="s{}"/>'


def _build_styled(inner, count, used):
    """A Word file of so many styles, each based on the next, of which so many are used."""
    styles = "".join(f'<w:style w:styleId="s{at}">{inner.format(at + 1)}</w:style>' for at in range(count))
    body = "".join(office.text("client", f'<w:pPr><w:pStyle w:val="s{at}"/></w:pPr>') for at in range(used))
    return office.word(body, {"styles": f"<w:styles NAMES>{styles}</w:styles>"})


def _list_office():
    run, text = office.run, office.text
    heading = '<w:pPr><w:pStyle w:val="berschrift1"/></w:pPr>'
    joined = '<w:pPr><w:pStyle w:val="berschrift1"/><w:rPr><w:del/></w:rPr></w:pPr>'
    quote, code = (f'<w:rPr><w:rStyle w:val="{name}"/></w:rPr>' for name in ("ZitatZchn", "Code"))
    cell = f"<w:tc>{text('client')}</w:tc>"
    # (before, what is repeated, after)
    bodies = {
        "paragraphs": ("", text("client"), ""),
        "empty paragraphs": ("", "<w:p/>", text("client")),
        "runs": ("<w:p>", run("client "), "</w:p>"),
        "words in a run": ('<w:p><w:r><w:t xml:space="preserve">', "client ", "</w:t></w:r></w:p>"),
        "texts in a run": ("<w:p><w:r>", "<w:t>client </w:t>", "</w:r></w:p>"),
        "text between elements": ("<w:p><w:r>", "<w:t>a</w:t>bb", "</w:r></w:p>"),
        "text between empty elements": ("<w:p><w:r><w:t>", "<w:a/>b", "</w:t></w:r></w:p>"),
        "text between paragraphs": ("", f"{text('a')}aaa", ""),
        "text between rows": ("<w:tbl>", "<w:tr/>b", f"</w:tbl>{text('a')}"),
        "comments between texts": ("<w:p><w:r><w:t>", "a<!-- b -->", "</w:t></w:r></w:p>"),
        "entities": ("<w:p><w:r><w:t>", "&amp;", "</w:t></w:r></w:p>"),
        "breaks": ("<w:p><w:r>", "<w:t>client</w:t><w:br/>", "</w:r></w:p>"),
        "tabs": ("<w:p><w:r>", "<w:t>a</w:t><w:tab/>", "</w:r></w:p>"),
        "objects": (f"<w:p>{run('a')}", "<m:oMath/>", "</w:p>"),
        "symbols": ("<w:p><w:r>", '<w:sym w:char="F0B7"/>', "<w:t>a</w:t></w:r></w:p>"),
        "deleted marks": ("", text("client ", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"), ""),
        "headings": ("", text("A b", heading) + text("client"), ""),
        "long heading": (f'<w:p>{heading}<w:r><w:t xml:space="preserve">', "client ", "</w:t></w:r></w:p>"),
        "joined headings": ("", text("a ", joined), text("a")),
        "tables": ("", f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>", ""),
        "rows": ("<w:tbl>", f"<w:tr>{cell}</w:tr>", "</w:tbl>"),
        "cells": ("<w:tbl><w:tr>", cell, "</w:tr></w:tbl>"),
        "fields": ("<w:p>", office.field("PAGE", run("client ")), "</w:p>"),
        "open fields": (f"{text('a')}<w:p>", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', f"</w:p>{text('a')}"),
        "closed fields": ("<w:p>", '<w:r><w:fldChar w:fldCharType="end"/></w:r>', f"</w:p>{text('a')}"),
        "long field code": (
            f'{text("a")}<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>',
            "<w:r><w:instrText>ab</w:instrText></w:r>", f"</w:p>{text('a')}",
        ),
        "links": ("<w:p>", f"<w:hyperlink>{run('client ')}</w:hyperlink>", "</w:p>"),
        "quoted runs": ("<w:p>", run("client ", quote), "</w:p>"),
        "code runs": (f"<w:p>{run('a')}", run("a", code), "</w:p>"),
        "boxes": ("<w:p>", office.box(text("client")), "</w:p>"),
        "pictures": ("<w:p>", '<w:r><w:drawing><wp:docPr descr="client"/></w:drawing></w:r>', "</w:p>"),
        "pictures in a drawing": ("<w:p><w:r><w:drawing>", '<cNvPr descr="client"/>', "</w:drawing></w:r></w:p>"),
        "wide settings": ("<w:p><w:pPr>", "<w:b/>", f"</w:pPr>{run('client')}</w:p>"),
        "wide settings of a run": ("<w:p><w:r><w:rPr>", "<w:b/>", "</w:rPr><w:t>client</w:t></w:r></w:p>"),
        "sections": (text("a"), "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>", ""),
        "long attribute": ('<w:p w:a="', "b", f'">{run("client")}</w:p>'),
        "notes": ("<w:p>", '<w:r><w:footnoteReference w:id="2"/></w:r>', f"{run('a')}</w:p>"),
        "rubies": ("<w:p>", "<w:r><w:ruby><w:rubyBase><w:r><w:t>a</w:t></w:r></w:rubyBase></w:ruby></w:r>", "</w:p>"),
        "alternatives": (
            "<w:p><w:r>", "<mc:AlternateContent><mc:Choice><w:pict/></mc:Choice></mc:AlternateContent>",
            f"</w:r>{run('a')}</w:p>",
        ),
        "controls": ("<w:p>", f"<w:sdt><w:sdtPr/><w:sdtContent>{run('client ')}</w:sdtContent></w:sdt>", "</w:p>"),
        "deep settings": ("<w:p><w:pPr>" + "<w:a>" * 100, "<w:b/>", "</w:a>" * 100 + f"</w:pPr>{run('client')}</w:p>"),
    }  # fmt: skip
    texts = {name: lambda n, part=part: part[0] + part[1] * n + part[2] for name, part in bodies.items()}
    texts["attributes"] = lambda n: "<w:p " + " ".join(f'w:a{at}="b"' for at in range(n)) + f">{run('client')}</w:p>"
    texts["names"] = lambda n: "".join(f"<w:p><w:n{at}/></w:p>" for at in range(n)) + text("client")
    texts["different pictures"] = lambda n: (
        f"<w:p><w:r><w:drawing>{''.join(map(PICTURE.format, range(n)))}</w:drawing></w:r></w:p>"
    )
    for name, body in texts.items():
        yield Growth(f"word {name}", "a.docx", lambda n, body=body: office.word(body(n)))
    for name in ("paragraphs", "runs", "words in a run", "texts in a run", "fields", "links", "long heading", "boxes"):
        yield Growth(f"comments on word {name}", "a.docx", lambda n, body=texts[name]: office.word(body(n)), "comment")
    yield Growth("word styles", "a.docx", lambda n: _build_styled('<w:name w:val="a"/>', n, 1))
    yield Growth("word chained styles", "a.docx", lambda n: _build_styled(BASIS, n, 1))
    yield Growth("word chained styles, used in turn", "a.docx", lambda n: _build_styled(BASIS, n, n))
    for name, body in {
        "paragraphs": lambda n: "<a:p><a:r><a:t>client</a:t></a:r></a:p>" * n,
        "runs": lambda n: f"<a:p>{'<a:r><a:t>client </a:t></a:r>' * n}</a:p>",
        "breaks": lambda n: f"<a:p>{'<a:r><a:t>client</a:t></a:r><a:br/>' * n}</a:p>",
        "empty paragraphs": lambda n: "<a:p/>" * n + "<a:p><a:r><a:t>client</a:t></a:r></a:p>",
        "text between elements": lambda n: f"<a:p>{'<a:r/>b' * n}<a:r><a:t>client</a:t></a:r></a:p>",
        "links": lambda n: "<a:p>" + "<a:r><a:rPr><a:hlinkClick/></a:rPr><a:t>client </a:t></a:r>" * n + "</a:p>",
    }.items():
        yield Growth(f"slide {name}", "a.pptx", lambda n, body=body: office.deck(body(n)))


def _list_fixes():
    for work in (FIX, DIFF):
        yield _repeat(f"{work} lines in a paragraph", "a.md", "The client came.\n", work=work)
        yield _repeat(f"{work} words in a line", "a.md", "The client came. ", work=work)
        yield _repeat(f"{work} paragraphs", "a.md", "The client came.\n\n", work=work)
        yield _repeat(f"{work} equal lines, two words apart", "a.md", "a\n", "client\n", "client\n", work=work)
        yield _repeat(f"{work} equal paragraphs", "a.md", "a\n\n", "client\n\n", "client\n", work=work)
        yield _repeat(f"{work} equal lines", "a.md", "client\n", work=work)
        yield _number(f"{work} different lines", "a.md", "client {}\n", work=work)
        yield _number(f"{work} different paragraphs", "a.md", "client {}\n\n", work=work)
        yield _repeat(f"{work} HTML", "a.html", "<p>The client came.", work=work)
        yield _repeat(f"{work} HTML entities", "a.html", "client &amp; ", work=work)
        yield _repeat(f"{work} plain text", "a.txt", "The client came.\n", work=work)
    yield _repeat("fix words that go", "a.md", "It is very good. ", work=FIX)
    yield _repeat("fix words that go, in a row", "a.md", "very ", work=FIX)
    yield _repeat("fix articles", "a.md", "An ebook, a whitepaper. ", work=FIX)
    yield _repeat("fix a heading", "a.md", "Whitepaper ", "# ", work=FIX)
    yield _repeat("fix cells", "a.md", "| client | whitepaper |\n", "| a | b |\n|---|---|\n", work=FIX)
    yield _repeat("fix items", "a.md", "- client\n", work=FIX)
    yield _repeat("fix links", "a.md", "[client](a) ", work=FIX)
    yield _repeat("fix emphasis", "a.md", "*client* ", work=FIX)
    yield _repeat("fix next to markup", "a.md", "client_ _client* ", work=FIX)
    yield _repeat("fix quoted words", "a.md", "„client ", work=FIX)
    yield _repeat("fix titles", "a.md", '[a](b "client") ', work=FIX)
    yield _repeat("fix an attribute", "a.html", "client ", '<img alt="', '">', work=FIX)
    yield _repeat("fix front matter", "a.md", "client ", "---\ntitle: ", "\n---\na\n", work=FIX)
    yield _repeat("fix suppressed words", "a.md", f"{OFF}\n\nclient\n\n{ON}\n\n", work=FIX)
    yield _repeat("fix capitals", "a.md", "CLIENT WHITEPAPER. ", work=FIX)
    yield _repeat("fix escapes", "a.md", "\\*client\\* ", work=FIX)
    yield _repeat("fix soft breaks", "a.md", "pitch\ndeck\n", work=FIX)


def _list_findings():
    for form in ("text", "json", "sarif", "github", "gitlab"):
        yield _repeat(f"report {form}", "a.md", "The client came.\n\n", work=f"report {form}")
        yield _repeat(f"report {form} of one line", "a.md", "The client came. ", work=f"report {form}")
    yield _repeat("report text, wide", "a.md", "客户 client ", work="report text")
    yield _repeat("report text, tabs", "a.md", "client\t", work="report text")
    yield _repeat("baseline", "a.md", "The client came.\n\n", work="baseline")
    yield _number("baseline of different lines", "a.md", "The client {} came.\n\n", work="baseline")
    yield _repeat("stale baseline", "a.md", "The client came.\n\n", work="stale")
    yield _number("explain words", "", "word{} ", work="explain")
    yield _repeat("explain a long word", "", "word ", work="explain long")
    yield _repeat("impact", "a.md", "The client came.\n\n", work="impact")
    yield _repeat("impact in one line", "a.md", "The client came. ", work="impact")


def list_growths():
    """All of them, by name."""
    parts = (_list_repeated, _list_pairs, _list_suppressions, _list_office, _list_fixes, _list_findings)
    found = {}
    for one in itertools.chain.from_iterable(part() for part in parts):
        assert one.name not in found, one.name
        found[one.name] = one
    # Documents are sifted before they are read.
    sifted = [one for one in found.values() if one.work == LINT and one.name.startswith(".md ")]
    found |= {f"sift {one.name}": replace(one, name=f"sift {one.name}", work=SIFT) for one in sifted}
    found |= {one.name: one for one in _list_scattered_phrases()}
    return found


def _list_scattered_phrases():
    """What looks as if a phrase might be there, and is not."""
    yield _repeat("sift first words before markup", "a.md", "pitch [a](deck) x ", work=SIFT)
    yield _repeat("sift first words, the last one far away", "a.md", "pitch [", after=" a deck", work=SIFT)
    yield _repeat("sift words in paragraphs", "a.md", "pitch the deck\n\n", work=SIFT)
    yield _repeat("sift words in one paragraph", "a.md", "success <a> of a story\n", work=SIFT)
    yield _repeat("sift the end of a phrase", "a.md", "story ", before="success a ", work=SIFT)
