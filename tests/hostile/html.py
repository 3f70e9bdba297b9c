"""Hostile HTML."""

from __future__ import annotations

from collections.abc import Iterator

from hostile.markdown import BYTES, TAIL, write_text
from hostile.trial import Case

PIECES = {
    "open p": "<p>",
    "open div": "<div>",
    "open a": "<a href=x>",
    "open b": "<b>",
    "open li": "<ul><li>",
    "open td": "<table><tr><td>",
    "open select": "<select><option>",
    "open form": "<form>",
    "open button": "<button>",
    "open script": "<script>",
    "open style": "<style>",
    "open textarea": "<textarea>",
    "open title": "<title>",
    "open template": "<template>",
    "open svg": "<svg><desc>",
    "open math": "<math><mi>",
    "open pre": "<pre>",
    "closed": "</p>",
    "closed wrong": "<b><i></b></i>",
    "comments": "<!---->",
    "open comment": "<!--",
    "odd comment": "<!-->",
    "dashes": "<!--- -- -",
    "cdata": "<![CDATA[",
    "processing": "<?x ",
    "doctype": "<!DOCTYPE html>",
    "less": "<",
    "less and letter": "<a ",
    "greater": ">",
    "slash": "</",
    "ampersand": "&",
    "entity": "&nbsp;",
    "open entity": "&nbsp",
    "number": "&#65;",
    "big number": "&#x110000;",
    "null": "&#0;",
    "surrogate": "&#xd800;",
    "long entity": "&aaaaaaaaaa",
    "attribute": "<p a=b>",
    "quote": "<p a='",
    "double quote": '<p a="',
    "equals": "<p ====>",
    "nulls": "<p\x00>",
    "slashes": "<p/////>",
    "br": "<br>",
    "img": "<img alt='utilize'>",
    "vale": "<!-- vale off -->",
    "hidden": "<p hidden>",
    "language": "<p lang=de>",
    "noscript": "<noscript>",
    "iframe": "<iframe>",
    "plaintext": "<plaintext>",
    "frameset": "<frameset>",
    "head": "<head>",
    "body": "<body>",
    "html": "<html>",
    "base": "<base href=x>",
    "meta": "<meta charset=utf-16>",
    "custom": "<x-y>",
    "capital": "<DIV>",
    "code": "<code>",
}
WHOLE = {
    "10,000 divs": "<div>" * 10_000 + "x" + "</div>" * 10_000,
    "10,000 spans": "<p>" + "<span>" * 10_000 + "x" + "</span>" * 10_000,
    "50,000 attributes": "<p " + " ".join(f"a{n}=b" for n in range(50_000)) + ">x</p>",
    "a long attribute": "<p title='" + "a" * 500_000 + "'>x</p>",
    "a long name": "<" + "a" * 100_000 + ">x",
    "a long entity": "&" + "a" * 100_000 + ";",
    "a long number": "&#" + "9" * 10_000 + ";",
    "a long comment": "<!--" + "-" * 100_000 + "-->",
    "entities in entities": "<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;&b;'><!ENTITY d '&c;&c;&c;'>]><p>&d;",
    "an outside entity": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><p>&b;",
    "tables in tables": "<table><tr><td>" * 2000 + "x",
    "lists in lists": "<ul><li>" * 3000 + "x",
    "quotes in quotes": "<blockquote>" * 3000 + "x",
    "words across tags": "<p>" + "<b>u</b>til<i>ize</i> " * 3000,
    "paragraphs": "<p>utilize</p>\n" * 5000,
    "nothing": "",
    "no tags": "utilize",
    "only a tag": "<p>",
    "utf-16 says meta": "<meta charset='utf-16'><p>utilize",
    "a mark": "\ufeff<p>utilize",
    "json-ld": "<script type='application/ld+json'>" + "[" * 50_000 + "</script><p>x",
    "styles": "<style>" + "a{b:c}" * 10_000 + "</style>",
    "an open script": "<script>" + "utilize " * 9000,
    "srcdoc": "<iframe srcdoc='" + "&lt;p&gt;" * 9000 + "'>",
    "rcdata": "<textarea>" + "<p>" * 20_000 + "</textarea>",
    "escaped script": "<script><!--<script>" * 5000 + "</script>",
}


def iter_cases() -> Iterator[Case]:
    """All of this family."""
    for name, piece in PIECES.items():
        yield write_text(f"html: {name}", ".html", lambda piece=piece: piece * (BYTES // len(piece)) + f"<p>{TAIL}</p>")
    for name, text in WHOLE.items():
        yield write_text(f"html: {name}", ".html", lambda text=text: f"{text}<p>{TAIL}</p>")
        if name.endswith(("divs", "spans", "entities", "tables")):
            yield write_text(f"html in markdown: {name}", ".md", lambda text=text: text + TAIL)
    for name, text in {
        "divs": "<div>" * 400_000,
        "links": "<a><div>" * 8000,
        "attributes": "<p " + "a " * 2_000_000,
    }.items():
        yield write_text(f"html: very many {name}", ".html", lambda text=text: text + TAIL, heavy=True)
        yield write_text(f"markdown: very many {name}", ".md", lambda text=text: text + TAIL, heavy=True)
