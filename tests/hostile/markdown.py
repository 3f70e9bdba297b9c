"""Hostile Markdown, MDX and plain text: one thing a hundred thousand times, or inside itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hostile.trial import Case

BYTES = 60_000
TAIL = "\n\nWe utilize that.\n"
SIGNS = "`*_[]()<>#-+=~|\\&!:;\"'„“«»{}$%^/@.,?"
PIECES = {
    "link": "[a](b) ",
    "open-link": "[a](",
    "image": "![a](b)",
    "open-image": "![",
    "nested-image": "![[",
    "ref": "[a]: b\n",
    "footnote": "[^a]: b\n",
    "footnotes": "[^a] ",
    "html-open": "<a>",
    "html-div": "<div markdown ",
    "html-close": "</a>",
    "html-comment": "<!--",
    "comment-end": "-->",
    "vale-comment": "<!-- vale off -->\n",
    "vale-rule": "<!-- vale Brand.x = NO -->\n",
    "cdata": "<![CDATA[",
    "processing": "<?php ",
    "declaration": "<!A ",
    "code-span": "`a` ",
    "open-code": "`` a ` ",
    "ticks": "```\n",
    "tildes": "~~~ a\n",
    "quote": "> ",
    "quotes": "> a\n",
    "deep-quotes": ">>>>>>>>>>\n",
    "items": "- a\n",
    "deep-items": "- - - - - -",
    "numbers": "1. a\n",
    "emphasis": "*a **b ",
    "strong": "**a** ",
    "strike": "~~a ",
    "table": "|a|b|\n",
    "table-head": "|a|\n|-|\n",
    "pipes": "||||",
    "heading": "# a\n",
    "setext": "a\n===\n",
    "rules": "***\n",
    "escape": "\\*",
    "entity": "&amp;",
    "open-entity": "&a",
    "big-entity": "&#99999999;",
    "null-entity": "&#0;",
    "autolink": "<http://a.b>",
    "open-autolink": "<http://a",
    "address": "https://a.b/c ",
    "one-address": "aaa:/",
    "mail": "a@b.c ",
    "dots": "a.",
    "dashes": "a-",
    "apostrophes": "a'",
    "slashes": "a/",
    "template": "{{ ",
    "template-block": "{% a ",
    "templates": "{{ a }}",
    "mdx": "{/* ",
    "mdx-brace": "{a",
    "mdx-tag": "<A b={",
    "mdx-import": "import a from 'b'\n",
    "mdx-export": "export const a = {\n",
    "admonition": "!!! note\n",
    "deep-admonition": "!!! a\n    ",
    "tab": '=== "a"\n',
    "attributes": "{: .a }",
    "attr-list": "a {.b #c}\n",
    "definition": "a\n: b\n",
    "abbreviation": "*[A]: b\n",
    "math": "$a$ ",
    "open-math": "$$ ",
    "emoji": ":a: ",
    "critic": "{++a++}",
    "percent": "37% more ",
    "sums": "$3.5 million ",
    "times": "3 times ",
    "word": "utilize ",
    "no-space": "utilize",
    "WORD": "UTILIZE-",
    "possessive": "utilize's ",
    "tabs": "\t",
    "blanks": " ",
    "lines": "\n",
    "windows-lines": "\r\n",
    "old-lines": "\r",
    "hard-breaks": "a  \n",
    "form-feeds": "\f",
    "paragraphs": "a\n\n",
    "soft-hyphens": "\u00ad",
    "zero-width": "u\u200bt",
    "combining": "\u0301",
    "bidi": "\u202e",
    "separators": "\u2028",
    "next-lines": "\u0085",
    "emoji-family": "👩\u200d👧",
    "flags": "🇩🇪",
    "ideographs": "我们",
    "old-thai": "ลูก",
    "private": "\ue000",
    "noncharacters": "\uffff",
    "tags": "\U000e0041",
    "marks": "\ufeff",
    "nulls": "\x00",
    "escapes": "\x1b[31m",
    "bells": "\x07",
    "commands": "::add-mask::utilize\n",
    "errors": "##[error]utilize\n",
    "includes": '--8<-- "a"\n',
    "front": "---\n",
    "quotes-open": "“a ",
    "guillemets": "«a ",
    "abbreviated": "e.g. ",
    "figures": "1,",
    "long-figure": "9",
}
# (what begins, what ends), each inside the one before.
NESTED = {
    "brackets": ("[", "]"),
    "links": ("[", "](a)"),
    "parentheses": ("(", ")"),
    "quotes": ("> ", ""),
    "items": ("- ", ""),
    "strong": ("**a ", " b**"),
    "emphasis": ("*a ", " b*"),
    "both": ("*a **b ", " c** d*"),
    "divs": ("<div>", "</div>"),
    "links-html": ("<a><div>", ""),
    "markdown-divs": ("<div markdown>\n\n", "\n\n</div>"),
    "details": ("<details><summary>", ""),
    "comments": ("<!-- ", " -->"),
    "braces": ("{", "}"),
    "elements": ("<A b={<B>", "</B>}/>"),
    "images": ("![", "](b)"),
    "code": ("`", "`"),
    "quoted-items": ("> - ", ""),
    "spans": ("<span title='", "'>"),
    "footnotes": ("^[", "]"),
    "strike": ("~~a ", "~~"),
}
DEPTH = 3000


def write_text(name: str, ending: str, make: Callable[[], str | bytes], **more: object) -> Case:
    """A case of one document."""

    def fill(folder) -> None:
        data = make()
        (folder / f"bad{ending}").write_bytes(
            data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
        )

    return Case(name, fill, **more)


def nest_items(depth: int) -> str:
    """A list in a list in a list, by indentation."""
    return "\n".join("  " * level + "- a" for level in range(depth))


def iter_cases() -> Iterator[Case]:
    """All of this family."""
    for sign in SIGNS:
        yield write_text(f"markdown: only {sign!r}", ".md", lambda sign=sign: sign * BYTES + TAIL)
    for name, piece in PIECES.items():
        yield write_text(f"markdown: {name}", ".md", lambda piece=piece: piece * (BYTES // len(piece)) + TAIL)
    for name, (start, end) in NESTED.items():
        yield write_text(
            f"markdown: {name} in {name}", ".md", lambda a=start, b=end: a * DEPTH + "x" + b * DEPTH + TAIL
        )
        yield write_text(f"mdx: {name} in {name}", ".mdx", lambda a=start, b=end: a * DEPTH + "x" + b * DEPTH + TAIL)
    for name in (
        "mdx",
        "mdx-brace",
        "mdx-tag",
        "mdx-import",
        "mdx-export",
        "html-open",
        "template",
        "html-comment",
        "emphasis",
    ):
        yield write_text(f"mdx: {name}", ".mdx", lambda piece=PIECES[name]: piece * (BYTES // len(piece)) + TAIL)
    for name in (
        "nulls",
        "combining",
        "zero-width",
        "bidi",
        "no-space",
        "word",
        "lines",
        "old-lines",
        "percent",
        "dots",
        "tags",
        "escapes",
    ):
        yield write_text(f"text: {name}", ".txt", lambda piece=PIECES[name]: piece * (BYTES // len(piece)) + TAIL)
    yield write_text("markdown: items by indentation", ".md", lambda: nest_items(300) + TAIL)
    yield write_text("markdown: one word of a megabyte", ".md", lambda: "a" * 2**20 + TAIL)
    yield write_text("markdown: nothing", ".md", lambda: "")
    yield write_text("markdown: one byte", ".md", lambda: "\n")
    yield write_text(
        "markdown: a table of 3,000 columns", ".md", lambda: "|a" * 3000 + "|\n" + "|-" * 3000 + "|\n" + TAIL
    )
    yield write_text(
        "markdown: 5,000 references", ".md", lambda: "".join(f"[a{n}]: b\n[a{n}]\n\n" for n in range(5000))
    )
    yield write_text("markdown: references to references", ".md", lambda: "[a]: b\n\n" + "[a][a" * 5000 + TAIL)
    encoded = {
        "utf-16": ("utf-16", ""),
        "utf-16 without a mark": ("utf-16-le", ""),
        "utf-32": ("utf-32", ""),
        "latin-1": ("latin-1", "é"),
        "utf-7": ("utf-7", "é"),
        "shift-jis": ("shift-jis", "東京"),
        "koi8-r": ("koi8-r", "слово"),
        "gb18030": ("gb18030", "我们"),
    }
    for name, (codec, more) in encoded.items():
        yield write_text(f"markdown: {name}", ".md", lambda codec=codec, more=more: (more + TAIL).encode(codec))
        yield write_text(f"text: {name}", ".txt", lambda codec=codec, more=more: (more + TAIL).encode(codec))
    broken = {
        "overlong": b"\xc0\xaf",
        "surrogates": b"\xed\xa0\x80",
        "cut": b"\xe2\x82",
        "too high": b"\xf5\x80\x80\x80",
        "marks": b"\xef\xbb\xbf" * 9,
        "every byte": bytes(range(256)),
        "noise": bytes(number * 7919 % 251 for number in range(BYTES)),
        "ff": b"\xff" * BYTES,
    }
    for name, data in broken.items():
        yield write_text(f"markdown: bytes, {name}", ".md", lambda data=data: data + TAIL.encode())
        yield write_text(f"html: bytes, {name}", ".html", lambda data=data: data + TAIL.encode())
    giants = {
        "10 MB in a line": "utterly fine words " * 550_000,
        "10 MB of lines": "\n" * 10**7,
        "100,000 findings": "utilize\n\n" * 100_000,
        "100,000 findings in a line": "utilize " * 100_000,
        "50,000 suppressions": "<!-- vale off -->\n\nutilize\n\n<!-- vale on -->\n\n" * 25_000,
        "10 MB of quotation marks": "“" * 3_000_000,
        "10 MB of brackets": "[" * 10**7,
        "10 MB of a word": "a" * 10**7,
        "10 MB of tags": "<b>" * 3_000_000,
        "4 MB of ticks": "` `` " * 800_000,
    }
    for name, text in giants.items():
        yield write_text(f"markdown: {name}", ".md", lambda text=text: text + TAIL, heavy=True)
        yield write_text(f"text: {name}", ".txt", lambda text=text: text + TAIL, heavy=True)
