"""Markdown and MDX: the masks, the reader, suppressions, the lint and its fixes."""

from __future__ import annotations

from fuzz.shape import check_text
from onevoice.prose.blank import blank_markup, blank_mdx_code
from onevoice.prose.markdown import find_code
from onevoice.prose.mask import (
    HIDDEN_MARK,
    OBJECT_MARK,
    iter_masked_runs,
    mask_macros,
    mask_markdown,
    rewrite_boxes,
)  # fmt: skip

SIGNS = [
    '!!! note "', "??? x\n", "???+ ", '=== "t"\n', "    ", "\n\n", "> ", "- ", "1. ", "# ", "```", "~~~", "**", "__",
    "](", "x.md", ' "t")', "![", "</", "<div markdown>\n", "<code>", "<q>", '<a href="x">', '<img alt="', "<script>",
    "<!--", "-->", "<!-- vale Brand.lead = NO -->", "<!-- vale off -->", "<!-- because: x -->", "vale ", " = YES",
    "&amp;", "&nbsp;", "&#0;", "\r\n", "\ufeff", "\0", "\ufdd0", "\ufdd1", "\u2028", "\x0c", "\x85", "😀", "é",
    "{: .x }", "{{", "}}", "{%", "%}", "{#", "#}", "{ #a }", "$", "$$", "\\(", "\\)", "\\[", "\\]", ":a:", "++a++",
    "{++", "++}", "{--", "--}", "{==", "==}", "{~~", "~>", "~~}", "{>>", "<<}", "---\n", "title: ", "*[A]: b", "[^1]",
    "[^1]: n", "[r]: /x 't'", "--8<-- x", "///", "/// a | b", ":::", "::: a.b\n", ": d", "- [ ] ", "| a |\n|--|\n",
    "[TOC]", "import x", "export const", "{/*", "*/}", "<pre>", "<svg>", "<blockquote>", "<br>", "<![CDATA[", "<?php",
    "buyer's journey", "customer journey", "leads", "utilize", "an ", "a ", "very ", "37% more", "“", "”", "„",
]  # fmt: skip
_DRAFTS = (
    "---\ntitle: The buyer's journey\naudience: customers\n---\n# Our lead\n\nWe *utilize* MQL, a buyer’s\njourney\n",
    '!!! note "A lead"\n    the buyer\'s journey\n\n=== "Tab"\n\n    `code` and ++ctrl+a++ and :smile: {: .big }\n',
    "| a | b |\n|---|---|\n| `x|y` lead | 37% more |\n\n> quoted buyer's journey\n\n- [ ] item\n  more\n\n[^1]: note",
    'Text {{ macro }} {% if x %} $a^2$ \\(b\\) {++new++}{--old--} [link](x.md "title") ![alt](p.png) <https://a.b>\n',
    "<!-- vale Brand.customer-journey = NO --><!-- because: x -->\nbuyer's journey\n<!-- vale Brand.lead = YES -->\n",
    "import A from 'a'\n\n{/* a remark */}\n\n# A buyer's journey\n\n<div markdown>\n<b>lead</b> &amp; more\n</div>\n",
    '/// note | A title\ntext\n///\n\n::: a.b\n    c: d\n\n--8<-- "x"\n\n*[MQL]: a lead\n\nterm\n: definition\n',
)

# More rules look at what was submitted.
_PATHS = ("a.md", "a.mdx", "submissions/a.md")


def list_seeds() -> list[bytes]:
    """Drafts with everything that Material has; the first byte says which of _PATHS they are."""
    return [bytes([number]) + draft.encode() for draft in _DRAFTS for number in range(len(_PATHS))]


def check(data: bytes) -> None:
    """Raises for a fault."""
    path, text = _PATHS[(data[0] if data else 0) % len(_PATHS)], data[1:].decode("utf-8", "replace")
    check_masks(text.removeprefix("\ufeff"), path.endswith(".mdx"))
    check_text(path, text.encode())


def check_masks(text: str, is_mdx: bool) -> None:
    """A masked text is as long as it was; only marks and blanks take the place of something."""
    macros, masked = mask_macros(text), mask_markdown(text, is_mdx)
    blanked = blank_mdx_code(text) if is_mdx else blank_markup(text, find_code)
    for made in (macros, masked.text, rewrite_boxes(text), blanked):
        assert len(made) == len(text), "a mask changes the length"
        for old, new in zip(text, made, strict=True):
            assert old == new or (new in f' -#%{{}}"{HIDDEN_MARK}{OBJECT_MARK}\ufffd' and old not in "\r\n"), (old, new)
    assert masked == mask_markdown(text, is_mdx), "masked twice, it differs"
    assert all(0 <= at < len(text) for at in masked.titles | masked.boxes), "a title is not in the text"
    runs = list(iter_masked_runs(masked.text, 0, len(text)))
    assert [run[1] for run in runs[:-1]] == [run[0] for run in runs[1:]], "runs have gaps"
    assert not text or (runs[0][0], runs[-1][1]) == (0, len(text)), "runs leave something out"
