"""News as feeds: Atom (RFC 4287) and JSON Feed 1.1, from the same entries."""

from __future__ import annotations

import datetime
import json
import re
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from onevoice.handbook import difference
from onevoice.handbook.news import News, format_day, group_news_by_week, summarize_news
from onevoice.output import Artifact
from onevoice.phrases.catalog import translate_text, translate_word
from onevoice.records.brand import Brand

ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold.
CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
EPOCH = "1970-01-01T00:00:00+00:00"


@dataclass(frozen=True)
class Entry:
    """The news of a week.

    id: its permanent name. updated: an ISO time. url: its page, or "". groups: of handbook.news.GROUPS. html, text: all
    of it.
    """

    id: str
    title: str
    updated: str
    url: str
    groups: tuple[str, ...]
    html: str
    text: str


@dataclass(frozen=True)
class Feed:
    """A feed and its entries, newest first. Addresses are full ones if the site is published."""

    title: str
    subtitle: str
    language: str
    home_url: str
    atom_url: str
    json_url: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> str:
        return self.entries[0].updated if self.entries else EPOCH


def build_urn(base: str, *parts: str) -> str:
    """A permanent name for what these parts say about the site at `base`."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join((base.rstrip("/"), "news", *parts))).urn


def build_feed_entries(news: Sequence[News], base: str) -> list[Entry]:
    """An entry per week, newest first: what people have to know in a few sentences, then what changed in each record.

    base: where the site is published; if that is "", addresses start at "/".
    """
    return [
        _build_entry(monday, [item for _, items in groups for item in items], base)
        for monday, groups in group_news_by_week(news)
    ]


def _build_entry(monday: datetime.date, items: Sequence[News], base: str) -> Entry:
    home = base.rstrip("/")

    def link(text: str, path: str) -> str:
        words = escape(_strip_control(text))
        return f'<a href="{escape(f"{home}{path}")}">{words}</a>' if path else words

    sentences = summarize_news(items)
    opening = "".join(f"<p>{''.join(link(*part) for part in one.parts)}</p>" for one in sentences)
    rows = "".join(
        f"<li>{link(item.label, item.path)} ({escape(translate_word(item.singular))})"
        f"<ul>{_render_lines(item)}</ul></li>"
        for item in items
    )
    texts = [one.text for one in sentences]
    texts += [
        f"{item.label} ({translate_word(item.singular)}): {line.sentence}" for item in items for line in item.lines
    ]
    return Entry(
        build_urn(base, monday.isoformat()),
        translate_text("Week of %(day)s", day=format_day(monday)),
        max((item.moment for item in items), key=datetime.datetime.fromisoformat),
        f"{home}/news/#{monday}",
        tuple(dict.fromkeys(item.group for item in items)),
        f"{opening}<ul>{rows}</ul>",
        _strip_control("\n".join(texts)),
    )


def _render_lines(item: News) -> str:
    return "".join(
        f"<li>{render_change_html(_strip_control(line.text), line.before, line.after)}</li>" for line in item.lines
    )


def render_change_html(text: str, before: str, after: str) -> str:
    """A line of news as HTML, with what went and what came marked word by word."""
    if not before and not after:
        return f"{escape(text)}."
    runs = (
        difference.diff_words(_strip_control(before), _strip_control(after))
        if before
        else (difference.WordRun("same", _strip_control(after)),)
    )
    tags = {"gone": ("<del>", "</del>"), "new": ("<ins>", "</ins>"), "same": ("", "")}
    said = (f"{tags[run.state][0]}{escape(run.text.strip())}{tags[run.state][1]}" for run in runs)
    return f"{escape(text)}: {' '.join(said)}"


def _strip_control(text: str) -> str:
    return CONTROL_CHARACTERS.sub("", text)


def render_atom_feed(feed: Feed) -> bytes:
    """The feed as Atom."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": feed.language})

    def add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
        element = ET.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
        element.text = text or None
        return element

    add(root, "id", build_urn(feed.home_url))
    add(root, "title", _strip_control(feed.title))
    add(root, "subtitle", _strip_control(feed.subtitle))
    add(root, "updated", feed.updated)
    add(root, "link", rel="self", type="application/atom+xml", href=feed.atom_url)
    add(root, "link", rel="alternate", type="text/html", href=feed.home_url)
    add(add(root, "author"), "name", _strip_control(feed.title))
    for entry in feed.entries:
        element = add(root, "entry")
        add(element, "id", entry.id)
        add(element, "title", entry.title)
        add(element, "updated", entry.updated)
        add(element, "link", rel="alternate", type="text/html", href=entry.url or feed.home_url)
        for group in entry.groups:
            add(element, "category", term=group)
        add(element, "content", entry.html, type="html")
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def render_json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1."""
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "language": feed.language,
        "home_page_url": feed.home_url,
        "feed_url": feed.json_url,
        "items": [
            {
                "id": entry.id,
                "title": entry.title,
                **({"url": entry.url} if entry.url else {}),
                "date_modified": entry.updated,
                "tags": [*entry.groups],
                "content_html": entry.html,
                "content_text": entry.text,
            }
            for entry in feed.entries
        ],
    }
    return f"{json.dumps(data, indent=1, ensure_ascii=False)}\n".encode()


def write(news: Sequence[News], brand: Brand, summary: str) -> list[Artifact]:
    """The news of a handbook as Atom and JSON Feed. summary: what the feed is about, in a sentence."""
    base = brand.url or ""
    home, atom, json = (f"{base.rstrip('/')}{path}" for path in ("/news/", "/news/atom.xml", "/news/feed.json"))
    title = translate_text("%(name)s handbook: news", name=brand.name)
    feed = Feed(title, summary, brand.language, home, atom, json, build_feed_entries(news, base))
    return [
        Artifact("docs/news/atom.xml", render_atom_feed(feed)), Artifact("docs/news/feed.json", render_json_feed(feed))
    ]  # fmt: skip
