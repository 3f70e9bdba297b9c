"""Text from records, made safe for its place on a page: Markdown, HTML, front matter, addresses."""

from __future__ import annotations

import functools
import json
import posixpath
import re
from collections.abc import Mapping

from markupsafe import Markup, escape

# What begins inline Markdown or HTML anywhere in a line, and what begins a block at its start.
_INLINE = re.compile(r"[\\`*_\[\]<>&|{}$~^]|=(?==)|:(?=[\w+-]+:)|(?<=\b[A-Za-z]):(?=//)")
_BLOCK_START = re.compile(r"^(?:[#>+=!?-]|\d+(?=[.)]))")
# In a list of attributes, as Markdown has them, these end it, or begin another one or a link.
_ATTRIBUTE_SUBSTITUTES = str.maketrans("{}[]\\&`*_~^=|", "()()/＆'·‗-ˆ-/")
_HTML_SUBSTITUTES = str.maketrans({"<": "‹", ">": "›", '"': "”"})
# Before JSON escapes them by itself: what YAML 1.1 takes for the end of a line, or refuses.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_HALF = re.compile("[\ud800-\udfff]")
_URL_SIGNS = re.compile(r"[\s<>\"'`\\()|{}\[\]^\x00-\x1f\x7f]")
_SCHEME = re.compile(r"^(?:https?://|mailto:)", re.I)


def _encode_entities(match: re.Match[str]) -> str:
    text = match.group()
    return text[:-1] + f"&#{ord(text[-1])};" if text[:-1].isdigit() else "".join(f"&#{ord(char)};" for char in text)


def escape_markdown(text: object) -> Markup:
    """Plain text as one line of Markdown that shows exactly this text."""
    return _escape_line(str(text))


@functools.lru_cache(1 << 16)
def _escape_line(text: str) -> Markup:
    line = " ".join(text.split())
    line = _INLINE.sub(_encode_entities, line)
    if number := re.match(r"^(\d+)([.)])", line):
        line = f"{number[1]}&#{ord(number[2])};{line[number.end() :]}"
    return Markup(_BLOCK_START.sub(_encode_entities, line) if not line[:1].isdigit() else line)


def escape_piece(text: str) -> Markup:
    """The same for a piece of a line, with the spaces at its ends."""
    return Markup("{}{}{}").format(
        " " if text[:1].isspace() else "", escape_markdown(text), " " if text[-1:].isspace() and text.strip() else ""
    )


def escape_paragraphs(text: object) -> Markup:
    """Plain text with blank lines between paragraphs, as Markdown paragraphs."""
    return Markup("\n\n").join(escape_markdown(part) for part in re.split(r"\n\s*\n", str(text).strip()))


def neutralize_html(text: object) -> str:
    """Text on one line without any sign that HTML acts on, for titles and descriptions.

    Themes write them into elements and attributes, one escaping them and the other not.
    """
    return " ".join(str(text).split()).translate(_HTML_SUBSTITUTES)


def neutralize_attribute(text: object) -> Markup:
    """Text for the value of an attribute in double quotes, in HTML as well as in Markdown's lists of attributes."""
    return Markup(str(escape(neutralize_html(text).translate(_ATTRIBUTE_SUBSTITUTES))))


def format_yaml_scalar(text: object) -> Markup:
    """Text as a YAML scalar for a page's front matter (JSON is YAML)."""
    return Markup(_escape_json(json.dumps(neutralize_html(text), ensure_ascii=False)))


def _escape_json(text: str) -> str:
    """JSON in which what ends a line of YAML or JavaScript, or is no text to them, is written by its number."""
    return _UNPRINTABLE.sub(lambda match: f"\\u{min(ord(match[0]), 0xFFFD):04x}", _HALF.sub("\ufffd", text))


def format_linked_data(data: Mapping[str, object]) -> Markup:
    """Structured data (schema.org, JSON-LD) as a YAML scalar that a theme may write into a script element."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    text = _escape_json(re.sub(r"[<>&]", lambda match: f"\\u{ord(match.group()):04x}", text))
    return Markup(json.dumps(text, ensure_ascii=False))


def sanitize_url(url: str) -> Markup:
    """A web or mail address for an `href` or a Markdown link. Anything but http, https and mailto is dropped."""
    return Markup(str(escape(encode_url(url)))) if _SCHEME.match(url) else Markup("#")


def encode_url(url: str) -> str:
    """An address without any sign that ends an attribute, a string or a link: `"` becomes `%22`."""
    return _URL_SIGNS.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), url)


def locate_page_file(address: str) -> str:
    """The Markdown file of a page: `/glossary/lead/` is `glossary/lead/index.md`."""
    return posixpath.join(address.split("#")[0].strip("/"), "index.md").lstrip("/")


@functools.cache
def build_relative_link(address: str, page: str) -> Markup:
    """A link from one page of the site to another, as the relative path of its Markdown file.

    address: a site path with an optional query or anchor. page: the site path of the page that has the link.
    """
    whole, _, anchor = address.partition("#")
    path, _, query = whole.partition("?")
    target = locate_page_file(path) if path.endswith("/") else path.lstrip("/")
    here = posixpath.dirname(locate_page_file(page)) or "."
    way = posixpath.relpath(target, here)
    way = f"{way}?{query}" if query else way
    return Markup(str(escape(f"{way}#{anchor}" if anchor else way)))
