"""News as a mail: plain text, HTML, and both in one message that any mail program sends as it stands (RFC 5322)."""

from __future__ import annotations

import datetime
import hashlib
import textwrap
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from onevoice.exchange.feeds import html as marked
from onevoice.handbook.handbook import Handbook
from onevoice.handbook.news import Heard, History, News, by_group, gathered

WIDTH = 72


def subject(handbook: Handbook, history: History) -> str:
    """What the mail is about."""
    return f"{handbook.brand.name} handbook: what changed since {_day(history.since)}"


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _begun(history: History) -> str:
    if not history.begun:
        return ""
    day, counts = history.begun
    return f"The handbook began on {_day(day)}, with {', '.join(f'{count} {kind}' for kind, count in counts)}."


def _none(history: History) -> str:
    return "" if history.news or history.begun or history.unknown else "Nothing changed."


def text(handbook: Handbook, history: History) -> str:
    """The mail as plain text, in lines of WIDTH characters but for addresses."""
    parts = [subject(handbook, history)]
    parts += [_wrap(part) for part in (history.unknown, _none(history)) if part]
    if history.heard:
        parts.append(_title("Heard from sales, became this"))
        parts += [_wrap(f"- {_heard(heard)}", "  ") + _address(handbook, heard.path) for heard in history.heard]
    for group, items in by_group(history.news):
        parts.append(_title(group.capitalize()))
        single, lists = gathered(items)
        for added in lists:
            names = ", ".join(item.label for item in added)
            parts.append(_wrap(f"Added {len(added)} of one kind ({added[0].one}): {names}."))
        parts += ["\n".join(_item(handbook, item)) for item in single]
    parts += [_wrap(part) for part in (_begun(history),) if part]
    return "\n\n".join(parts) + "\n"


def _title(title: str) -> str:
    return f"{title}\n{'-' * len(title)}"


def _heard(heard: Heard) -> str:
    return f"{heard.request} ({heard.team}, {_day(heard.asked)}): {heard.why} It became “{heard.asset}”."


def _item(handbook: Handbook, item: News) -> Iterator[str]:
    yield _wrap(f"* {item.label} ({item.one})", "  ")
    for line in item.lines:
        yield _wrap(f"  - {line.sentence}", "    ")
    if item.path:
        yield _address(handbook, item.path).lstrip("\n")


def _wrap(words: str, indent: str = "") -> str:
    return textwrap.fill(words, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _address(handbook: Handbook, path: str) -> str:
    return f"\n    {_url(handbook, path)}" if path else ""


def _url(handbook: Handbook, path: str) -> str:
    return f"{(handbook.brand.url or '').rstrip('/')}{path}"


def html(handbook: Handbook, history: History) -> str:
    """The mail as HTML, without anything that is fetched from elsewhere."""
    parts = [f"<h1>{escape(subject(handbook, history))}</h1>"]
    parts += [f"<p>{escape(part)}</p>" for part in (history.unknown, _none(history)) if part]
    if history.heard:
        parts.append("<h2>Heard from sales, became this</h2>")
        parts.append(f"<ul>{''.join(_heard_html(handbook, heard) for heard in history.heard)}</ul>")
    for group, items in by_group(history.news):
        parts.append(f"<h2>{escape(group.capitalize())}</h2>")
        single, lists = gathered(items)
        for added in lists:
            names = ", ".join(_link(handbook, item.label, item.path) for item in added)
            parts.append(f"<p>Added {len(added)} of one kind ({escape(added[0].one)}): {names}.</p>")
        if single:
            parts.append(f"<ul>{''.join(_item_html(handbook, item) for item in single)}</ul>")
    parts += [f"<p>{escape(part)}</p>" for part in (_begun(history),) if part]
    language = escape(handbook.brand.language)
    title = escape(subject(handbook, history))
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
        f'<body style="font-family: sans-serif; max-width: 40em">\n{body}\n</body>\n</html>\n'
    )


def _link(handbook: Handbook, label: str, path: str) -> str:
    # An address without a host leads nowhere from a mail.
    if not path or not handbook.brand.url:
        return escape(label)
    return f'<a href="{escape(_url(handbook, path))}">{escape(label)}</a>'


def _heard_html(handbook: Handbook, heard: Heard) -> str:
    asked = f"({escape(heard.team)}, {_day(heard.asked)})"
    became = _link(handbook, heard.asset, heard.path)
    return f"<li><b>{escape(heard.request)}</b> {asked}: {escape(heard.why)} It became {became}.</li>\n"


def _item_html(handbook: Handbook, item: News) -> str:
    lines = "".join(f"<li>{marked(line.text, line.before, line.after)}</li>" for line in item.lines)
    return f"<li><b>{_link(handbook, item.label, item.path)}</b> ({escape(item.one)})<ul>{lines}</ul></li>\n"


def mail(handbook: Handbook, history: History) -> bytes:
    """Both as one message, without sender, recipient and date: those are for whoever sends it."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject(handbook, history)
    plain, rich = text(handbook, history), html(handbook, history)
    # Every server passes it on as it stands.
    message.set_content(plain, cte="quoted-printable")
    message.add_alternative(rich, subtype="html", cte="quoted-printable")
    # The library would draw lots for it; the same news must make the same bytes.
    message.set_boundary(f"onevoice-{hashlib.sha256(f'{plain}{rich}'.encode()).hexdigest()[:32]}")
    return message.as_bytes()
