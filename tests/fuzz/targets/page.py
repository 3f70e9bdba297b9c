"""HTML pages and plain text: the readers, suppressions, the lint and its fixes."""

from __future__ import annotations

from fuzz.shape import check_text

SIGNS = [
    "<p>", "</p>", "<div", "</", "/>", ">", "<h1>", "<li>", "<td>", "<title>", "<a href=x>", "</a>", "<q>", "</q>",
    '<img alt="', "<area alt='", '<meta name="description" content="', "<blockquote>", "<code>", "</code>", "<kbd>",
    "<pre>", "<script>", "</script>", "<style>", "<textarea placeholder='", "<input type=submit value=", "<svg>",
    "<template>", "<br>", "<!--", "-->", "--!>", "<!DOCTYPE html>", "<![CDATA[", "]]>", "<?xml", "<!-", "<iframe>",
    "&amp;", "&nbsp;", "&#0;", "&#x110000;", "&notit;", "&lt", "&rsquo;", "{{", "}}", "{%", "%}", "\r\n", "\ufeff",
    "\0", "\ufdd0", "\ufdd1", "\u2028", "\x0c", "\x85", "\xa0", "é", "😀", "\n\n", "    ", "<!-- vale off -->",
    "buyer's journey", "customer journey", "leads", "utilize", "an ", "a ", "very ", "37% more", "“", "”", "„", "«",
    "<!-- vale Brand.lead = NO -->", "<!-- because: x -->", "<!-- vale Brand.lead = YES -->", "it. ", "A ", "; ",
]  # fmt: skip
_PAGES = (
    "<!DOCTYPE html><html><head><title>The buyer's journey</title><meta name=description content='a lead'></head>"
    "<body><h1>A <em>buyer’s</em> journey</h1><p>See <a href='x'>an MQL</a> &amp; <q>utilize</q> it.<br>37% more</p>",
    "<ul><li>one<li>two <code>lead</code></ul><table><tr><td>a<td>b</table><blockquote>said</blockquote>{{ macro }}",
    "<script>if (a < b) buyer's</script><textarea placeholder=\"a lead\"></textarea><input type=submit value='go'>",
    "<!-- vale Brand.customer-journey = NO --><!-- because: x --><p>a buyer&rsquo;s journey</p><img alt='lead'>",
)
_TEXTS = (
    "The buyer's journey\nof a lead.\n\n- utilize it\n- an MQL “quoted”, 37% more.\n\nSee https://example.com/lead.\n",
    "Very, very good; very. Utilize\r\n\r\nA utilize an e-mail, L'e-mail.\ufdd0\x00",
)


def list_seeds() -> list[bytes]:
    """Pages and texts; the first byte says which."""
    return [b"\0" + page.encode() for page in _PAGES] + [b"\1" + text.encode() for text in _TEXTS]


def check(data: bytes) -> None:
    """Raises for a fault."""
    path = "a.txt" if data[:1] and data[0] % 2 else "a.html"
    check_text(path, data[1:].decode("utf-8", "replace").encode())
